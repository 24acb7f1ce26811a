"""B3: a scan at a gate over HTTP, durable before it is answered.

Server on one core; PostgreSQL and the clients on the other. `YIMATONG_BENCH_PERSONS` changes
how many people have a standing (1,000,000). The phone-bound code of the design is not there
yet: what is scanned are plain codes.
"""

import itertools
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import md5
from pathlib import Path
from statistics import median
from uuid import UUID

import asyncpg
import uvloop
from tests.lib.logins import gate, worker
from tests.lib.told import told

from bench import Row
from bench.load import Load, busy
from yimatong.access.permissions import Role
from yimatong.codes.mint import Mint
from yimatong.doors.config import Config
from yimatong.doors.world import open_world
from yimatong.kernel.clock import SystemClock
from yimatong.kernel.ids import system_randomness
from yimatong.keys import KeyRing, from_file
from yimatong.policy.standing import Standing
from yimatong.storage import embedded, upgrade

PERSONS = int(os.environ.get("YIMATONG_BENCH_PERSONS", "1000000"))
CODES = 20_000
CLIENTS = 256
GATES, GUARDS = 32, 1024
"""Each scan is another guard's: what one may open in an hour is used up in a second."""
SECONDS = 4.0
ROUNDS = 5
PATH = "/api/v1/gate/scans"
AIM = "≥ 0.7"
SAMPLE = UUID(md5(b"0").hexdigest())
GREEN = Standing("issued", "green", (), None, None, "hunan@2020-03-08")
SPREAD = """
insert into ledger_fact (person, id, kind, observed_at, recorded_at, source)
select md5(n::text)::uuid, md5('f' || n)::uuid, kind, observed_at, recorded_at, source
from ledger_fact, generate_series(1, {0}) n;
insert into ledger_head (person, version) select md5(n::text)::uuid, 1
from generate_series(1, {0}) n;
insert into codes_standing select md5(n::text)::uuid, region, version, policy, policy_digest,
    decided_at, good_until, state, colour, standing from codes_standing, generate_series(1, {0}) n;
"""


def run() -> list[Row]:
    """The scan without a figure, the same with one (a fact each time), and the bare handler."""
    cores = os.sched_getaffinity(0)
    if len(cores) > 1:
        os.sched_setaffinity(0, {1})  # PostgreSQL, started here, inherits it
    try:
        with tempfile.TemporaryDirectory(dir="/tmp", prefix="yimatong-bench-") as folder:
            return _measured(Path(folder))
    finally:
        os.sched_setaffinity(0, cores)


def _measured(folder: Path) -> list[Row]:
    with embedded(folder / "pg") as url:
        upgrade(url)
        keys = _keys(folder)
        tokens = uvloop.run(_prepared(url, keys))
        with _serving("ours", url, folder) as ours, _serving("hand", url, folder) as hand, \
                _serving("bare", url, folder) as bare:  # fmt: skip
            uvloop.run(_warm(keys, tokens, (ours, hand, bare)))
            felt = [uvloop.run(_round(keys, tokens, (ours, hand, bare))) for _ in range(ROUNDS)]
            warm = [uvloop.run(_round(keys, tokens, (ours,), "36.5")) for _ in range(ROUNDS)]
        kept = [load for loads in felt for load in loads[:2]] + [loads[0] for loads in warm]
        uvloop.run(_all_kept(url, kept))
    figure, by_hand, nothing = (median(one.rate for one in way) for way in zip(*felt, strict=True))
    measured = median(loads[0].rate for loads in warm)
    row = ("scans/s", AIM)
    return [
        Row("B3", "scan, felt normal", figure, by_hand, figure / by_hand, *row),
        Row("B3", "scan, bare handler", figure, nothing, figure / nothing, "scans/s", "–"),
        Row("B3", "scan, with a figure", measured, by_hand, measured / by_hand, "scans/s", "–"),
    ]


def _keys(folder: Path) -> KeyRing:
    command = [".venv/bin/yimatong", "keys", "new", "--purpose", "test"]
    environment = os.environ | {"YIMATONG_DATA_DIR": str(folder)}
    subprocess.run(command, env=environment, check=True, capture_output=True)
    return from_file(folder / "keys.toml", system_randomness)


async def _prepared(url: str, keys: KeyRing) -> list[str]:
    """One green person's rows, spread over all; and the guards' sessions."""
    config = Config(database_url=url, accept_keys="test", secure_cookies=False)
    async with open_world(config, url, keys) as world:
        await told(world, SAMPLE, [("declaration", "self", 0)])
        async with world.database.transaction() as tx:
            await world.standings.of(tx, SAMPLE, "hunan")
        gates = [await gate(world) for _ in range(GATES)]
        guards = [
            await worker(world, Role.GUARD, gates[number % GATES], number)
            for number in range(GUARDS)
        ]
    connection = await asyncpg.connect(url)
    await connection.execute(SPREAD.format(PERSONS - 1), timeout=600)
    await connection.execute("vacuum analyze", timeout=600)
    await connection.close()
    return [guard.token for guard in guards]


@contextmanager
def _serving(way: str, url: str, folder: Path) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    arguments = [way, str(port), url, str(folder / "keys.toml")]
    server = subprocess.Popen([sys.executable, "-m", "bench.gate_server", *arguments])
    try:
        while server.poll() is None and not _open(port):
            time.sleep(0.05)
        yield port
    finally:
        server.terminate()
        server.wait(10)


def _open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


async def _warm(keys: KeyRing, tokens: list[str], ports: tuple[int, ...]) -> None:
    for port in ports:
        await busy(port, CLIENTS, 1.0, requests(keys, tokens, None))


async def _round(
    keys: KeyRing, tokens: list[str], ports: tuple[int, ...], temperature: str | None = None
) -> list[Load]:
    """Each way once, with the same fresh codes."""
    request = requests(keys, tokens, temperature)
    return [await busy(port, CLIENTS, SECONDS, request) for port in ports]


def requests(keys: KeyRing, tokens: list[str], temperature: str | None) -> Callable[[], bytes]:
    """The next request: another person's code, another guard, another key."""
    mint, now = Mint(keys), SystemClock().now()
    felt = f'"temperature":"{temperature}"' if temperature else '"felt":"normal"'
    made = []
    for number in random.sample(range(PERSONS), min(CODES, PERSONS)):
        person = UUID(md5(str(number).encode()).hexdigest())
        code = mint.plain(mint.claims(person, "hunan", GREEN, ("田*", "2X"), now))
        body = f'{{"code":"{code}","direction":"in","reason":"home",{felt}}}'.encode()
        head = (
            f"POST {PATH} HTTP/1.1\r\nhost: gate\r\ncontent-type: application/json\r\n"
            f"content-length: {len(body)}\r\n"
        )
        made.append((head.encode(), body))
    turns, numbers = itertools.cycle(made), itertools.count(random.getrandbits(60))
    guards = itertools.cycle([f"authorization: Bearer {token}\r\n".encode() for token in tokens])

    def request() -> bytes:
        head, body = next(turns)
        return b"%s%sidempotency-key: %d\r\n\r\n%s" % (head, next(guards), next(numbers), body)

    return request


async def _all_kept(url: str, loads: list[Load]) -> None:
    """Every acknowledged passage is in the table, once; nothing else was answered."""
    others = [other for load in loads for other in load.others]
    if others:
        raise AssertionError(f"{len(others)} answers were none, such as {others[0]!r}")
    told = [UUID(passage) for load in loads for passage in load.passages]
    connection = await asyncpg.connect(url)
    kept = await connection.fetchval(
        "select count(*) from gates_passage where id = any($1)", told, timeout=600
    )
    await connection.close()
    if len(set(told)) != len(told) or kept != len(told):
        raise AssertionError(f"{len(told)} passages acknowledged, {kept} kept")
