"""Bringing a database's schema up to date."""

from importlib import resources

from alembic import command
from alembic.config import Config


def upgrade(url: str) -> None:
    """Runs every migration that the database has not seen yet; each is one transaction."""
    config = Config()
    folder = resources.files("yimatong.storage").joinpath("migrations")
    config.set_main_option("script_location", str(folder))
    config.attributes["url"] = url
    command.upgrade(config, "head")
