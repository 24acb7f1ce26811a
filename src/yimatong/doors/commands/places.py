"""`yimatong places`: which places are open."""

from typing import Annotated
from uuid import UUID

import typer

from yimatong.doors.commands.acting import Phone, acting, ask_code
from yimatong.doors.commands.world import run_in_world
from yimatong.doors.world import World
from yimatong.places import Place, PlaceState, service


def register(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="场所 · Places.")
    group.command("list")(show)
    group.command("approve")(approve)
    group.command("close")(close)
    app.add_typer(group, name="places")


def show(
    state: Annotated[PlaceState, typer.Option(help="状态 · state")] = PlaceState.PENDING,
) -> None:
    """列出场所 · List the first hundred places in a state, the longest waiting first."""

    async def read(world: World) -> list[Place]:
        async with world.database.transaction() as tx:
            return await service.waiting(tx, state)

    for place in run_in_world(read):
        _print(place)


def approve(place: UUID, phone: Phone) -> None:
    """开通 · Open a pending place, as an administrator."""
    _move(place, phone, opens=True)


def close(place: UUID, phone: Phone) -> None:
    """关闭 · Close an open place for good, as an administrator."""
    _move(place, phone, opens=False)


def _move(place: UUID, phone: str, *, opens: bool) -> None:
    code = ask_code()
    verb = service.approve if opens else service.close

    async def move(world: World) -> Place:
        actor = await acting(world, phone, code)
        async with world.database.transaction() as tx:
            return await verb(tx, world.clock, actor, place)

    _print(run_in_world(move))


def _print(place: Place) -> None:
    typer.echo(f"{place.id}\t{place.state}\t{place.type}\t{place.division}\t{place.name}")
