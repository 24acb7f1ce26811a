"""What a scan leads to, it leads to once: the same sent again gets the first answer."""

import hashlib
from collections.abc import Awaitable, Callable
from typing import Literal

import msgspec

from yimatong.access import idempotency
from yimatong.access.idempotency import Request
from yimatong.gates import vehicle
from yimatong.gates.gate import Gate, Tools
from yimatong.gates.model import Passage
from yimatong.gates.say import Speaker, Verdict
from yimatong.gates.sealing import answer_context
from yimatong.kernel.errors import BadInput, Conflict
from yimatong.presence import ticket
from yimatong.presence.model import Present
from yimatong.presence.showing import present_of
from yimatong.presence.ticket import Ticket
from yimatong.scenes.reading import Typed
from yimatong.storage import Tx

Kind = Literal["passage", "report"]


class Once(msgspec.Struct, frozen=True):
    """Its kind, what tells it from another of its kind, the answers that a next person in the
    same vehicle may share, and how it is recorded."""

    kind: Kind
    said: bytes
    typed: Typed
    record: Callable[[Present], Awaitable[Passage]]


async def carried_out(
    tx: Tx, tools: Tools, gate: Gate, pass_on: str, once: Once, speaker: Speaker
) -> Verdict:
    """The same sent again gets the first answer; Conflict where something else was entered."""
    account = gate.post.account
    scanned = ticket.opened(pass_on, gate.post, tools.keys, tools.clock)
    key, body = key_of(scanned, once.kind), hashlib.sha256(once.said).digest()
    try:
        earlier = await idempotency.begin(tx, tools.clock, account, key, body)
    except BadInput:
        raise Conflict.of("presence.ticket.used") from None
    sealed_in = answer_context(Request(account, key, body))
    if earlier is not None:
        return msgspec.json.decode(tools.keys.open(earlier.body, sealed_in), type=Verdict)
    present = await present_of(tx, tools, scanned)
    passage = await once.record(present)
    verdict = speaker.verdict(
        gate.post,
        present,
        passage,
        reported=once.kind == "report",
        vehicle=vehicle.begun(gate, tools, passage, once.typed),
    )
    answer = tools.keys.seal(msgspec.json.encode(verdict), sealed_in)
    await idempotency.finish(tx, account, key, 201, answer)
    return verdict


def key_of(scanned: Ticket, kind: Kind) -> str:
    return f"gate:{scanned.id}:{kind}"
