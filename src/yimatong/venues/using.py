"""What command sees: which places of an area have a poster in use."""

import csv
import io
from collections.abc import Sequence
from datetime import timedelta

from yimatong import places
from yimatong.access.actor import Actor
from yimatong.places import PlaceState, division
from yimatong.storage import Tx
from yimatong.venues import store
from yimatong.venues.model import InUse, Tools

LOOKED_AT = timedelta(days=7)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


async def in_use(tx: Tx, tools: Tools, actor: Actor, name: str, page: int) -> list[InUse]:
    """A page of the open places within the administrator's area, with the visits of LOOKED_AT."""
    found = await places.waiting(tx, PlaceState.OPEN, actor.area, name, page)
    since = tools.people.clock.now() - LOOKED_AT
    counted = await store.counts(tx, [one.id for one in found], since)
    return [
        InUse(one, await places.poster_known(tx, one.id), counted.get(one.id, 0)) for one in found
    ]


def as_csv(found: Sequence[InUse]) -> str:
    """The same for a spreadsheet: UTF-8 with a byte order mark, no cell that computes."""
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow(["name", "type", "division", "township", "address", "poster", "visits_7_days"])
    for one in found:
        place = one.place
        where = division(place.division).words.zh
        texts = (place.name, place.type, where, place.township, place.address, one.poster or "")
        writer.writerow([*map(_neutral, texts), one.visits])
    return "\ufeff" + sheet.getvalue()


def _neutral(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
