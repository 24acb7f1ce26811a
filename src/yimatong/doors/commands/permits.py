"""`yimatong permits`: issuers answering applications."""

from typing import Annotated
from uuid import UUID

import typer

from yimatong.doors.commands.acting import Phone, acting, ask_code
from yimatong.doors.commands.world import run_in_world
from yimatong.doors.world import World
from yimatong.kernel.clock import rfc3339
from yimatong.permits import Application, Permits, Word

Reason = Annotated[str, typer.Option(help="理由，本人能看到 · why; the applicant reads it")]


def register(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="签发审核 · Applications.")
    group.command("list")(show)
    group.command("approve")(approve)
    group.command("refuse")(refuse)
    group.command("more")(more)
    app.add_typer(group, name="permits")


def show(
    phone: Phone, region: Annotated[str, typer.Option(help="地区 · region of the policies")]
) -> None:
    """列出等待审核的人 · List who waits, the longest waiting first; each look is recorded."""
    code = ask_code()

    async def read(world: World) -> list[Application]:
        actor = await acting(world, phone, code)
        async with world.database.transaction() as tx:
            return await _permits(world).waiting(tx, actor, region)

    for one in run_in_world(read):
        who = f"{one.masked.name} {one.masked.document_tail}"
        standing = one.standing.colour or one.standing.state
        typer.echo(
            f"{one.person}\t{rfc3339(one.asked_at)}\t{who}\t{standing}\t{one.temperature or '-'}"
        )


def approve(person: UUID, phone: Phone, reason: Reason = "") -> None:
    """签发 · Approve an application."""
    _decide(person, phone, Word.APPROVED, reason)


def refuse(person: UUID, phone: Phone, reason: Reason) -> None:
    """不予签发 · Refuse an application, and say why."""
    _decide(person, phone, Word.REFUSED, reason)


def more(person: UUID, phone: Phone, reason: Reason) -> None:
    """要求补充 · Ask for more, and say for what."""
    _decide(person, phone, Word.MORE, reason)


def _decide(person: UUID, phone: str, word: Word, reason: str) -> None:
    code = ask_code()

    async def decide(world: World) -> UUID:
        actor = await acting(world, phone, code)
        async with world.database.transaction() as tx:
            return await _permits(world).decide(tx, actor, person, word, reason)

    typer.echo(run_in_world(decide))


def _permits(world: World) -> Permits:
    return Permits(world.people, world.library, world.standings)
