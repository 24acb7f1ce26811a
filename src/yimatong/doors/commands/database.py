"""`yimatong db`: the database's tables."""

import typer

from yimatong.doors.commands.world import configured
from yimatong.doors.world import database_url
from yimatong.storage import upgrade


def register(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="数据库 · The database.")
    group.command("upgrade")(bring_up)
    group.callback()(_group)
    app.add_typer(group, name="db")


def _group() -> None:
    """数据库 · The database."""


def bring_up() -> None:
    """建立或更新数据表，可重复运行 · Bring the tables up to date; may be run again."""
    with database_url(configured()) as url:
        upgrade(url)
    typer.echo("数据表已是最新 · the tables are up to date")
