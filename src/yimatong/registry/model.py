"""Proposals, and what became of a feed's file."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from yimatong.kernel.errors import Problem


class Origin(msgspec.Struct, frozen=True):
    """Who knows it: the authority's name (某市疾控中心) and the number of its report."""

    authority: str
    report: str


class NewProposal(msgspec.Struct, frozen=True, kw_only=True):
    """A fact that the maker proposes to record; fields as in the ledger."""

    person: UUID
    kind: str
    observed_at: datetime
    origin: Origin
    ended_at: datetime | None = None
    region: str | None = None
    retracts: UUID | None = None


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """A proposal as it stands; `maker` is an account."""

    id: UUID
    person: UUID
    kind: str
    observed_at: datetime
    ended_at: datetime | None
    region: str | None
    retracts: UUID | None
    authority: str
    report: str
    maker: UUID
    made_at: datetime
    state: Literal["waiting", "approved", "rejected"]


class Feed(msgspec.Struct, frozen=True, kw_only=True):
    """A sender of signed files. Unusable until a checker let its key in, and once it `ended`.

    `public_key` is SubjectPublicKeyInfo (DER, P-256). More than `persons_a_day` people within
    24 hours are only changed with a checker's approval.
    """

    name: str
    public_key: bytes
    persons_a_day: int
    maker: UUID
    checker: UUID | None
    ended: bool


class Fed(msgspec.Struct, frozen=True):
    """What a feed's row became; `content` is a hash of all it said but the document."""

    person: UUID
    fact: UUID
    content: bytes


class Aside(msgspec.Struct, frozen=True):
    """A line that was not recorded, and why."""

    line: int
    problem: Problem


class Import(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a file: rows = accepted + known + the number of asides, always.

    `known` rows came before and changed nothing. `waiting`: it would change too many people,
    nothing was recorded, a checker must approve the same file.
    """

    id: UUID
    feed: str
    rows: int
    accepted: int
    known: int
    asides: tuple[Aside, ...]
    persons: int
    state: Literal["recorded", "waiting"]
