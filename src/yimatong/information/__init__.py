"""What command tells everybody: notices, risk areas, hotlines, fever clinics (HI-18).

Writes: entries, and that one was withdrawn. Reads: the same. Never keeps: anything about a
person; who publishes is a post.
"""

from yimatong.information.model import Draft, Entry, Kind
from yimatong.information.service import Information

__all__ = ["Draft", "Entry", "Information", "Kind"]
