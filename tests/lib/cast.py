"""Everybody who looks at a page: residents in every state, a guard, an issuer, the other posts."""

from typing import Any

import httpx
from playwright.sync_api import Browser, Page

from tests.lib.browser import phone_page
from tests.lib.live import Live
from tests.lib.logins import Login, place_of, resident, worker
from tests.lib.told import APPROVED, Told, told
from yimatong.access import sessions
from yimatong.access.permissions import Role
from yimatong.access.staff import PLACED
from yimatong.people.phones import check_phone
from yimatong.places import PlaceType

STATES: dict[str, tuple[str, list[Told]]] = {
    "green": ("hunan", [("declaration", "self", 0)]),
    "yellow": ("hunan", [("declaration", "self", 0), ("exposure.case", "self", 1)]),
    "red": ("hunan", [("declaration", "self", 0), ("exposure.case", "self", 1),
                      ("case.confirmed", "registry", 0)]),
    "undeclared": ("hunan", []),
    "pending": ("hubei", [("declaration", "self", 0), ("review.requested", "self", 0)]),
    "approved": ("hubei", APPROVED),
    "refused": ("hubei", [("declaration", "self", 0), ("review.refused", "issuer", 0)]),
    "expired": ("yunnan", [("declaration", "self", 15)]),
}  # fmt: skip
"""Region, and the facts that lead to the state."""


class Cast:
    """Their sessions, in a served world."""

    def __init__(self, live: Live) -> None:
        self.live = live
        self.logins: dict[str, Login] = {"new": live.do(_newcomer(live))}
        for state, (region, facts) in STATES.items():
            login = self._add(state, resident(live.world, region, live.next()))
            assert login.person is not None
            live.do(told(live.world, login.person, facts))
        for role in Role:
            if role is not Role.RESIDENT:
                place = live.gate("430100") if role in PLACED else None
                if role is Role.WORKER:
                    place = self._place(PlaceType.PHARMACY, "pharmacy")
                self._add(role.value, worker(live.world, role, place, live.next()))

        ward = self._place(PlaceType.OBSERVATION, "observation")
        self._add("ward", worker(live.world, Role.WORKER, ward, live.next()))

    def _place(self, type: PlaceType, scene: str) -> Any:
        return self.live.do(place_of(self.live.world, type, "430102", scene))

    def _add(self, who: str, login: Any) -> Login:
        self.logins[who] = self.live.do(login)
        return self.logins[who]

    def page(self, browser: Browser, who: str, language: str, **more: Any) -> Page:
        """A phone's page of somebody who is logged in; of nobody where `who` is empty."""
        page = phone_page(browser, language, self.live.url, **more)
        if who:
            token = self.logins[who].token
            page.context.add_cookies([{"name": "session", "value": token, "url": self.live.url}])
        return page

    def ask(self, who: str, method: str, path: str, **more: Any) -> httpx.Response:
        """A request as a program, logged in as somebody."""
        return httpx.request(method, self.live.url + path, headers=self.logins[who].headers, **more)

    def ticket(self, who: str) -> str:
        """Of a new scan of the resident by the guard."""
        code = self.ask(who, "GET", "/api/v1/code").json()["text"]
        opened = self.ask("guard", "POST", "/api/v1/gate/openings", json={"code": code})
        ticket: str = opened.json()["ticket"]
        return ticket


async def _newcomer(live: Live) -> Login:
    """Logged in for the first time, without a card."""
    world, phone = live.world, check_phone(f"1390004{live.next():04}")
    async with world.database.transaction() as tx:
        account = await world.people.account_for(tx, phone)
        return Login(await sessions.start(tx, world.clock, world.randomness, account), account)
