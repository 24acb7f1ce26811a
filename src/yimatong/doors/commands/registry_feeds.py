"""`yimatong registry feed` and `import`: senders of signed files, and their files."""

import os
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from yimatong import registry
from yimatong.access.actor import Actor
from yimatong.doors.cli import language_of, told
from yimatong.doors.commands.acting import Phone, acting, ask_code
from yimatong.doors.commands.world import run_in_world
from yimatong.doors.world import World
from yimatong.kernel.errors import Problem
from yimatong.storage import Tx

File = Annotated[Path, typer.Argument(exists=True, dir_okay=False)]


def register(group: typer.Typer) -> None:
    feed = typer.Typer(no_args_is_help=True, help="数据源 · Senders of signed files.")
    feed.command("propose")(propose)
    feed.command("approve")(approve)
    feed.command("end")(end)
    feed.command("approve-file")(approve_file)
    group.add_typer(feed, name="feed")
    group.command("import")(import_file)


def propose(
    name: str,
    public_key: File,
    phone: Phone,
    persons_a_day: Annotated[
        int, typer.Option(help="超过须复核 · more than so many need a checker")
    ],
) -> None:
    """登记数据源 · Register a feed's public key (PEM, P-256); a checker lets it in."""
    pem = public_key.read_bytes()
    _act(
        phone,
        lambda world, tx, actor: registry.propose_feed(
            tx, world.clock, actor, name, pem, persons_a_day
        ),
    )


def approve(name: str, phone: Phone) -> None:
    """批准数据源 · Let a feed in; never one's own."""
    _act(phone, lambda world, tx, actor: registry.approve_feed(tx, world.clock, actor, name))


def end(name: str, phone: Phone) -> None:
    """停用数据源 · Take no more files of a feed, for good."""
    _act(phone, lambda world, tx, actor: registry.end_feed(tx, world.clock, actor, name))


def approve_file(file: UUID, phone: Phone) -> None:
    """批准一份文件 · Let a waiting file through; it is then imported again."""
    _act(phone, lambda world, tx, actor: registry.approve_file(tx, world.clock, actor, file))


def import_file(feed: str, file: File, signature: File) -> None:
    """导入 · Take in a feed's signed file. Exit 1 where rows were put aside or the file waits."""
    content, signed = file.read_bytes(), signature.read_bytes()

    async def work(world: World) -> registry.Import:
        async with world.database.transaction() as tx:
            made = await registry.import_file(tx, world.people, feed, content, signed)
        typer.echo(
            f"{made.id}\t{made.state}\trows={made.rows}\taccepted={made.accepted}"
            f"\tknown={made.known}\taside={len(made.asides)}\tpersons={made.persons}"
        )
        return made

    made = run_in_world(work)
    for aside in made.asides:
        typer.echo(told(_at_its_line(aside), language_of(os.environ)), err=True)
    if made.asides or made.state == "waiting":
        raise typer.Exit(1)


def _at_its_line(aside: registry.Aside) -> Problem:
    return replace(aside.problem, where=replace(aside.problem.where, line=aside.line))


def _act(phone: str, verb: Callable[[World, Tx, Actor], Awaitable[None]]) -> None:
    code = ask_code()

    async def work(world: World) -> None:
        actor = await acting(world, phone, code)
        async with world.database.transaction() as tx:
            await verb(world, tx, actor)

    run_in_world(work)
