"""Facts out of a file: JSON Lines or Parquet of the same columns, one mapping a line."""

import sys
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec

from yimatong.doors.commands.files import unreadable
from yimatong.kernel.errors import BadInput, Misconfigured, Where

Line = tuple[int, bytes, Mapping[str, Any] | BadInput]
"""Its number from 1 on, what stood there, and what it says or why it says nothing."""


def lines(name: str) -> Iterator[Line]:
    """The lines of a file, `-` being standard input. Blank lines are counted and left out, and
    the mark that some editors put before the first is passed over."""
    if name.endswith(".parquet"):
        yield from _rows(Path(name))
        return
    try:
        with nullcontext(sys.stdin.buffer) if name == "-" else Path(name).open("rb") as opened:
            for number, line in enumerate(opened, 1):
                raw = line.removeprefix(BOM_UTF8) if number == 1 else line
                if raw.strip():
                    yield number, raw.rstrip(b"\r\n"), _mapping(raw, number)
    except OSError as error:
        raise unreadable(Path(name), error) from None


def _mapping(raw: bytes, number: int) -> Mapping[str, Any] | BadInput:
    where = Where(line=number)
    try:
        raw.decode("utf-8")
        found = msgspec.json.decode(raw)
    except UnicodeDecodeError:
        return BadInput.of("policy.facts.not_utf8", where)
    except (msgspec.DecodeError, RecursionError) as error:
        return BadInput.of("policy.facts.not_an_object", where, detail=str(error)[:200])
    if not isinstance(found, dict):
        return BadInput.of("policy.facts.not_an_object", where, detail=type(found).__name__)
    return found


def _rows(path: Path) -> Iterator[Line]:
    import pyarrow as pa  # noqa: PLC0415  half a second that JSON Lines do not pay
    from pyarrow import parquet  # noqa: PLC0415

    try:
        file = parquet.ParquetFile(path)
        number = 0
        for batch in file.iter_batches(10_000):
            for row in batch.to_pylist():
                number += 1
                told = {key: _text(value) for key, value in row.items() if value is not None}
                yield number, msgspec.json.encode(told), told
    except pa.ArrowInvalid as error:
        where = Where(file=str(path))
        raise Misconfigured.of("doors.file.not_parquet", where, reason=str(error)[:200]) from None
    except OSError as error:
        raise unreadable(path, error) from None


def _text(value: object) -> object:
    """Moments and days as they would stand in JSON."""
    return value.isoformat() if isinstance(value, datetime | date) else value
