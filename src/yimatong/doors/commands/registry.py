"""`yimatong registry`: facts by maker and checker."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Annotated, TypeVar
from uuid import UUID

import typer

from yimatong import registry
from yimatong.access.actor import Actor
from yimatong.doors.commands import registry_feeds
from yimatong.doors.commands.acting import Phone, acting, ask, ask_code
from yimatong.doors.commands.world import run_in_world
from yimatong.doors.world import World
from yimatong.kernel.clock import rfc3339
from yimatong.kernel.errors import NotFound, Where
from yimatong.people.documents import DocumentKind
from yimatong.policy.times import read_moment
from yimatong.storage import Tx

T = TypeVar("T")
Document = Annotated[
    DocumentKind, typer.Option(help="证件种类；号码另行输入 · its number is asked for")
]
Authority = Annotated[str, typer.Option(help="依据的机构 · which authority knows it")]
Report = Annotated[str, typer.Option(help="报告编号 · the number of its report")]
Began = Annotated[str, typer.Option(help="何时起 · RFC 3339, or a date")]
Ended = Annotated[str | None, typer.Option(help="何时止 · RFC 3339, or a date")]
Ends = Annotated[str, typer.Option(help="何时止 · RFC 3339, or a date")]


def register(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="疫情数据登记 · Cases, contacts, quarantines.")
    group.command("propose")(propose)
    group.command("end")(end)
    group.command("waiting")(waiting)
    group.command("approve")(approve)
    group.command("reject")(reject)
    registry_feeds.register(group)
    app.add_typer(group, name="registry")


def propose(
    kind: str,
    phone: Phone,
    authority: Authority,
    report: Report,
    observed_at: Began,
    ended_at: Ended = None,
    region: Annotated[str | None, typer.Option(help="行政区划代码 · division code")] = None,
    document_kind: Document = DocumentKind.RESIDENT_ID,
) -> None:
    """提出登记 · Propose a fact; another person approves it."""
    number, code = ask("证件号码 · document number"), ask_code()
    began = read_moment(observed_at, Where(field="observed_at"))
    ended = _end(ended_at)

    async def work(world: World) -> UUID:
        actor = await acting(world, phone, code)
        person = await _find(world, actor, document_kind, number)
        new = registry.NewProposal(
            person=person,
            kind=kind,
            observed_at=began,
            ended_at=ended,
            region=region,
            origin=registry.Origin(authority, report),
        )
        async with world.database.transaction() as tx:
            return await registry.propose(tx, world.clock, world.randomness, actor, new)

    typer.echo(run_in_world(work))


def end(
    kind: str,
    phone: Phone,
    authority: Authority,
    report: Report,
    ended_at: Ends,
    document_kind: Document = DocumentKind.RESIDENT_ID,
) -> None:
    """提出结束 · Propose to end every open fact of a kind; another person approves it."""
    number, code = ask("证件号码 · document number"), ask_code()
    ended = read_moment(ended_at, Where(field="ended_at"), as_end=True)
    origin = registry.Origin(authority, report)

    async def work(world: World) -> Sequence[UUID]:
        actor = await acting(world, phone, code)
        person = await _find(world, actor, document_kind, number)
        async with world.database.transaction() as tx:
            return await registry.propose_end(
                tx, world.clock, world.randomness, actor, person, kind, ended, origin
            )

    for id in run_in_world(work):
        typer.echo(id)


def waiting(phone: Phone) -> None:
    """列出待复核的登记 · List the first hundred proposals that wait, the oldest first."""
    for one in _acted(phone, lambda world, tx, actor: registry.waiting(tx, actor)):
        span = f"{rfc3339(one.observed_at)}\t{rfc3339(one.ended_at) if one.ended_at else '-'}"
        typer.echo(f"{one.id}\t{one.kind}\t{span}\t{one.person}\t{one.authority}\t{one.report}")


def approve(proposals: list[UUID], phone: Phone) -> None:
    """批准 · Record what was proposed, all or none of those named; never one's own."""

    async def each(world: World, tx: Tx, actor: Actor) -> list[UUID]:
        return [
            await registry.approve(tx, world.clock, world.randomness, actor, id) for id in proposals
        ]

    for fact in _acted(phone, each):
        typer.echo(fact)


def reject(proposals: list[UUID], phone: Phone) -> None:
    """不批准 · Put proposals away for good, all or none of those named."""

    async def each(world: World, tx: Tx, actor: Actor) -> None:
        for id in proposals:
            await registry.reject(tx, world.clock, actor, id)

    _acted(phone, each)


def _acted(phone: str, verb: Callable[[World, Tx, Actor], Awaitable[T]]) -> T:
    """Runs a verb as the post, in one transaction."""
    code = ask_code()

    async def work(world: World) -> T:
        actor = await acting(world, phone, code)
        async with world.database.transaction() as tx:
            return await verb(world, tx, actor)

    return run_in_world(work)


async def _find(world: World, actor: Actor, kind: DocumentKind, number: str) -> UUID:
    async with world.database.transaction() as tx:
        person = await registry.find_person(tx, world.people, actor, kind, number)
    if person is None:
        raise NotFound.of("registry.nobody_holds")
    return person


def _end(text: str | None) -> datetime | None:
    return None if text is None else read_moment(text, Where(field="ended_at"), as_end=True)
