"""Engine, transaction, migrations. No room's words in it.

Writes: nothing of its own. Reads: nothing. Keeps: the connection pools.
"""

from yimatong.storage.database import Database, Tx
from yimatong.storage.embedded import embedded
from yimatong.storage.migrate import upgrade

__all__ = ["Database", "Tx", "embedded", "upgrade"]
