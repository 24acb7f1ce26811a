"""Bringing a database's schema up to date."""

from importlib import resources

import asyncpg
from alembic import command
from alembic.config import Config
from sqlalchemy.exc import DBAPIError

from yimatong.storage.database import lost, unavailable


def upgrade(url: str) -> None:
    """Runs every migration that the database has not seen yet; each is one transaction.

    Unavailable where the server cannot be reached.
    """
    config = Config()
    folder = resources.files("yimatong.storage").joinpath("migrations")
    config.set_main_option("script_location", str(folder))
    config.attributes["url"] = url
    try:
        command.upgrade(config, "head")
    except (OSError, DBAPIError, asyncpg.PostgresError) as error:
        if lost(error) or lost(getattr(error, "orig", error)):
            raise unavailable() from error
        raise
