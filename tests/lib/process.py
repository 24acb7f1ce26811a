"""The product as a process of its own, over a test's database, as an operator runs it."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from yimatong.kernel.clock import SystemClock
from yimatong.kernel.ids import system_randomness
from yimatong.keys import KeyRing, new_keys, to_file


class Process:
    """`yimatong serve` on one port, which may be killed and started again."""

    def __init__(self, database_url: str, folder: Path) -> None:
        self.keys: KeyRing = new_keys("test", ["hunan"], system_randomness, SystemClock().now())
        to_file(self.keys, folder / "keys.toml")
        self._log = folder / "log.jsonl"
        self._settings = {
            "YIMATONG_DATABASE_URL": database_url,
            "YIMATONG_DATA_DIR": str(folder),
            "YIMATONG_ACCEPT_KEYS": "test",
            "YIMATONG_SECURE_COOKIES": "false",
            "YIMATONG_PORT": "0",
        }
        self.url = ""
        self._running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Until it says that it is ready; the port of the first start is kept."""
        with self._log.open("ab") as log:
            self._running = subprocess.Popen(
                [".venv/bin/yimatong", "serve"],
                env=os.environ | self._settings,
                stdout=subprocess.PIPE,
                stderr=log,
            )
        assert self._running.stdout
        said = self._running.stdout.readline().decode()
        self.url = said.split()[-1].rstrip("/")
        self._settings["YIMATONG_PORT"] = self.url.rsplit(":", 1)[1]

    def end(self, how: signal.Signals = signal.SIGTERM) -> None:
        assert self._running
        self._running.send_signal(how)
        self._running.wait(20)

    def log(self) -> str:
        """Everything it has said on stderr."""
        return self._log.read_text("utf-8")


@contextmanager
def process(database_url: str, folder: Path) -> Iterator[Process]:
    """A process that has started; ended, whatever happens."""
    one = Process(database_url, folder)
    one.start()
    try:
        yield one
    finally:
        one.end(signal.SIGKILL)
