"""Where everything is wired: clock, randomness, keys, database and gateways enter here."""

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from yimatong.codes.mint import Mint
from yimatong.codes.standings import Standings
from yimatong.declarations.service import Declarations
from yimatong.desks.model import DeskTools
from yimatong.doors.apps import apps_of
from yimatong.doors.config import Config
from yimatong.doors.packs import library
from yimatong.doors.rooms import catalogue
from yimatong.doors.scenes import scenes_in
from yimatong.entrances.model import Apps
from yimatong.gates.forms import GateForms
from yimatong.gates.gate import Tools
from yimatong.gates.group import LANES
from yimatong.gates.scans import Scans
from yimatong.kernel.clock import Clock, SystemClock
from yimatong.kernel.ids import Randomness, system_randomness
from yimatong.kernel.words import Catalogue
from yimatong.keys import KeyPurpose, KeyRing, from_file
from yimatong.messages.carrier import gateway_of
from yimatong.messages.model import Gateway
from yimatong.notices.telling import Telling
from yimatong.notices.watcher import Watcher
from yimatong.people.service import People
from yimatong.policy.library import Library
from yimatong.scenes import Scenes
from yimatong.storage import Database, embedded, upgrade


@dataclass(frozen=True, slots=True)
class World:
    """Everything a request, a job or a command may need."""

    config: Config
    clock: Clock
    randomness: Randomness
    keys: KeyRing
    database: Database
    gateway: Gateway
    sms_a_round: int
    library: Library
    scenes: Scenes
    catalogue: Catalogue
    people: People
    standings: Standings
    mint: Mint
    desk_tools: DeskTools
    gate_tools: Tools
    scans: Scans
    watcher: Watcher
    apps: Apps

    def shared(self) -> dict[str, Any]:
        """What handlers may ask for by parameter name."""
        return {
            "accept": _accepted(self.config),
            "apps": self.apps,
            "clock": self.clock,
            "config": self.config,
            "database": self.database,
            "keys": self.keys,
            "library": self.library,
            "mint": self.mint,
            "people": self.people,
            "public_url": self.config.address,
            "randomness": self.randomness,
            "desk_tools": self.desk_tools,
            "gate_tools": self.gate_tools,
            "scenes": self.scenes,
            "scans": self.scans,
            "standings": self.standings,
        }


@contextmanager
def database_url(config: Config) -> Iterator[str]:
    """The configured database, else the embedded one, which then runs as long as the block."""
    if config.database_url:
        yield config.database_url
        return
    with embedded(config.data_dir.resolve() / "postgres") as url:
        upgrade(url)
        yield url


@asynccontextmanager
async def open_world(
    config: Config,
    url: str,
    keys: KeyRing | None = None,
    clock: Clock | None = None,
    randomness: Randomness = system_randomness,
    gateway: Gateway | None = None,
) -> AsyncIterator[World]:
    """A wired world over an upgraded database; its pools are closed at the end.

    Without `keys` they are read from the configured key file (Misconfigured where it lacks).
    """
    clock = clock or SystemClock()
    keys = keys or from_file(config.keys_path, randomness)
    policies, words, scenes = library(), catalogue(), scenes_in(config.scenes_path)
    people, standings = People(keys, clock, randomness), Standings(policies, clock)
    tools = Tools(
        clock, randomness, keys, people, _accepted(config), standings, policies, GateForms(scenes)
    )
    telling = Telling(people, policies, words, config.address)
    async with AsyncExitStack() as stack:
        carried, a_round = await stack.enter_async_context(
            gateway_of(config.sms_file, clock, randomness)
        )
        http = await stack.enter_async_context(httpx.AsyncClient(follow_redirects=False))
        database = await Database.open(url, max_size=10)
        stack.push_async_callback(database.close)
        at_gates = await Database.open(url, max_size=LANES)
        stack.push_async_callback(at_gates.close)
        yield World(
            config=config,
            clock=clock,
            randomness=randomness,
            keys=keys,
            database=database,
            gateway=gateway or carried,
            sms_a_round=a_round,
            library=policies,
            scenes=scenes,
            catalogue=words,
            people=people,
            standings=standings,
            mint=Mint(keys),
            desk_tools=DeskTools(
                clock=clock,
                randomness=randomness,
                keys=keys,
                people=people,
                accept=_accepted(config),
                standings=standings,
                library=policies,
                scenes=scenes,
                residence=Declarations(people, policies, clock, randomness).residence_of,
                address=config.address,
            ),
            gate_tools=tools,
            # a pool of its own, so that nothing else can make a queue at the gate
            scans=Scans(tools, at_gates, words),
            watcher=Watcher(database, standings, policies, clock, telling),
            apps=apps_of(config, clock, http),
        )


def _accepted(config: Config) -> frozenset[KeyPurpose]:
    return frozenset({config.accept_keys})
