"""Reads the scene files: those that are shipped, and those that somebody put beside the data."""

from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path

from yimatong.doors.commands.files import text_of
from yimatong.kernel.errors import Misconfigured, Where
from yimatong.scenes import Scene, Scenes, load_scene


@cache
def shipped() -> Scenes:
    """The product's own scenes. The files are read once."""
    packs = resources.files("yimatong.scenes").joinpath("packs")
    files = sorted((one for one in packs.iterdir() if one.name.endswith(".toml")), key=str)

    def beside(name: str) -> str | None:
        file = packs.joinpath(name)
        return file.read_text("utf-8") if file.is_file() else None

    return Scenes.of(
        load_scene(one.read_text("utf-8"), f"scenes/{one.name}", beside) for one in files
    )


def scene_of(file: Path) -> Scene:
    """The scene of a file, with the list beside it. BadInput with every mistake; Misconfigured
    where a file cannot be read."""

    def beside(name: str) -> str | None:
        path = file.with_name(name)
        return text_of(path) if path.is_file() else None

    return load_scene(text_of(file), str(file), beside)


def scenes_in(folder: Path | None) -> Scenes:
    """The shipped scenes and every `*.toml` of a folder, if there is one (HI-20).

    BadInput with every mistake in a file; Misconfigured where one cannot be read, or where its id
    is another scene's.
    """
    found = dict(shipped().by_id)
    for scene, file in _added(folder):
        if scene.id in found:
            raise Misconfigured.of("doors.scene_repeated", Where(file=file), found=scene.id)
        found[scene.id] = scene
    return Scenes(found)


def _added(folder: Path | None) -> Iterator[tuple[Scene, str]]:
    for file in sorted(folder.glob("*.toml")) if folder and folder.is_dir() else ():
        yield scene_of(file), str(file)
