"""Every room that has words, templates, pages or API routes."""

from importlib import import_module, resources
from pathlib import Path
from typing import Any

from yimatong.kernel.words import Catalogue

WORDS = (
    "access",
    "audit",
    "codes",
    "declarations",
    "doors",
    "doors.demo",
    "gates",
    "keys",
    "ledger",
    "messages",
    "people",
    "permits",
    "places",
    "policy",
    "registry",
    "storage",
    "web",
)
PAGES = ("people", "codes", "declarations", "gates", "permits")
API = ("people", "codes", "declarations", "gates", "permits")


def catalogue() -> Catalogue:
    """The sentences of all rooms."""
    return Catalogue.of_packages(f"yimatong.{room}" for room in WORDS)


def routes() -> list[Any]:
    """What each room's `pages.py` and `api.py` offer in their ROUTES."""
    modules = [f"yimatong.{room}.pages" for room in PAGES]
    modules += [f"yimatong.{room}.api" for room in API]
    return [route for module in modules for route in import_module(module).ROUTES]


def template_folders() -> list[Path]:
    """The doors' own templates and each room's."""
    rooms = ("doors", *PAGES)
    return [Path(str(resources.files(f"yimatong.{room}"))) / "templates" for room in rooms]
