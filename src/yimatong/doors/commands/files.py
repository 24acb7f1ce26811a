"""Files that a command is given: read whole, written whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from yimatong.doors.packs import library
from yimatong.kernel.errors import Misconfigured, Where
from yimatong.policy.load import load_policy
from yimatong.policy.model import Policy


def text_of(path: Path) -> str:
    """A file's text. Misconfigured where it cannot be read or is not UTF-8."""
    where = Where(file=str(path))
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        raise Misconfigured.of("doors.file.not_utf8", where) from None
    except OSError as error:
        raise unreadable(path, error) from None


def unreadable(path: Path, error: OSError) -> Misconfigured:
    return Misconfigured.of(
        "doors.file.unreadable", Where(file=str(path)), reason=error.strerror or str(error)
    )


def is_file(name: str) -> bool:
    """Whether a policy is asked for by its file, not by its name."""
    return name.endswith(".toml") or "/" in name


def policy_of(name: str, at: datetime) -> Policy:
    """A shipped edition by name or region, or the one in a file. NotFound, BadInput,
    Misconfigured."""
    if is_file(name):
        return load_policy(text_of(Path(name)), name)
    return library().named(name, at)


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file that takes the place of `path` when the block ends, and never if it raises."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("wb") as opened:
            yield opened
        beside.replace(path)
    except OSError as error:
        raise unreadable(path, error) from None
    finally:
        beside.unlink(missing_ok=True)
