"""A route says who may use it, in one word of the closed list of permissions."""

from typing import Any

from yimatong.access.permissions import Permission

PUBLIC = "public"
"""The permission of routes that anybody may use, logged in or not."""


def allowed(permission: Permission | str) -> dict[str, Any]:
    """For a route's `opt`: the permission that its caller must hold."""
    return {"permission": permission}
