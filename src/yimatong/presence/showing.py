"""A desk's verbs: which post it is, who stands there, and putting the look on record."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from yimatong import places
from yimatong.access.actor import Actor
from yimatong.audit import Event, Purpose
from yimatong.audit import record as audit
from yimatong.codes import code_ids, paper, short
from yimatong.codes.cwt_paper import PaperClaims
from yimatong.codes.verify import Refusal, verify
from yimatong.kernel.errors import BadInput, NotAllowed, Where, YimatongError
from yimatong.places import Place
from yimatong.presence import ticket
from yimatong.presence.document import QUOTA, Quota, present_by_document
from yimatong.presence.model import How, Post, Present, Shown, Tools, Why, detail_of
from yimatong.presence.ticket import Ticket
from yimatong.storage import Tx

_CODE = Where(field="code")


async def post_of(tx: Tx, actor: Actor) -> Post:
    """The post behind the session, at its place. NotAllowed without a place; Conflict where the
    place is not open."""
    found = await places.several(tx, [actor.place]) if actor.place else {}
    return post_at(actor, found)


def post_at(actor: Actor, found: Mapping[UUID, Place]) -> Post:
    """The same, with the places at hand."""
    if actor.staff is None or actor.place is None or actor.place not in found:
        raise NotAllowed.of("presence.no_place")
    return Post(actor.account, actor.staff, places.must_be_open(found[actor.place]))


async def present_by(
    tx: Tx, tools: Tools, post: Post, shown: Shown, purpose: Purpose, quota: Quota = QUOTA
) -> Present | YimatongError:
    """Who stands there, by whatever is shown. An error that is returned is to be raised once the
    transaction has committed, since the try counts; BadInput that is raised counts nothing."""
    if shown.document and not (shown.code or shown.short):
        return await present_by_document(tx, tools, post, shown.document, purpose, quota)
    if shown.short and not shown.code:
        found = await present_by_short(tx, tools, post, shown.short)
        return found or BadInput.of("presence.code.typed")
    return await refuse_revoked(tx, present_by_code(tools, shown.code))


def present_by_code(tools: Tools, text: str, at: datetime | None = None) -> Present:
    """Who holds this code now, or held it at the moment when it was scanned without a network.
    BadInput says which of the closed list of refusals it is.

    A paper code's card may have been revoked: `refuse_revoked` knows.
    """
    text = text.strip()
    if not text:
        raise BadInput.of("presence.code.nothing", _CODE)
    found = verify(text, tools.keys.verifiers(), at or tools.clock.now(), tools.accept)
    if isinstance(found, Refusal):
        raise BadInput.of(f"presence.code.{found.value}", _CODE)
    claims, card = found.claims, None
    how: How = "code"
    if isinstance(claims, PaperClaims):
        how = "paper"
        card, person = paper.opened(claims.code_id, tools.keys) or (None, None)
    else:
        person = code_ids.opened(claims.code_id, tools.keys)
    if person is None:
        raise BadInput.of("presence.code.unknown_issuer", _CODE)
    return Present(person, claims.name, claims.document_tail, how, card)


async def refuse_revoked(tx: Tx, present: Present) -> Present:
    """BadInput where it is a paper card that is good no longer."""
    if present.card is not None and not await paper.good(tx, [present.card]):
        raise revoked()
    return present


def revoked() -> BadInput:
    """Of the closed list of refusals."""
    return BadInput.of("presence.code.revoked", _CODE)


async def present_by_short(tx: Tx, tools: Tools, post: Post, typed: str) -> Present | None:
    """Whom the typed short code, or number of a paper card, stands for; None where for nobody.

    The caller commits in either case, since every try counts. BadInput where the card is revoked.
    """
    if paper.is_number(typed):
        found = await paper.look_up(tx, tools.people, typed, post.staff.bytes, "presence.code")
        return await present(tx, tools, found[1], "paper", found[0]) if found else None
    holder = await short.look_up(tx, tools.clock, tools.keys, typed, post.staff)
    return await present(tx, tools, holder.person, "short") if holder else None


async def present_again(tx: Tx, tools: Tools, post: Post, pass_on: str) -> Present:
    """Who was there when the ticket was given. NotAllowed as `ticket.opened`."""
    return await present_of(tx, tools, ticket.opened(pass_on, post, tools.keys, tools.clock))


async def present_of(tx: Tx, tools: Tools, scanned: Ticket) -> Present:
    """The same, with the ticket opened."""
    return await present(tx, tools, scanned.person, scanned.how, scanned.card, scanned.why)


async def present(
    tx: Tx,
    tools: Tools,
    person: UUID,
    how: How,
    card: UUID | None = None,
    why: Why | None = None,
) -> Present:
    """Somebody as a desk sees them: the masked name is looked up."""
    masked = await tools.people.masked(tx, person)
    return Present(person, masked.name, masked.document_tail, how, card, why)


async def look(
    tx: Tx, tools: Tools, post: Post, who: Present | Ticket, action: str, purpose: Purpose
) -> None:
    """Puts on record that the post looked at somebody, and how they were known; `action` is
    `room.verb`."""
    event = Event(
        actor=post.account,
        action=action,
        purpose=purpose,
        person=who.person,
        place=post.place.id,
        detail=detail_of(who.how, who.why),
    )
    await audit(tx, tools.clock, event)
