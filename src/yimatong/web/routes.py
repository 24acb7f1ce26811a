"""A route says who may use it, in one word of the closed list of permissions."""

from typing import Annotated, Any

from litestar.params import HeaderParameter

from yimatong.access.permissions import Permission

PUBLIC = "public"
"""The permission of routes that anybody may use, logged in or not."""

IdempotencyKey = Annotated[
    str, HeaderParameter(name="Idempotency-Key", min_length=1, max_length=200)
]
"""What a program names a recording by, so that it may send it again (kept for 48 hours)."""


def allowed(permission: Permission | str) -> dict[str, Any]:
    """For a route's `opt`: the permission that its caller must hold."""
    return {"permission": permission}
