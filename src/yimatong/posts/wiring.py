"""The room's tools, for a request."""

from litestar.di import Provide

from yimatong.people.service import People
from yimatong.posts.model import PostTools
from yimatong.scenes import Scenes


def tools_of(people: People, scenes: Scenes, public_url: str) -> PostTools:
    """What the verbs need from outside."""
    return PostTools(people, scenes, public_url)


ROOM = {"tools": Provide(tools_of, sync_to_thread=False)}
