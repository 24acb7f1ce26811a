"""What every verb of the room does first and last: asks for the role, writes down who it was."""

from uuid import UUID

from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.audit import Event, Purpose
from yimatong.audit import record as audit
from yimatong.kernel.clock import Clock
from yimatong.kernel.errors import NotAllowed
from yimatong.storage import Tx


def require(actor: Actor, permission: Permission) -> None:
    """NotAllowed where the actor's role does not hold the permission."""
    if not actor.may(permission):
        raise NotAllowed.of("registry.not_allowed", role=actor.role.value)


async def write_down(
    tx: Tx,
    clock: Clock,
    actor: Actor | None,
    action: str,
    person: UUID | None = None,
    **detail: object,
) -> None:
    """Audits an act of the registry; without an actor it was a signed file's."""
    event = Event(
        actor=actor.account if actor else None,
        action=action,
        person=person,
        place=actor.place if actor else None,
        purpose=Purpose.REGISTRY,
        detail=detail,
    )
    await audit(tx, clock, event)
