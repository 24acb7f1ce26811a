"""A line of a feed's file, and whether it can be recorded.

JSON Lines in UTF-8. `id` is the feed's own name for the row, unique over all its files;
`retracts` is the id of an earlier row of the same feed about the same person. Moments are
RFC 3339 or a bare date, as in a facts file.
"""

import hashlib
import re
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from yimatong.kernel.clock import rfc3339
from yimatong.kernel.errors import BadInput, Problem, Where
from yimatong.ledger import NewFact
from yimatong.ledger.check import check
from yimatong.people.documents import DocumentKind
from yimatong.people.service import People
from yimatong.policy.times import read_moment
from yimatong.registry.model import Aside
from yimatong.storage import Tx

LONGEST_ID = 100


class _Line(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    document_kind: DocumentKind
    document_number: str
    kind: str
    observed_at: str
    ended_at: str | None = None
    region: str | None = None
    retracts: str | None = None


class Row(msgspec.Struct, frozen=True):
    """A row that the ledger would take; `retracts` is a row's id, not yet a fact's."""

    line: int
    id: str
    fact: NewFact
    retracts: str | None

    @property
    def content(self) -> bytes:
        """By which the same row sent twice is known (SHA-256). The document is not in it: so few
        numbers are possible that a hash of one would be as good as the number."""
        fact = self.fact
        moments = [moment and rfc3339(moment) for moment in (fact.observed_at, fact.ended_at)]
        said = [str(fact.person), fact.kind, *moments, fact.region, self.retracts]
        return hashlib.sha256(msgspec.json.encode(said)).digest()


async def read_rows(
    tx: Tx, people: People, feed: str, lines: Sequence[bytes]
) -> tuple[list[Row], list[Aside]]:
    """Each line is one or the other. No problem repeats the document's number."""
    rows, asides = [], []
    for number, line in enumerate(lines, start=1):
        try:
            rows.append(await _row(tx, people, feed, number, line))
        except BadInput as refused:
            asides.append(Aside(number, refused.problems[0]))
    return rows, asides


async def _row(tx: Tx, people: People, feed: str, number: int, line: bytes) -> Row:
    read = _read(line, number)
    person = await people.find_by_document(tx, read.document_kind, read.document_number)
    if person is None:
        raise BadInput.of("registry.feed.unknown_person", Where(line=number))
    fact = NewFact(
        person=person,
        kind=read.kind,
        observed_at=_moment(read.observed_at, number, "observed_at"),
        ended_at=_end(read.ended_at, number),
        region=read.region,
        retracts=_TO_COME if read.retracts is not None else None,
        source="registry",
        feed=feed,
    )
    check(fact, people.clock.now())
    return Row(number, read.id, fact, read.retracts)


_TO_COME = UUID(int=0)
"""Stands for the retracted fact's id until the whole file is read."""


def _read(line: bytes, number: int) -> _Line:
    where = Where(line=number)
    try:
        read = msgspec.json.decode(line, type=_Line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadInput.of(
            "registry.feed.unreadable", where, detail=_without_values(error)
        ) from None
    if not 0 < len(read.id) <= LONGEST_ID:
        raise BadInput.of("registry.feed.row_id", where, longest=LONGEST_ID)
    return read


def _without_values(error: Exception) -> str:
    """What was wrong and where, less what stood there: it may be a document's number."""
    return re.sub(r"'[^']*'|\S*\d{3}\S*", "…", str(error))


def _moment(text: str, number: int, field: str) -> datetime:
    return read_moment(text, Where(line=number, field=field))


def _end(text: str | None, number: int) -> datetime | None:
    where = Where(line=number, field="ended_at")
    return None if text is None else read_moment(text, where, as_end=True)


def aside(row: Row, code: str, **params: object) -> Aside:
    """The row put aside."""
    return Aside(row.line, Problem(code, Where(line=row.line), params))
