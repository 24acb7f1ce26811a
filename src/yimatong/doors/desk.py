"""The desk's first page: where each post does its work."""

from litestar import get
from litestar.response import Redirect, Template

from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission, Role
from yimatong.web.pages import AnyRequest, page
from yimatong.web.routes import allowed

WORK = {
    Role.GUARD: "/desk/gate",
    Role.WORKER: "/desk/record",
    Role.ISSUER: "/desk/permits",
    Role.CLERK: "/desk/clerk",
    Role.ADMINISTRATOR: "/desk/places",
}
"""The others work on the command line as yet."""


@get("/desk", opt=allowed(Permission.DESK), include_in_schema=False)
async def desk(request: AnyRequest, actor: Actor) -> Template | Redirect:
    """On to the post's work, or what it is and how it is done."""
    if actor.role in WORK:
        return Redirect(WORK[actor.role], status_code=303)
    return page(request, "desk.html", role=actor.role.value)


ROUTES = [desk]
