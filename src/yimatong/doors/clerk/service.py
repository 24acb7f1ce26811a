"""The clerk's verbs, each for the person of a ticket: whoever stands there."""

from datetime import date
from uuid import UUID

import msgspec

from yimatong.access.actor import Actor
from yimatong.audit import Purpose
from yimatong.codes import short
from yimatong.codes.paper import Desk, Held, Papers, Printed
from yimatong.codes.paper_use import once_printed
from yimatong.codes.standings import Standings
from yimatong.declarations.model import DeclarationSheet, Receipt
from yimatong.declarations.service import Declarations
from yimatong.kernel.errors import BadInput, Conflict, NotAllowed, Problem, Where
from yimatong.people import desk_service, family
from yimatong.people.desk_service import Served
from yimatong.people.family import Holder, Relation
from yimatong.people.service import People
from yimatong.policy.standing import Standing
from yimatong.storage import Tx


class AtDesk(msgspec.Struct, frozen=True):
    """All that the desk shows of who stands there."""

    served: Served
    standing: Standing
    held: Held | None
    holders: list[Holder]


class Clerk:
    """Each verb works in the caller's transaction. NotAllowed where the ticket is over."""

    def __init__(
        self, people: People, declarations: Declarations, papers: Papers, standings: Standings
    ) -> None:
        self.people = people
        self.declarations = declarations
        self._papers = papers
        self._standings = standings

    def acting(self, actor: Actor, ticket: str) -> Actor:
        """The clerk, acting for who stands there."""
        person = desk_service.served_by(self.people, actor, ticket)
        return msgspec.structs.replace(actor, person=person)

    async def shown(self, tx: Tx, actor: Actor, ticket: str) -> AtDesk:
        """Who stands there, as of now."""
        person = desk_service.served_by(self.people, actor, ticket)
        served = await desk_service.served(self.people, tx, person)
        return AtDesk(
            served,
            (await self._standings.of(tx, person, served.region)).standing,
            await self._papers.held(tx, person),
            await family.holders(self.people, tx, person),
        )

    async def declare(
        self,
        tx: Tx,
        actor: Actor,
        sheet: DeclarationSheet,
        signed_on: date,
        unread: list[Problem],
    ) -> Receipt:
        """Records what the person signed on paper; `actor` as `acting` gives it."""
        receipt = await self.declarations.declare_on_paper(tx, actor, sheet, signed_on, unread)
        await self._record(tx, actor, "declarations.entered_on_paper")
        return receipt

    async def card(self, tx: Tx, actor: Actor, ticket: str, once: str) -> Printed:
        """A new paper card; asked for again with the same token, the same."""
        person = desk_service.served_by(self.people, actor, ticket)
        desk = _desk(actor)
        return await once_printed(tx, self.people, self._papers, desk, person, once)

    async def revoke(self, tx: Tx, actor: Actor, ticket: str) -> None:
        """The person's card is lost."""
        person = desk_service.served_by(self.people, actor, ticket)
        await self._papers.revoke(tx, _desk(actor), person)

    async def relate(
        self, tx: Tx, actor: Actor, ticket: str, code: str, relation: Relation
    ) -> bool:
        """Lets a relative who stands there as well act for the person; False where the short code
        of their phone is none, and the caller commits, since the try counts."""
        acting, keys = self.acting(actor, ticket), self.people.keys
        staff, _ = desk_service.post_of(actor)
        holder = await short.look_up(tx, self.people.clock, keys, code, staff)
        if holder is None:
            return False
        account = await self.people.account_of(tx, holder.person)
        if account is None or account == actor.account or acting.person is None:
            raise Conflict.of("clerk.no_account")
        await family.add_agreed(self.people, tx, account, acting.person, relation, "clerk")
        await self._record(tx, acting, "people.family_by_clerk")
        return True

    async def unrelate(self, tx: Tx, actor: Actor, ticket: str, account: UUID) -> None:
        """Ends that an account acts for the person, who says so here."""
        acting = self.acting(actor, ticket)
        assert acting.person is not None
        await family.end(self.people, tx, account, acting.person, by=actor.account)
        await self._record(tx, acting, "people.family_by_clerk")

    async def _record(self, tx: Tx, actor: Actor, action: str) -> None:
        assert actor.person is not None
        await desk_service.record(self.people, tx, actor, actor.person, action)


def day_signed(text: str) -> date:
    """The day that a form sent. BadInput where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput.of("clerk.signed_on", Where(field="signed_on")) from None


def must_be_present(*, present: bool) -> None:
    """BadInput unless the clerk says that person and document are there."""
    if not present:
        raise BadInput.of("clerk.present_missing", Where(field="present"))


def _desk(actor: Actor) -> Desk:
    if actor.place is None:
        raise NotAllowed.of("people.desk_service.no_place")
    return Desk(actor.account, actor.place, Purpose.DESK_SERVICE)
