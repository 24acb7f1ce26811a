"""Inviting a list of numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from yimatong.access import limits
from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.audit import Event
from yimatong.audit import Purpose as AuditPurpose
from yimatong.audit import record as audit
from yimatong.codes.standings import Standings
from yimatong.invitations import store
from yimatong.invitations.model import (
    AGAIN_AFTER,
    LISTS_A_DAY,
    MOST,
    PAGES,
    Aside,
    Invitation,
    Purpose,
    PutAside,
    Result,
)
from yimatong.kernel.clock import Clock
from yimatong.kernel.errors import BadInput, NotAllowed, Where
from yimatong.kernel.words import Language
from yimatong.messages import service as messages
from yimatong.messages.wishes import wishes
from yimatong.people import reach
from yimatong.people.phones import check_phone
from yimatong.people.service import People
from yimatong.storage import Tx

LIFE = timedelta(hours=24)
NUMBERS = "invitations.number"
_NUMBERS = Where(field="numbers")


@dataclass(frozen=True, slots=True)
class Invitations:
    """The room's verbs, in the caller's transaction. `address`: where SMS lead to."""

    people: People
    standings: Standings
    address: str

    async def invite(self, tx: Tx, actor: Actor, invitation: Invitation) -> Result:
        """Takes what can be taken of the list; the SMS go out after the commit.

        NotAllowed without the permission; BadInput for no line or more than MOST; TooMany after
        LISTS_A_DAY lists.
        """
        if not actor.may(Permission.INVITE):
            raise NotAllowed.of("invitations.not_allowed")
        received = len(invitation.numbers)
        if not 1 <= received <= MOST:
            raise BadInput.of("invitations.how_many", _NUMBERS, found=received, most=MOST)
        clock, day = self.people.clock, timedelta(days=1)
        await limits.take(tx, clock, "invitations", actor.account.bytes, LISTS_A_DAY, day)
        lines, aside = read_numbers(invitation.numbers)
        fresh = await self._fresh(tx, list(lines))
        aside += [PutAside(line, Aside.LATELY) for one, line in lines.items() if one not in fresh]
        await self._send(tx, invitation.purpose, invitation.sms_language, fresh)
        result = Result(received, len(fresh), sorted(aside, key=lambda one: one.line))
        await self._audit(tx, actor, invitation.purpose, result)
        return result

    async def _fresh(self, tx: Tx, phones: Sequence[str]) -> list[str]:
        """Those not invited lately, who count as invited now."""
        keys, now = self.people.keys, self.people.clock.now()
        hashes = {one: phone for phone in phones for one in keys.matches(phone, NUMBERS)}
        lately = await store.lately(tx, list(hashes), now - AGAIN_AFTER)
        left = {keys.match(phone, NUMBERS): phone for phone in phones}
        for one in lately:
            left.pop(keys.match(hashes[one], NUMBERS), None)
        # another list with the same number may be faster meanwhile
        taken = await store.take(tx, sorted(left), now, now - AGAIN_AFTER)
        return [left[one] for one in taken]

    async def _send(
        self, tx: Tx, purpose: Purpose, language: Language, phones: Sequence[str]
    ) -> None:
        people, needless = self.people, await self._needless(tx, purpose, phones)
        wanted = await wishes(tx, people.keys, phones)
        for phone in phones:
            if phone in needless or not wanted[phone].invitations:
                continue
            await messages.send(
                tx, people.keys, people.clock, people.randomness, phone,
                f"messages.text.invite_{purpose.value}", language, LIFE,
                link=self.address + PAGES[purpose],
            )  # fmt: skip

    async def _needless(self, tx: Tx, purpose: Purpose, phones: Sequence[str]) -> set[str]:
        """Who has done already what they would be invited to."""
        if purpose is Purpose.RETURN:
            return set()
        owners = await reach.owners(self.people, tx, phones)
        if purpose is Purpose.REGISTER:
            return set(owners)
        pairs = {phone: (one.id, one.region) for phone, one in owners.items() if one}
        found = await self.standings.many(tx, list(pairs.values()))
        undeclared = ("undeclared", "expired")
        return {
            phone for phone, pair in pairs.items()
            if found[pair].standing.state not in undeclared
        }  # fmt: skip

    async def _audit(self, tx: Tx, actor: Actor, purpose: Purpose, result: Result) -> None:
        counts = {"received": result.received, "taken": result.taken}
        event = Event(
            actor=actor.account,
            action="invitations.invite",
            purpose=AuditPurpose.ADMINISTRATION,
            detail={"purpose": purpose.value, **counts},
        )
        await audit(tx, self.people.clock, event)


def read_numbers(lines: Sequence[str]) -> tuple[dict[str, int], list[PutAside]]:
    """Each number in E.164 form with its line, and the lines that are none or not the first."""
    found: dict[str, int] = {}
    aside = []
    for line, text in enumerate(lines, 1):
        try:
            phone = check_phone(text)
        except BadInput:
            aside.append(PutAside(line, Aside.MALFORMED))
            continue
        if phone in found:
            aside.append(PutAside(line, Aside.TWICE))
        found.setdefault(phone, line)
    return found, aside


async def forget(tx: Tx, clock: Clock) -> None:
    """Erases when numbers were invited, once that counts no more."""
    await store.forget(tx, clock.now() - AGAIN_AFTER)
