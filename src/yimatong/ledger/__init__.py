"""Append-only facts: the only way rooms influence each other.

Writes: facts about persons, each with its source and recorder, how many each person has, and
whose are new. Reads: the same. Never keeps: a name, a document, a colour.
"""

from yimatong.ledger.model import Asked, History, NewFact, Recorded
from yimatong.ledger.news import take_news
from yimatong.ledger.service import (
    carry_over,
    heads,
    histories,
    history,
    record,
    recorded,
    unanswered,
)

__all__ = [
    "Asked",
    "History",
    "NewFact",
    "Recorded",
    "carry_over",
    "heads",
    "histories",
    "history",
    "record",
    "recorded",
    "take_news",
    "unanswered",
]
