"""Writing what a plan says: notices to every account that acts for the person, SMS to one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import msgspec

from yimatong.kernel.clock import SHANGHAI
from yimatong.kernel.ids import new_id
from yimatong.kernel.words import Catalogue, Language
from yimatong.ledger import History
from yimatong.messages import service as messages
from yimatong.messages.model import Wish
from yimatong.messages.wishes import wish_of
from yimatong.notices import store
from yimatong.notices.model import Kind, Notice, Plan, Why
from yimatong.people import reach
from yimatong.people.reach import Reached
from yimatong.people.service import People
from yimatong.policy.decide import decide
from yimatong.policy.explain import explain
from yimatong.policy.library import Library
from yimatong.policy.model import Policy
from yimatong.policy.standing import Standing
from yimatong.storage import Tx

LIFE = timedelta(hours=24)
"""How long an SMS of ours is of use: beyond a night."""
PAGES = {Kind.CHANGED: "/code", Kind.LAPSES: "/code", Kind.DECLARE: "/declare"}


class About(msgspec.Struct, frozen=True):
    """The standing that a notice is about, and why it is so."""

    standing: Standing
    policy: Policy
    reasons: tuple[Why, ...]

    @property
    def look(self) -> str:
        return self.standing.colour or self.standing.state

    @property
    def because(self) -> str:
        """The reason as an SMS says it, by its word: who recorded it, never what it is, since
        an SMS is read by others. The page says the whole."""
        if self.look == "green":
            return "over"
        if self.reasons:
            lapses = {lapse.id for lapse in self.policy.lapses}
            first = self.reasons[0]
            return "lapsed" if first.rule in lapses else first.source
        return self.look


@dataclass(frozen=True, slots=True)
class Telling:
    """`address`: where the product is reached, without a slash at the end."""

    people: People
    library: Library
    words: Catalogue
    address: str

    async def tell(self, tx: Tx, plan: Plan, standing: Standing, history: History) -> None:
        """All of it or nothing, in the caller's transaction."""
        person = plan.told.person
        reached = (await reach.accounts_of(self.people, tx, [person]))[person]
        about = {
            kind: self._about(plan, kind, standing, history) for kind in {*plan.notices, *plan.sms}
        }
        for kind in plan.notices:
            await store.add(tx, [self._notice(plan, kind, one, about[kind]) for one in reached])
        for kind in plan.sms:
            for one in by_sms(reached):
                await self._send(tx, plan, kind, one, about[kind])

    def _about(self, plan: Plan, kind: Kind, standing: Standing, history: History) -> About:
        """Of a lapse it is the standing that comes then."""
        moment = standing.next_change_at
        if kind is Kind.LAPSES and moment is not None:
            policy = self.library.named(plan.told.region, moment)
            standing = decide(policy, history.facts, moment)
        else:
            policy = self.library.named(standing.policy, self.people.clock.now())
        because = explain(policy, standing, history.facts)
        whys = [Why(one.rule, one.kind, one.source, one.since, one.until) for one in because]
        return About(standing, policy, tuple(whys))

    def _notice(self, plan: Plan, kind: Kind, one: Reached, about: About) -> Notice:
        now = self.people.clock.now()
        return Notice(
            id=new_id(self.people.randomness),
            account=one.account,
            person=plan.told.person,
            at=now,
            kind=kind,
            before=plan.before if kind is Kind.CHANGED else plan.told.look,
            after=about.look,
            policy=about.policy.name,
            reasons=about.reasons,
            moment=plan.changes_at if kind is Kind.LAPSES else None,
            read_at=now if plan.read and one.own else None,
        )

    async def _send(self, tx: Tx, plan: Plan, kind: Kind, one: Reached, about: About) -> None:
        keys, clock = self.people.keys, self.people.clock
        phone = await self.people.phone_of(tx, one.account)
        wish = await wish_of(tx, keys, phone)
        if not wanted(kind, wish):
            return
        key = f"messages.text.{kind.value}" + ("" if one.own else "_family")
        params = self._params(plan, kind, about, wish.language)
        link = self.address + PAGES[kind]
        await messages.send(
            tx, keys, clock, self.people.randomness, phone, key, wish.language, LIFE,
            **params, link=link,
        )  # fmt: skip

    def _params(self, plan: Plan, kind: Kind, about: About, language: Language) -> dict[str, str]:
        """What the text is filled with, in the order of its template."""

        def look(name: str) -> str:
            return self.words.say(f"codes.look.{name}", language)

        if kind is Kind.CHANGED:
            reason = self.words.say(f"notices.reason.{about.because}", language)
            return {"before": look(plan.sms_before), "after": look(about.look), "reason": reason}
        if kind is Kind.LAPSES and plan.changes_at is not None:
            time = plan.changes_at.astimezone(SHANGHAI).strftime("%m-%d %H:%M")
            return {"before": look(plan.told.look), "time": time, "after": look(about.look)}
        return {}


def by_sms(reached: Sequence[Reached]) -> list[Reached]:
    """The person's own account; of a child without one, its guardians'."""
    own = [one for one in reached if one.own]
    return own or [one for one in reached if one.guardian]


def wanted(kind: Kind, wish: Wish) -> bool:
    """A change of colour always; the others where they were not switched off."""
    return {
        Kind.CHANGED: True,
        Kind.LAPSES: wish.reminders,
        Kind.DECLARE: wish.invitations,
    }[kind]
