"""Passages and reports last as long as the scene of their gate says (`kept_days`)."""

from datetime import timedelta

from yimatong import places
from yimatong.gates import store
from yimatong.gates.gate import Tools
from yimatong.storage import Tx

FORGET_AT_ONCE = 500


async def forget(tx: Tx, tools: Tools) -> int:
    """Erases a page of what is past its time at the gates of each scene; how many in all."""
    gone = 0
    for scene, days in tools.forms.kept_days().items():
        before = tools.clock.now() - timedelta(days=days)
        gates = await places.of_scene(tx, scene)
        gone += await store.forget(tx, gates, before, FORGET_AT_ONCE)
    return gone
