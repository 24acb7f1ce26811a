"""`yimatong staff`: who works here, as what and where."""

from typing import Annotated
from uuid import UUID

import typer

from yimatong.access.actor import Actor
from yimatong.access.permissions import Role
from yimatong.access.staff import Duty
from yimatong.audit import Event, Purpose, record
from yimatong.doors.commands.acting import acting, ask, ask_code
from yimatong.doors.commands.world import run_in_world
from yimatong.doors.world import World
from yimatong.people.model import Worker
from yimatong.posts import staffing
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
    manager: Annotated[
        bool, typer.Option("--manager", help="是场所的负责人 · answers for the place")
    ] = False,
    administrator: Administrator = None,
) -> None:
    """增加岗位 · Add a post; name and phone are asked for. Prints its id and its app's secret.

    The first administrator is added by the server's operator, everybody else by an administrator.
    """
    name, phone = ask("姓名 · name"), ask("手机号 · phone")
    code = ask_code() if administrator else ""
    duty = Duty(role, place, manager and place is not None, area)

    async def work(world: World) -> tuple[UUID, str]:
        actor = await acting(world, administrator, code) if administrator else None
        async with world.database.transaction() as tx:
            added = await staffing.add(world.people, tx, actor, name, phone, duty)
            await _write_down(world, tx, actor, "staff.add", added[0], role)
        return added

    typer.echo("\t".join(str(each) for each in run_in_world(work)))


def show(administrator: Administrator = None) -> None:
    """列出岗位 · List the posts of the area, as an administrator."""
    code = ask_code() if administrator else ""

    async def work(world: World) -> list[Worker]:
        actor = await acting(world, administrator, code) if administrator else None
        async with world.database.transaction() as tx:
            return await staffing.everyone(world.people, tx, actor)

    for one in run_in_world(work):
        typer.echo(f"{one.staff}\t{one.role}\t{one.name}\t{one.place or '-'}")


def remove(post: UUID, administrator: Administrator = None) -> None:
    """撤销岗位 · Take a post away; its sessions end at once."""
    code = ask_code() if administrator else ""

    async def work(world: World) -> None:
        actor = await acting(world, administrator, code) if administrator else None
        async with world.database.transaction() as tx:
            await staffing.remove(world.people, tx, actor, post)
            await _write_down(world, tx, actor, "staff.remove", post, None)

    run_in_world(work)


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
