"""The room's tools, for a request."""

from collections.abc import Iterable
from uuid import UUID

from litestar.di import Provide

from yimatong.codes.standings import Standings
from yimatong.people.service import People
from yimatong.policy.library import Library
from yimatong.venues.model import Tools


def tools_of(people: People, standings: Standings, library: Library) -> Tools:
    """What the verbs need from outside."""
    return Tools(people, standings, library)


def ids_in(texts: Iterable[str]) -> list[UUID]:
    """Ids that a form sent; one that is none leads nowhere."""
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            found.append(UUID(int=0))
    return found


ROOM = {"tools": Provide(tools_of, sync_to_thread=False)}
