"""Reading one's notices, and saying what one wants by SMS."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from yimatong.access.actor import Actor
from yimatong.kernel.clock import Clock
from yimatong.kernel.words import Words
from yimatong.messages import wishes
from yimatong.messages.model import Wish
from yimatong.notices import store
from yimatong.notices.model import KEPT, Notice, Why
from yimatong.people import family
from yimatong.people.family import Member
from yimatong.people.service import People
from yimatong.policy.library import Library
from yimatong.policy.model import Policy, Said
from yimatong.storage import Tx

MOST = 50
"""Notices on the page, the newest."""


class Because(msgspec.Struct, frozen=True):
    """A reason with its words; None where a policy file lost the rule since."""

    why: Why
    said: Said | None


class Shown(msgspec.Struct, frozen=True):
    """A notice with what it takes to say it. `name` is whom it is about, for the page alone."""

    notice: Notice
    name: str
    own: bool
    relation: str
    title: Words
    reasons: tuple[Because, ...]
    to_do: tuple[Words, ...]


class Notices:
    """A resident's view of what they and their family were told. Each verb for the account."""

    def __init__(self, people: People, library: Library, clock: Clock) -> None:
        self._people = people
        self._library = library
        self._clock = clock

    async def unread(self, tx: Tx, actor: Actor, members: Sequence[Member]) -> int:
        """How many of those about `members`, for whom the account may act, were not opened."""
        ids = [one.person for one in members]
        return await store.unread(tx, actor.account, ids, self._oldest())

    async def listed(self, tx: Tx, actor: Actor) -> list[Shown]:
        """The newest first; of a person for whom the account may act no more, none."""
        members = {one.person: one for one in await family.members(self._people, tx, actor.account)}
        found = await store.of_account(tx, actor.account, list(members), self._oldest(), MOST)
        return [self._shown(notice, members) for notice in found]

    async def about(self, tx: Tx, actor: Actor, person: UUID) -> list[Notice]:
        """What the account was told of one person, the newest first."""
        return await store.of_account(tx, actor.account, [person], self._oldest(), None)

    async def read(self, tx: Tx, actor: Actor, ids: Sequence[UUID]) -> None:
        """These were opened; what was opened before, or is somebody else's, stays as it is."""
        await store.read(tx, actor.account, ids, self._clock.now())

    async def wish(self, tx: Tx, actor: Actor) -> Wish:
        """What comes by SMS to the account's number."""
        phone = await self._people.phone_of(tx, actor.account)
        return await wishes.wish_of(tx, self._people.keys, phone)

    async def keep_wish(self, tx: Tx, actor: Actor, wish: Wish) -> None:
        """From now on."""
        phone = await self._people.phone_of(tx, actor.account)
        await wishes.keep(tx, self._people.keys, phone, wish)

    def _oldest(self) -> datetime:
        return self._clock.now() - KEPT

    def _shown(self, notice: Notice, members: Mapping[UUID, Member]) -> Shown:
        policy, member = self._library.named(notice.policy, notice.at), members[notice.person]
        reasons = tuple(Because(why, policy.said_by_rule.get(why.rule)) for why in notice.reasons)
        return Shown(
            notice, member.name, member.own, member.relation, policy.title, reasons,
            tuple(dict.fromkeys(_to_do(policy, notice, reasons))),
        )  # fmt: skip


def _to_do(policy: Policy, notice: Notice, reasons: Sequence[Because]) -> list[Words]:
    """What the policy says to do: of each reason, or of a state without a colour."""
    found = [one.said.to_do for one in reasons if one.said]
    found += [words for state, words in policy.states.items() if state == notice.after]
    return found


async def erase(tx: Tx, persons: Sequence[UUID]) -> None:
    """Nothing of what was told about these persons is left."""
    await store.erase(tx, persons)


async def forget(tx: Tx, clock: Clock) -> None:
    """Erases notices older than KEPT."""
    await store.forget(tx, clock.now() - KEPT)
