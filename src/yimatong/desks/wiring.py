"""The room's tools, for a request."""

from uuid import UUID

from litestar.di import Provide

from yimatong.desks.model import DeskTools


def tools_of(desk_tools: DeskTools) -> DeskTools:
    """As the door has wired them."""
    return desk_tools


def id_in(text: str) -> UUID:
    """An id that a form sent; one that is none leads nowhere."""
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


ROOM = {"tools": Provide(tools_of, sync_to_thread=False)}
