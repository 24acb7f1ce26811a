"""Issuers answering those who asked for a code or a pass.

Nobody keeps a queue: who asked (`review.requested`; where a policy has no such word, the
declaration itself) and was not answered since, waits. Writes: `review.approved`,
`review.refused` and `review.more` of the source `issuer`, and where the reason is kept.
Reads: facts, regions, masked names. Never keeps: a reason's text, which may name somebody; it
goes to `people`, sealed.
"""

from yimatong.permits.model import Application, Word
from yimatong.permits.service import Permits

__all__ = ["Application", "Permits", "Word"]
