"""What the apps that people may log in by have in common."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Protocol

from yimatong.kernel.errors import NotFound
from yimatong.people.links import Channel


class Failure(StrEnum):
    """Why a log-in by another app did not come about; each has its words."""

    REFUSED = "refused"
    """The person, or the app in their name, said no."""
    STATE = "state"
    """Not asked for by this browser, or more than ten minutes ago."""
    SPENT = "spent"
    """The same answer came a second time."""
    CODE = "code"
    """The app does not know its own code, or no longer."""
    AWAY = "away"
    """The app does not answer, or says that it cannot now."""
    BROKEN = "broken"
    """Its answer is unsound: no identity, a wrong signature, or our own set-up refused."""


class Failed(Exception):
    """A log-in by another app that did not come about."""

    def __init__(self, why: Failure) -> None:
        super().__init__(why.value)
        self.why = why


class App(Protocol):
    """An app that says who somebody is (OAuth 2.0, RFC 6749, section 4.1, as it speaks it)."""

    @property
    def channel(self) -> Channel: ...

    @property
    def code_field(self) -> str:
        """The parameter in which its code comes back."""
        ...

    def ask(self, back: str, state: str) -> str:
        """The address that asks the app; it sends the browser to `back` with its answer."""
        ...

    async def identify(self, code: str) -> str:
        """What the app calls the person, unique among apps. Failed: CODE, AWAY or BROKEN."""
        ...


class Apps:
    """The apps that are set up here, in a fixed order."""

    def __init__(self, apps: Iterable[App] = ()) -> None:
        self._apps = {app.channel.value: app for app in apps}

    def names(self) -> tuple[str, ...]:
        return tuple(self._apps)

    def named(self, name: str) -> App:
        """NotFound where there is no such app, or it is not set up."""
        try:
            return self._apps[name]
        except KeyError:
            raise NotFound.of("web.not_found") from None
