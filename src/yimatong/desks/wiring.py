"""The room's tools, for a request."""

from uuid import UUID

from litestar.di import Provide

from yimatong.codes.standings import Standings
from yimatong.desks.model import DeskTools, KnownTexts
from yimatong.kernel.clock import Clock
from yimatong.kernel.ids import Randomness
from yimatong.keys import KeyPurpose, KeyRing
from yimatong.people.service import People
from yimatong.policy.library import Library
from yimatong.scenes import Scenes


def tools_of(
    clock: Clock,
    randomness: Randomness,
    keys: KeyRing,
    people: People,
    accept: frozenset[KeyPurpose],
    standings: Standings,
    library: Library,
    scenes: Scenes,
    residence: KnownTexts,
) -> DeskTools:
    """What the verbs need from outside."""
    return DeskTools(
        clock=clock,
        randomness=randomness,
        keys=keys,
        people=people,
        accept=accept,
        standings=standings,
        library=library,
        scenes=scenes,
        residence=residence,
    )


def id_in(text: str) -> UUID:
    """An id that a form sent; one that is none leads nowhere."""
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


ROOM = {"tools": Provide(tools_of, sync_to_thread=False)}
