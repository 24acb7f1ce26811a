"""What the room's pages are drawn from."""

from typing import Any
from urllib.parse import urlencode

from litestar.di import Provide

from yimatong.information.model import Draft, Kind, Query
from yimatong.information.reading import LONGEST_SEARCH
from yimatong.information.service import Information
from yimatong.kernel.clock import Clock, minute
from yimatong.kernel.ids import Randomness
from yimatong.kernel.words import Language
from yimatong.places import divisions, provinces


def information_of(clock: Clock, randomness: Randomness) -> Information:
    """The room's verbs, for handlers that ask for `information`."""
    return Information(clock, randomness)


ROOM = {"information": Provide(information_of, sync_to_thread=False)}


def asked(query: Query, address: str, language: Language) -> dict[str, Any]:
    """What the form of a list is drawn from, and where the other pages of it are."""

    def there(kind: Kind | None, page: int = 1) -> str:
        fields = {"region": query.region, "kind": kind, "q": query.text, "page": page}
        known = {name: value for name, value in fields.items() if value and value != 1}
        return f"{address}?{urlencode(known)}" if known else address

    return {
        "query": query,
        "address": address,
        "kinds": list(Kind),
        "longest_search": LONGEST_SEARCH,
        "kind_address": there,
        "page_address": lambda number: there(query.kind, number),
        "path": there(query.kind, query.page),
        "regions": [(region, words.said_in(language)) for region, words in provinces().items()],
    }


def shared(information: Information, language: Language) -> dict[str, Any]:
    """What every page that shows entries needs."""

    def place(one: Draft) -> str:
        names = [provinces()[one.region].said_in(language)] if one.region else []
        if one.division and not one.division.endswith("0000"):
            names.append(divisions()[one.division].words.said_in(language))
        return " · ".join(names)

    return {"today": information.today, "place": place, "minute": minute}
