"""The room's tools, for a request."""

from uuid import UUID

from litestar.di import Provide

from yimatong.people.service import People
from yimatong.posts.model import PostTools
from yimatong.scenes import Scenes


def tools_of(people: People, scenes: Scenes, public_url: str) -> PostTools:
    """What the verbs need from outside."""
    return PostTools(people, scenes, public_url)


def id_in(text: str) -> UUID:
    """An id that a form sent; one that is none leads nowhere."""
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


ROOM = {"tools": Provide(tools_of, sync_to_thread=False)}
