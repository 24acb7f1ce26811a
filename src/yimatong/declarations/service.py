"""Handing in a declaration or a check-in, and reading back one's own."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

import msgspec

from yimatong.access.actor import Actor
from yimatong.declarations import facts as become
from yimatong.declarations import store
from yimatong.declarations.checks import Ground, check_check_in, problem, refuse
from yimatong.declarations.declaring import check_declaration
from yimatong.declarations.facts import Said
from yimatong.declarations.model import (
    PERSONAL,
    CheckInSheet,
    DeclarationSheet,
    Form,
    Handed,
    Promise,
    Receipt,
    ReturnSheet,
    Sheet,
    WorkSheet,
)
from yimatong.declarations.questions import last_moment
from yimatong.declarations.returning import check_return, check_work
from yimatong.kernel.clock import Clock, day_of, start_of
from yimatong.kernel.errors import Conflict, Problem, TooMany
from yimatong.kernel.ids import Randomness, new_id
from yimatong.kernel.words import LANGUAGES, Words
from yimatong.ledger import NewFact, record
from yimatong.people.service import People
from yimatong.places import divisions
from yimatong.policy.library import Library
from yimatong.storage import Tx

A_DAY: Mapping[Form, int] = {"declaration": 3, "checkin": 4, "return": 3, "work": 3}
"""So many may be handed in on one calendar day: the duty, and room to correct oneself."""
SHOWN = 50
LISTED = 30
OLDEST_PAPER = 14
"""Days after its signature within which a sheet on paper is entered."""
_NOTHING: tuple[object, ...] = (None, "", [])


class Declarations:
    """The room's verbs. Each works in the caller's transaction."""

    def __init__(
        self, people: People, library: Library, clock: Clock, randomness: Randomness
    ) -> None:
        self._people = people
        self._library = library
        self._clock = clock
        self._randomness = randomness

    async def ground(self, tx: Tx, actor: Actor, signed_on: date | None = None) -> Ground:
        """What the person's answers are judged by: as of now, or of the day of a signature.

        Conflict where no card is registered yet; BadInput where the day lies in the future or
        more than OLDEST_PAPER back.
        """
        now = self._clock.now()
        region = (await self._people.person(tx, person_of(actor))).region
        ground = Ground(now, self._library.named(region, now))
        if signed_on is None or signed_on == day_of(now):
            return ground
        today = day_of(now)
        if not today - timedelta(days=OLDEST_PAPER) <= signed_on <= today:
            refuse([problem("signed_on", "signed_on", found=signed_on, days=OLDEST_PAPER)])
        then = last_moment(signed_on, now)
        return Ground(then, self._library.named(region, then))

    async def declare(
        self, tx: Tx, actor: Actor, sheet: DeclarationSheet, unread: Sequence[Problem] = ()
    ) -> Receipt:
        """Records a declaration. BadInput with every mistake, TooMany beyond A_DAY."""
        ground = await self.ground(tx, actor)
        check_declaration(sheet, ground, unread)
        return await self._keep(
            tx, actor, "declaration", sheet, become.declared(sheet, ground), ground
        )

    async def declare_on_paper(
        self,
        tx: Tx,
        actor: Actor,
        sheet: DeclarationSheet,
        signed_on: date,
        unread: Sequence[Problem] = (),
    ) -> Receipt:
        """The same for a sheet that the person signed on paper on that day: `actor` is the clerk
        who enters it, acting for the person who stands there."""
        ground = await self.ground(tx, actor, signed_on)
        check_declaration(sheet, ground, unread)
        facts = become.declared(sheet, ground)
        return await self._keep(tx, actor, "declaration", sheet, facts, ground, on_paper=True)

    async def check_in(
        self, tx: Tx, actor: Actor, sheet: CheckInSheet, unread: Sequence[Problem] = ()
    ) -> Receipt:
        """Records a daily check-in; a second one of a day stands beside the first."""
        ground = await self.ground(tx, actor)
        check_check_in(sheet, ground, unread)
        return await self._keep(
            tx, actor, "checkin", sheet, become.checked_in(sheet, ground), ground
        )

    async def come_back(
        self, tx: Tx, actor: Actor, sheet: ReturnSheet, unread: Sequence[Problem] = ()
    ) -> Receipt:
        """Records a return from outside the province, planned or done (HI-05)."""
        ground = await self.ground(tx, actor)
        check_return(sheet, ground, unread)
        said = become.returned(sheet, ground)
        return await self._keep(tx, actor, "return", sheet, said, ground)

    async def go_to_work(
        self, tx: Tx, actor: Actor, sheet: WorkSheet, unread: Sequence[Problem] = ()
    ) -> Receipt:
        """Records a return to work (HI-06). Whether one may start is never kept with it."""
        ground = await self.ground(tx, actor)
        check_work(sheet, ground, unread)
        said = become.went_to_work(sheet, ground)
        return await self._keep(tx, actor, "work", sheet, said, ground)

    async def own(self, tx: Tx, actor: Actor, form: Form) -> list[Receipt]:
        """The newest SHOWN sheets that the person handed in, the newest first."""
        return await store.latest(tx, person_of(actor), form, SHOWN)

    async def checked_in_today(self, tx: Tx, actor: Actor) -> bool:
        """Whether a check-in of this calendar day stands."""
        today = start_of(day_of(self._clock.now()))
        return await store.stands_since(tx, person_of(actor), "checkin", today)

    async def newest(self, tx: Tx, actor: Actor) -> list[tuple[Receipt, dict[str, str]]]:
        """The newest LISTED sheets of any form, each with its personal texts."""
        person = person_of(actor)
        found = await store.newest(tx, person, LISTED)
        notes = await self._people.many_notes(tx, person, [note for _, note in found])
        return [(receipt, notes.get(note, {})) for receipt, note in found]

    async def last_texts(self, tx: Tx, actor: Actor) -> dict[str, str]:
        """The personal texts typed last, to fill a form with: each as the newest form has it
        that asks for it; empty before the first."""
        return await self._last_texts(tx, person_of(actor))

    async def residence_of(self, tx: Tx, person: UUID) -> str:
        """Where a person last said to live, as one line; empty before the first form. For a desk
        that has the person before it."""
        texts = await self._last_texts(tx, person)
        known = divisions().get(texts.get("division", ""))
        parts = (known.words.zh if known else "", texts.get("township"), texts.get("address"))
        return "".join(part for part in parts if part)

    async def _last_texts(self, tx: Tx, person: UUID) -> dict[str, str]:
        last = await store.last_notes(tx, person)
        notes = await self._people.many_notes(tx, person, last)
        merged: dict[str, str] = {}
        for note in last:
            merged |= notes.get(note, {})
        return merged

    async def everything(self, tx: Tx, person: UUID) -> list[Handed]:
        """Every sheet of a person with its personal texts, the newest first."""
        return [
            Handed(receipt, await self._people.notes(tx, person, note))
            for receipt, note in await store.everything(tx, person)
        ]

    async def carry_over(self, tx: Tx, gone: UUID, kept: UUID, facts: Mapping[UUID, UUID]) -> None:
        """The sheets of `gone` are those of `kept`, where both were one all along; `facts`: what
        each fact is called there."""
        await store.carry_over(tx, gone, kept, facts)

    async def erase(self, tx: Tx, person: UUID) -> None:
        """Erases the sheets of a person whose account is deleted; facts are the ledger's."""
        await store.erase(tx, person)

    async def _keep(
        self,
        tx: Tx,
        actor: Actor,
        form: Form,
        sheet: Sheet,
        said: Iterable[Said],
        ground: Ground,
        *,
        on_paper: bool = False,
    ) -> Receipt:
        person = person_of(actor)
        await store.lock(tx, person)
        await _refuse_beyond_the_day(tx, person, form, ground.now)
        facts = [_fact(one, person, actor.account) for one in dict.fromkeys(said)]
        receipt = Receipt(
            id=new_id(self._randomness),
            form=form,
            made_at=ground.now,
            promise=_promise(sheet.promise, ground.policy.promise, ground.policy.name),
            facts=await record(tx, self._clock, self._randomness, facts),
            answers=_answers(sheet),
            on_paper=on_paper,
        )
        note = await self._people.keep_notes(tx, person, _personal(sheet))
        await store.add(tx, person, actor.account, note, receipt)
        return receipt


def person_of(actor: Actor) -> UUID:
    if actor.person is None:
        raise Conflict.of("declarations.card_first")
    return actor.person


async def _refuse_beyond_the_day(tx: Tx, person: UUID, form: Form, now: datetime) -> None:
    today = start_of(day_of(now))
    if await store.count_since(tx, person, form, today) >= A_DAY[form]:
        wait = today + timedelta(days=1) - now
        raise TooMany(
            Problem(f"declarations.enough_{form}", params={"limit": A_DAY[form]}),
            retry_after=int(wait.total_seconds()) + 1,
        )


def _fact(said: Said, person: UUID, account: UUID) -> NewFact:
    return NewFact(
        person=person,
        kind=said.kind,
        observed_at=said.observed_at,
        source="self",
        value=said.value,
        region=said.region,
        recorder=account,
    )


def _promise(text: str, words: Words, policy: str) -> Promise:
    language = next(one for one in LANGUAGES if words.said_in(one) == text)
    return Promise(text, language, policy)


def _answers(sheet: Sheet) -> dict[str, object]:
    given = msgspec.structs.asdict(sheet)
    left_out = (*PERSONAL, "promise")
    return {
        name: _plain(value)
        for name, value in given.items()
        if name not in left_out and value not in _NOTHING
    }


def _plain(value: object) -> object:
    return msgspec.to_builtins(value, builtin_types=())


def _personal(sheet: Sheet) -> dict[str, str]:
    given = msgspec.structs.asdict(sheet)
    texts = {name: given.get(name) for name in PERSONAL}
    kept = {
        name: value.isoformat() if isinstance(value, date) else str(value).strip()
        for name, value in texts.items()
        if value not in _NOTHING
    }
    return {**kept, "division": sheet.division}
