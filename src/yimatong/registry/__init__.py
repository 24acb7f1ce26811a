"""The CDC's cases, contacts, quarantines and stays coming in.

Two ways lead in, and no third: a proposal that one person makes and another approves, or a
file signed by a feed whose key two persons let in. Writes: proposals, feeds, imports, and
facts of the source `registry`. Reads: open facts, who holds a document. Never keeps: a
document's number, a line of a file.
"""

from yimatong.registry.feeds import approve_feed, approve_file, end_feed, propose_feed
from yimatong.registry.imports import import_file
from yimatong.registry.model import Aside, Import, NewProposal, Origin, Proposal
from yimatong.registry.service import (
    approve,
    find_person,
    origins,
    propose,
    propose_end,
    reject,
    waiting,
)

__all__ = [
    "Aside",
    "Import",
    "NewProposal",
    "Origin",
    "Proposal",
    "approve",
    "approve_feed",
    "approve_file",
    "end_feed",
    "find_person",
    "import_file",
    "origins",
    "propose",
    "propose_end",
    "propose_feed",
    "reject",
    "waiting",
]
