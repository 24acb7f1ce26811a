"""What was done and looked at: append-only.

Writes: one event for each act of staff and each look at a person. Reads: the same, so that a
person sees who looked. Never keeps: what was seen, a name, a document.
"""

from yimatong.audit.model import Event, Look, Purpose
from yimatong.audit.service import looks_at, record, record_many

__all__ = ["Event", "Look", "Purpose", "looks_at", "record", "record_many"]
