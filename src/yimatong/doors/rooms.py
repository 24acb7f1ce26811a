"""The rooms by their files: who has `words.toml`, `pages.py`, `api.py`, `templates/` is found here.

A new room is in the product as soon as its folder stands; import-linter says where it may stand.
"""

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import yimatong
from yimatong.kernel.words import Catalogue

HOUSE = Path(yimatong.__file__).parent


def _having(file: str) -> Iterator[Path]:
    """The folders of all rooms, and of parts of rooms, that hold such a file or folder."""
    found = {path.parent for depth in ("*", "*/*") for path in HOUSE.glob(f"{depth}/{file}")}
    return iter(sorted(folder for folder in found if (folder / "__init__.py").exists()))


def _package(folder: Path) -> str:
    return ".".join((HOUSE.name, *folder.relative_to(HOUSE).parts))


@cache
def catalogue() -> Catalogue:
    """The sentences of all rooms."""
    return Catalogue.of_packages(_package(room) for room in _having("words.toml"))


def routes() -> list[Any]:
    """What each room's `pages.py` and `api.py` offer in their ROUTES; the demo's are not among
    them."""
    modules = [
        import_module(f"{_package(room)}.{file}")
        for file in ("pages", "api")
        for room in _having(f"{file}.py")
        if room.parent == HOUSE
    ]
    return [route for module in modules for route in getattr(module, "ROUTES", ())]


def template_folders() -> list[Path]:
    """The doors' own templates and each room's."""
    return [room / "templates" for room in _having("templates")]
