"""`yimatong staff`: who works here, as what and where."""

from typing import Annotated
from uuid import UUID

import typer

from yimatong.access import staff
from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission, Role
from yimatong.audit import Event, Purpose, record
from yimatong.doors.commands.acting import acting, ask, ask_code
from yimatong.doors.commands.world import run_in_world
from yimatong.doors.world import World
from yimatong.kernel.errors import NotAllowed
from yimatong.people import workers
from yimatong.people.model import Worker
from yimatong.places import division
from yimatong.storage import Tx

Administrator = Annotated[
    str | None,
    typer.Option(
        "--as", metavar="PHONE", help="管理员的手机号；首位管理员不需要 · an administrator's phone"
    ),
]


def register(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="工作人员 · Posts.")
    group.command("add")(add)
    group.command("list")(show)
    group.command("remove")(remove)
    app.add_typer(group, name="staff")


def add(
    role: Role,
    place: Annotated[UUID | None, typer.Option(help="场所编号 · place; a guard needs one")] = None,
    area: Annotated[
        str | None,
        typer.Option(help="管理员的地区代码 · an administrator's division"),
    ] = None,
    administrator: Administrator = None,
) -> None:
    """增加岗位 · Add a post; name and phone are asked for. Prints its id and its app's secret.

    The first administrator is added by the server's operator, everybody else by an administrator.
    """
    name, phone = ask("姓名 · name"), ask("手机号 · phone")
    code = ask_code() if administrator else ""

    if area is not None:
        division(area)

    async def work(world: World) -> tuple[UUID, str]:
        actor = await acting(world, administrator, code) if administrator else None
        async with world.database.transaction() as tx:
            if actor is not None or role is not Role.ADMINISTRATOR or await _has_administrator(tx):
                _require(actor)
            added = await workers.add(world.people, tx, name, phone, role, place, area)
            await _write_down(world, tx, actor, "staff.add", added[0], role)
        return added

    typer.echo("\t".join(str(each) for each in run_in_world(work)))


def show(administrator: Administrator = None) -> None:
    """列出岗位 · List the posts, as an administrator."""
    code = ask_code() if administrator else ""

    async def work(world: World) -> list[Worker]:
        _require(await acting(world, administrator, code) if administrator else None)
        async with world.database.transaction() as tx:
            return await workers.everyone(world.people, tx)

    for one in run_in_world(work):
        typer.echo(f"{one.staff}\t{one.role}\t{one.name}\t{one.place or '-'}")


def remove(post: UUID, administrator: Administrator = None) -> None:
    """撤销岗位 · Take a post away; its sessions end at once."""
    code = ask_code() if administrator else ""

    async def work(world: World) -> None:
        actor = await acting(world, administrator, code) if administrator else None
        _require(actor)
        async with world.database.transaction() as tx:
            await staff.remove(tx, world.clock, post)
            await _write_down(world, tx, actor, "staff.remove", post, None)

    run_in_world(work)


async def _has_administrator(tx: Tx) -> bool:
    return any(post.role is Role.ADMINISTRATOR for post in await staff.posts(tx))


def _require(actor: Actor | None) -> None:
    if actor is None or not actor.may(Permission.STAFF_MANAGE):
        raise NotAllowed.of("access.staff.not_allowed")


async def _write_down(
    world: World, tx: Tx, actor: Actor | None, action: str, post: UUID, role: Role | None
) -> None:
    event = Event(
        actor=actor.account if actor else None,
        action=action,
        purpose=Purpose.ADMINISTRATION,
        detail={"post": post, "role": role},
    )
    await record(tx, world.clock, event)
