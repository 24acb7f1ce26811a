"""Whoever is behind a request, as far as permissions go."""

from hashlib import sha256
from uuid import UUID

import msgspec

from yimatong.access.permissions import PERMISSIONS, Permission, Role


class Actor(msgspec.Struct, frozen=True):
    """A live session. `session` is the SHA-256 of its token, by which the table knows it.

    `person` is whom a resident acts for (None before the card is registered), `proxy` whether
    that is somebody else of the family; `staff` and `place` are a worker's post and the place it
    is bound to, `manager` whether it answers for that place; `area` is the division that an
    administrator's post is for, None for everywhere.
    """

    account: UUID
    role: Role
    session: bytes
    person: UUID | None = None
    staff: UUID | None = None
    place: UUID | None = None
    proxy: bool = False
    manager: bool = False
    area: str | None = None

    @property
    def holder(self) -> str:
        """Tells this log-in and whom it acts for from every other; says nothing of either."""
        person = self.person.bytes if self.person else b""
        return sha256(self.session + person).hexdigest()[:16]

    def may(self, permission: Permission | str) -> bool:
        return permission in PERMISSIONS[self.role]
