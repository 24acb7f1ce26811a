"""Accounts and cards."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from math import ceil
from uuid import UUID

from yimatong.access import limits
from yimatong.kernel.clock import SHANGHAI, Clock, day_of, start_of
from yimatong.kernel.errors import BadInput, Conflict, NotFound, Problem, TooMany, Where
from yimatong.kernel.ids import Randomness, new_id
from yimatong.keys import KeyRing
from yimatong.people import gone_store, sealing, store
from yimatong.people.card import Checked, check_card
from yimatong.people.documents import Document, DocumentKind, check_document
from yimatong.people.model import Card, Masked, Person
from yimatong.people.names import masked
from yimatong.storage import Database, Tx

CLAIMS_PER_DAY = 5
"""How many documents an account may try to register a day: no list of numbers gets through."""

ALONE = 14
"""Years of age from which somebody may have an account: below, a guardian registers (HI-11)."""


class People:
    """The only way to a name. Each verb works in the caller's transaction."""

    def __init__(self, keys: KeyRing, clock: Clock, randomness: Randomness) -> None:
        self.keys = keys
        self.clock = clock
        self.randomness = randomness

    async def find_account(self, tx: Tx, phone: str) -> UUID | None:
        """The account of a phone number in E.164 form."""
        return await store.account_of_phone(tx, self.keys.matches(phone, "people.phone"))

    async def account_for(self, tx: Tx, phone: str) -> UUID:
        """The account of a phone number, made where there is none: a first log-in registers."""
        found = await self.find_account(tx, phone)
        if found:
            return found
        account, match = new_id(self.randomness), self.keys.match(phone, "people.phone")
        sealed = sealing.seal_phone(self.keys, account, phone)
        if await store.add_account(tx, account, match, sealed, self.clock.now()):
            return account
        faster = await self.find_account(tx, phone)
        assert faster is not None
        return faster

    async def phone_of(self, tx: Tx, account: UUID) -> str:
        """The account's number in E.164 form. NotFound where there is no such account."""
        sealed = await store.phone(tx, account)
        if sealed is None:
            raise NotFound.of("people.unknown")
        return sealing.open_phone(self.keys, account, sealed)

    async def submit_card(self, database: Database, account: UUID, card: Card) -> UUID:
        """`register_card` in a transaction of its own, which counts a refused try as well."""
        async with database.transaction() as tx:
            try:
                return await self.register_card(tx, account, card)
            except Conflict as refused:
                conflict = refused
        raise conflict

    async def register_card(self, tx: Tx, account: UUID, card: Card) -> UUID:
        """Registers the account's own person, or changes what may change of the card.

        BadInput with every field's problem. Conflict where name or document differ from the
        card there is, or where the document is on another account's card; the answer is the
        same whoever holds it. TooMany after CLAIMS_PER_DAY documents.
        """
        now = self.clock.now()
        checked = check_card(card, day_of(now))
        if await store.lock_account(tx, account) is None:
            raise NotFound.of("people.unknown")
        person = await store.own_person(tx, account)
        if person is None:
            if (age := checked.document.age(day_of(now))) is not None and age < ALONE:
                raise BadInput.of("people.card.child", Where(field="document_number"), age=ALONE)
            person = await self.add_person(tx, account, checked)
            await store.add_own(tx, account, person, now)
        else:
            await self.change_card(tx, person, checked)
        return person

    async def change_card(self, tx: Tx, person: UUID, checked: Checked) -> None:
        """Changes what may change of a card, once a day.

        Conflict where name or document differ from the card there is; TooMany on the same day.
        """
        kept = check_card(await self.card_of(tx, person), day_of(self.clock.now()))
        if (kept.name, kept.document) != (checked.name, checked.document):
            raise Conflict.of("people.card.fixed")
        if kept == checked:
            return
        await self._refuse_second_today(tx, person)
        details = sealing.seal_details(self.keys, person, checked.ethnic_group, checked.sex)
        await store.change_details(tx, person, details, checked.region, self.clock.now())

    async def _refuse_second_today(self, tx: Tx, person: UUID) -> None:
        row, today = await store.person(tx, person), day_of(self.clock.now())
        assert row is not None
        if row["changed_at"] > row["registered_at"] and day_of(row["changed_at"]) == today:
            wait = start_of(today + timedelta(days=1)) - self.clock.now()
            raise TooMany(Problem("people.card.today"), retry_after=ceil(wait.total_seconds()))

    async def card_of(self, tx: Tx, person: UUID) -> Card:
        """The whole card: for its owner only. NotFound where there is no such person."""
        row = await store.person(tx, person)
        if row is None:
            raise NotFound.of("people.unknown")
        return sealing.open_card(self.keys, row)

    async def document_of(self, tx: Tx, person: UUID) -> Document:
        """The document, which says an age. NotFound where there is no such person."""
        return check_card(await self.card_of(tx, person), day_of(self.clock.now())).document

    async def masked(self, tx: Tx, person: UUID) -> Masked:
        """What a verifier may see."""
        card = await self.card_of(tx, person)
        return Masked(masked(card.name), card.document_number[-2:])

    async def person(self, tx: Tx, person: UUID) -> Person:
        """Region and time of registration. NotFound where there is no such person."""
        row = await store.person(tx, person)
        if row is None:
            raise NotFound.of("people.unknown")
        return Person(row["id"], row["region"], row["registered_at"])

    async def region_of(self, tx: Tx, person: UUID) -> str | None:
        """The region of residence; None where the person has no card (any more)."""
        row = await store.person(tx, person)
        return row["region"] if row else None

    async def person_of(self, tx: Tx, account: UUID) -> UUID | None:
        """The account's own person; None before its card is registered."""
        return await store.own_person(tx, account)

    async def account_of(self, tx: Tx, person: UUID) -> UUID | None:
        """The account whose own the person is; None where they have no phone registration."""
        return await store.own_account(tx, person)

    async def find_by_document(self, tx: Tx, kind: DocumentKind, number: str) -> UUID | None:
        """Who holds the document. Only for who limits and records the look-ups: the registry,
        and desks where the person stands."""
        document = check_document(kind, number, day_of(self.clock.now()))
        matches = self.keys.matches(document.text, "people.document")
        return await store.person_of_document(tx, matches)

    async def registrations(self, tx: Tx, person: UUID) -> int:
        """How many documents lead to the person; above one where registrations were joined."""
        return await gone_store.documents(tx, person)

    async def created_at(self, tx: Tx, account: UUID) -> datetime:
        """When the account was made, by its first log-in."""
        return (await gone_store.created_at(tx, account)).astimezone(SHANGHAI)

    async def keep_notes(self, tx: Tx, person: UUID, notes: Mapping[str, str]) -> UUID:
        """Keeps free text that may name somebody (address, employer, remarks) sealed."""
        note = new_id(self.randomness)
        fields = sealing.seal_fields(self.keys, note, dict(notes))
        await store.add_note(tx, person, note, fields, self.clock.now())
        return note

    async def drop_note(self, tx: Tx, person: UUID, note: UUID) -> None:
        """Erases what `keep_notes` kept; one that is gone already is no mistake."""
        await store.drop_note(tx, person, note)

    async def notes(self, tx: Tx, person: UUID, note: UUID) -> dict[str, str]:
        """What `keep_notes` kept. NotFound where it is not this person's."""
        fields = await store.note(tx, person, note)
        if fields is None:
            raise NotFound.of("people.unknown")
        return sealing.open_fields(self.keys, note, fields)

    async def many_notes(
        self, tx: Tx, person: UUID, notes: Sequence[UUID]
    ) -> dict[UUID, dict[str, str]]:
        """What `keep_notes` kept under each of the ids; those that are not this person's are
        absent."""
        return {
            row["id"]: sealing.open_fields(self.keys, row["id"], row["fields"])
            for row in await store.notes(tx, person, notes)
        }

    async def add_person(
        self,
        tx: Tx,
        account: UUID,
        checked: Checked,
        a_day: int = CLAIMS_PER_DAY,
        *,
        present: bool = False,
    ) -> UUID:
        """A new person, registered by the account, whose own it is not yet; the earlier one where
        it was deleted from an account of the same phone and something of it counts yet. `present`:
        a clerk has the person and the document there, which is as good as the phone.

        Conflict where the document is on a card already; TooMany after `a_day` documents.
        """
        await limits.take(tx, self.clock, "people.claims", account.bytes, a_day, timedelta(days=1))
        keys, person = (
            self.keys,
            await self._claimed(tx, account, checked.document.text, present=present),
        )
        sealed = (
            sealing.seal_name(keys, person, checked.name),
            sealing.seal_document(keys, person, checked.document),
            sealing.seal_details(keys, person, checked.ethnic_group, checked.sex),
        )
        await store.add_person(tx, person, sealed, checked.region, self.clock.now())
        return person

    async def _claimed(self, tx: Tx, account: UUID, document: str, *, present: bool) -> UUID:
        """Whom the document leads to from now on."""
        keys, person = self.keys, new_id(self.randomness)
        held = await store.person_of_document(tx, keys.matches(document, "people.document"))
        if held is None:
            if await store.claim_document(tx, keys.match(document, "people.document"), person):
                return person
        else:
            phones = None
            if not present:
                phones = keys.matches(await self.phone_of(tx, account), "people.gone")
            if await gone_store.revive(tx, held, phones):
                return held
        raise Conflict.of("people.card.held")
