"""The paper code for programs."""

from typing import Annotated, Self

import msgspec
from litestar import post
from litestar.params import Body

from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.codes.paper import Papers, Printed
from yimatong.codes.paper_pages import PAPERS, desk_of
from yimatong.codes.paper_use import add_to_family, once_printed, take_to_phone
from yimatong.codes.service import person_of
from yimatong.kernel.clock import rfc3339
from yimatong.kernel.errors import BadInput
from yimatong.people.documents import DocumentKind
from yimatong.people.family import Relation
from yimatong.people.service import People
from yimatong.storage import Database
from yimatong.web.routes import IdempotencyKey, allowed


class PaperAnswer(msgspec.Struct, frozen=True):
    """A card to print: `text` into the QR code as it is, `number` to be read. It is told once.

    `pass_until`: until when it is a pass by the policy, null where it is none.
    """

    text: str
    number: str
    name: str
    document_tail: str
    issued_at: str
    expires_at: str
    pass_until: str | None

    @classmethod
    def of(cls, one: Printed) -> Self:
        return cls(
            one.text,
            one.number,
            one.name,
            one.document_tail,
            rfc3339(one.issued_at),
            rfc3339(one.expires_at),
            rfc3339(one.pass_until) if one.pass_until else None,
        )


class CardInHand(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The number on the card of somebody of the family, and who they are."""

    number: str
    relation: Relation


class CardAndDocument(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The number on one's own card, and the document it was made for."""

    number: str
    document_kind: DocumentKind
    document_number: str


@post("/api/v1/code/paper", opt=allowed(Permission.OWN_CODE), dependencies=PAPERS, tags=["codes"])
async def post_paper(
    database: Database, actor: Actor, papers: Papers, people: People, key: IdempotencyKey
) -> PaperAnswer:
    """A new paper card of whom one acts for; the one before is revoked at once."""
    async with database.transaction() as tx:
        printed = await once_printed(tx, people, papers, desk_of(actor), person_of(actor), key)
    return PaperAnswer.of(printed)


@post(
    "/api/v1/code/paper/lost",
    opt=allowed(Permission.OWN_CODE),
    dependencies=PAPERS,
    tags=["codes"],
    status_code=204,
)
async def post_lost(database: Database, actor: Actor, papers: Papers) -> None:
    """Revokes the card at once."""
    async with database.transaction() as tx:
        await papers.revoke(tx, desk_of(actor), person_of(actor))


@post("/api/v1/family/paper", opt=allowed(Permission.FAMILY), status_code=204, tags=["family"])
async def post_family(
    data: Annotated[CardInHand, Body()], database: Database, actor: Actor, people: People
) -> None:
    """Takes the owner of the card in hand into the family."""
    async with database.transaction() as tx:
        added = await add_to_family(tx, people, actor, data.number, data.relation)
    if added is None:
        raise BadInput.of("codes.paper.unknown")  # after the commit: the try counts


@post("/api/v1/card/paper", opt=allowed(Permission.OWN_CARD), status_code=204, tags=["card"])
async def post_take(
    data: Annotated[CardAndDocument, Body()], database: Database, actor: Actor, people: People
) -> None:
    """Takes one's registration on paper to this account, by the card and the document."""
    async with database.transaction() as tx:
        taken = await take_to_phone(
            tx, people, actor, data.number, data.document_kind, data.document_number
        )
    if not taken:
        raise BadInput.of("codes.paper.no_match")  # after the commit: the try counts


ROUTES = [post_paper, post_lost, post_family, post_take]
