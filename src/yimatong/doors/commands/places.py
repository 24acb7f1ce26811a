"""`yimatong places`: which places are open."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from yimatong import places
from yimatong.access.actor import Actor
from yimatong.doors.commands.acting import Phone, acting, ask, ask_code
from yimatong.doors.commands.files import replacing
from yimatong.doors.commands.world import run_in_world
from yimatong.doors.world import World
from yimatong.kernel.errors import Misconfigured, Where
from yimatong.places import Place, PlaceState, service
from yimatong.places.posters import PATH
from yimatong.posts import deciding
from yimatong.posts.model import PostTools
from yimatong.storage import Tx
from yimatong.venues.poster import drawn

Verb = Callable[[Tx, PostTools, Actor], Awaitable[Place]]


def register(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="场所 · Places.")
    group.command("list")(show)
    group.command("approve")(approve)
    group.command("refuse")(refuse)
    group.command("close")(close)
    group.command("poster")(poster)
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
    """开通 · Open a pending place, as an administrator of its area; who asked is told by SMS."""
    _decide(phone, lambda tx, tools, actor: deciding.approve(tx, tools, actor, place))


def refuse(place: UUID, phone: Phone) -> None:
    """不批准 · Refuse a pending place; the reason is asked for, and told to who asked."""
    reason = ask("原因 · reason")
    _decide(phone, lambda tx, tools, actor: deciding.refuse(tx, tools, actor, place, reason))


def close(place: UUID, phone: Phone) -> None:
    """关闭 · Close an open place for good; every post there ends."""
    _decide(phone, lambda tx, tools, actor: deciding.close(tx, tools, actor, place))


def poster(
    place: UUID,
    out: Annotated[Path, typer.Option(help="写到这个文件 · the PDF file to write")],
) -> None:
    """海报 · Draw an open place's poster, A4, to print; prints its address."""

    async def draw(world: World) -> tuple[str, bytes]:
        if world.config.public_url is None:
            raise Misconfigured.of("doors.public_url", Where(key="YIMATONG_PUBLIC_URL"))
        async with world.database.transaction() as tx:
            id = await places.poster_of(tx, world.clock, world.randomness, place)
            found = await places.of(tx, place)
        address = f"{world.config.public_url}{PATH}{id}"
        return address, drawn(found, id, address, world.catalogue)

    address, sheet = run_in_world(draw)
    with replacing(out) as file:
        file.write(sheet)
    typer.echo(address)


def _decide(phone: str, verb: Verb) -> None:
    code = ask_code()

    async def decide(world: World) -> Place:
        actor = await acting(world, phone, code)
        tools = PostTools(world.people, world.scenes, world.config.address)
        async with world.database.transaction() as tx:
            return await verb(tx, tools, actor)

    _print(run_in_world(decide))


def _print(place: Place) -> None:
    typer.echo(f"{place.id}\t{place.state}\t{place.type}\t{place.division}\t{place.name}")
