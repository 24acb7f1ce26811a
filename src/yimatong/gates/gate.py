"""A gate at work: a post at its place, with the form that the place's scene gives it."""

from dataclasses import dataclass

import msgspec

from yimatong.access.actor import Actor
from yimatong.codes.standings import Standings
from yimatong.gates.form import GateForm
from yimatong.gates.forms import GateForms
from yimatong.policy.library import Library
from yimatong.presence import model as presence
from yimatong.presence.model import Post
from yimatong.presence.showing import post_of
from yimatong.storage import Tx


@dataclass(frozen=True, slots=True)
class Tools(presence.Tools):
    """What the verbs need from outside, beside who stands there."""

    standings: Standings
    library: Library
    forms: GateForms


class Gate(msgspec.Struct, frozen=True):
    """Who works at which gate, and what is asked there."""

    post: Post
    form: GateForm


async def gate_of(tx: Tx, tools: Tools, actor: Actor) -> Gate:
    """The gate behind the session. NotAllowed without a place, Conflict where it is not open or
    is no gate, NotFound where its scene's file was taken away."""
    post = await post_of(tx, actor)
    return Gate(post, tools.forms.at(post.place))
