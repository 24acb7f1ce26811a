"""The product on a real socket over a real database."""

import asyncio
import os
import re
import subprocess
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import uvicorn
import uvloop

from tests.lib import logins
from yimatong.access import totp
from yimatong.access.permissions import Role
from yimatong.doors.serving import listen
from yimatong.doors.web import asgi
from yimatong.doors.world import World
from yimatong.kernel.clock import SystemClock
from yimatong.messages.service import recent
from yimatong.people import workers
from yimatong.places import PlaceType

T = TypeVar("T")


@dataclass
class Live:
    """A served world. `serial` numbers people, so that none meets another's limits."""

    url: str
    database_url: str
    folder: Path
    world: World
    loop: asyncio.AbstractEventLoop
    serial: int = 0

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        """Runs a coroutine in the server's loop."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(30)

    def next(self) -> int:
        self.serial += 1
        return self.serial

    def sms(self, phone: str) -> str:
        """The code in the newest message to a phone."""

        async def read() -> str:
            async with self.world.database.transaction() as tx:
                found = await recent(tx, self.world.keys, 50)
            text = next(sms.text for sms in found if sms.phone.endswith(phone))
            return re.search(r"\d{6}", text)[0]  # type: ignore[index]  or there is no code

        return self.do(read())

    def post(self, role: Role, place: Any = None) -> tuple[str, str]:
        """A new post's phone and the secret of its authenticator."""
        phone = f"1370002{self.next():04}"

        async def add() -> str:
            async with self.world.database.transaction() as tx:
                _, secret = await workers.add(self.world.people, tx, "卫试岗", phone, role, place)
            return secret

        return phone, self.do(add())

    def gate(self, division: str) -> Any:
        """A public place's entrance."""
        return self.do(logins.gate(self.world, division, PlaceType.VENUE))

    def command(self, *words: str, typed: str = "") -> str:
        """What `yimatong …` prints, run as a process of its own over the same database."""
        environment = os.environ | {
            "YIMATONG_DATABASE_URL": self.database_url,
            "YIMATONG_DATA_DIR": str(self.folder),
        }
        done = subprocess.run(
            [".venv/bin/yimatong", *words],
            input=typed, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


def code_now(secret: str) -> str:
    return totp.code_at(secret, SystemClock().now())


@contextmanager
def served(world: World) -> Iterator[tuple[str, asyncio.AbstractEventLoop]]:
    """Serves a world of the running loop's thread on a free port, open from the first moment."""
    opened = listen("127.0.0.1", 0)
    port = opened.getsockname()[1]
    config = uvicorn.Config(asgi(world), log_level="warning", access_log=False)
    server = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]  not in a thread
    loop = asyncio.get_running_loop()
    task = loop.create_task(server.serve([opened]))
    try:
        yield f"http://127.0.0.1:{port}", loop
    finally:
        server.should_exit = True
        del task


@contextmanager
def in_thread(world: Any) -> Iterator[tuple[World, str, asyncio.AbstractEventLoop]]:
    """Opens a world (an async context manager) in a thread of its own, and serves it there."""
    ready, over = threading.Event(), threading.Event()
    found: list[Any] = []

    async def run() -> None:
        async with world as opened:
            with served(opened) as (url, loop):
                found.extend((opened, url, loop))
                ready.set()
                await asyncio.to_thread(over.wait)
            await asyncio.sleep(0.2)

    thread = threading.Thread(target=lambda: uvloop.run(run()), daemon=True)
    thread.start()
    assert ready.wait(30)
    yield tuple(found)  # type: ignore[misc]  three of them
    over.set()
    thread.join(10)


def document(serial: int) -> str:
    """A made-up resident ID that no other journey uses."""
    return logins.number(serial % 1000, born=date(1980 + serial // 1000, 3, 4))
