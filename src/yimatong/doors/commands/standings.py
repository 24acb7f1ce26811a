"""`yimatong standings`: whether every kept answer is still what the facts say."""

import typer
from rich.console import Console
from rich.progress import Progress

from yimatong.codes.model import Differences
from yimatong.doors.commands.world import run_in_world
from yimatong.doors.world import World


def register(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="码的状态 · Standings.")
    group.callback()(_group)
    group.command("rederive")(rederive)
    app.add_typer(group, name="standings")


def _group() -> None:
    """码的状态 · Standings."""


def rederive() -> None:
    """重新推导 · Derive every kept standing again; exit 1 where one differs. Changes nothing."""
    found = run_in_world(_rederived)
    for one in found.found:
        typer.echo(f"{one.person}\t{one.region}")
    checked, waiting, differing = found.checked, found.waiting, len(found.found)
    typer.echo(
        f"{checked} 已核对 checked, {waiting} 待重算 waiting, {differing} 不同 differing", err=True
    )
    if found.found:
        raise typer.Exit(1)


async def _rederived(world: World) -> Differences:
    with Progress(console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("rederive")

        def told(done: int, total: int) -> None:
            shown.update(task, completed=done, total=total)

        return await world.standings.rederive(world.database, told)
