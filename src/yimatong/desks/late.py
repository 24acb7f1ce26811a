"""Who was scanned without a network: nobody is sent away since we cannot be reached (HI-13).

The page gives the scene's form at once, without the person's name or colour, and sends it with the
code when the line is back. A code tells when it was good, so that what a page says of the moment of
the scan is believed only as far as the code bears it out.
"""

import hashlib
from datetime import timedelta
from uuid import UUID

import msgspec

from yimatong.access import quota
from yimatong.desks.model import Desk, DeskTools
from yimatong.kernel.errors import BadInput, Conflict, Where
from yimatong.presence.showing import present_by_code, refuse_revoked
from yimatong.presence.ticket import LIFE, SENT_LATE, Ticket
from yimatong.scenes import Scene
from yimatong.storage import Tx


class Late(msgspec.Struct, frozen=True):
    """The text of a QR code that was scanned so many seconds ago; `once` is new for each scan, and
    the same whenever it is sent again."""

    code: str
    seconds: int
    once: UUID


def offered(scene: Scene) -> bool:
    """Where there is one form for everybody, and nobody waits for an answer at the door."""
    return not scene.admits and "record" in scene.forms


async def scanned(tx: Tx, tools: DeskTools, desk: Desk, late: Late) -> Ticket:
    """Who was there then, as a ticket of that moment; it is counted as an opening.

    Conflict where the scene asks for an answer at once; BadInput where the moment lies ahead or
    longer ago than SENT_LATE, or the code was not good then; TooMany beyond the quota.
    """
    if not offered(desk.scene):
        raise Conflict.of("desks.late.not_here", scene=desk.scene.title)
    longest = int(SENT_LATE.total_seconds())
    if not 0 <= late.seconds <= longest:
        raise BadInput.of("desks.late.when", Where(field="seconds"), hours=longest // 3600)
    at = tools.clock.now() - timedelta(seconds=late.seconds)
    present = await refuse_revoked(tx, present_by_code(tools, late.code, at))
    most = desk.scene.quota
    await quota.take(tx, tools.clock, desk.post.staff, quota.Quota(most.hour, most.day))
    once = hashlib.sha256(late.once.bytes + late.code.encode()).digest()[:16]
    return Ticket(UUID(bytes=once), present.person, at + LIFE, present.how, present.card)
