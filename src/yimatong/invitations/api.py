"""Invitations, for programs."""

from litestar import post

from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.invitations.model import Invitation, Result
from yimatong.invitations.once import ROOM, Once
from yimatong.web.routes import IdempotencyKey, allowed


@post(
    "/api/v1/desk/invitations",
    opt=allowed(Permission.INVITE),
    dependencies=ROOM,
    tags=["invitations"],
)
async def post_invitations(
    data: Invitation, idempotency_key: IdempotencyKey, actor: Actor, invite_once: Once
) -> Result:
    """Invites up to 1,000 numbers by SMS, each at most once in seven days.

    received = taken + put aside. Whether a number is registered is told to nobody: who needs no
    invitation is among those taken and gets none. The same key sent again invites nobody.
    """
    return await invite_once(actor, idempotency_key, data)


ROUTES = [post_invitations]
