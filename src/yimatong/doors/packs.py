"""Reads the policy packs that are shipped with the product."""

from collections.abc import Iterator
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from yimatong.policy.library import Library
from yimatong.policy.load import load_policy

_CASES = ".cases.toml"


@cache
def library() -> Library:
    """Every shipped edition. The files are read once."""
    return Library(
        load_policy(file.read_text("utf-8"), f"{province}/{file.name}")
        for province, file in _files(".toml")
        if not file.name.endswith(_CASES)
    )


def cases() -> dict[str, str]:
    """The text of each shipped file of cases by the name of its edition."""
    return {
        f"{province}@{file.name.removesuffix(_CASES)}": file.read_text("utf-8")
        for province, file in _files(_CASES)
    }


def _files(ending: str) -> Iterator[tuple[str, Traversable]]:
    packs = resources.files("yimatong.policy").joinpath("packs")
    for province in sorted(packs.iterdir(), key=lambda folder: folder.name):
        for file in sorted(province.iterdir(), key=lambda file: file.name):
            if file.name.endswith(ending):
                yield province.name, file
