"""No line of the code outside the room writes down a fact in the registry's name."""

import ast
from pathlib import Path

import pytest

import yimatong

SOURCE = Path(yimatong.__file__).parent


def names_the_registry(tree):
    """Whether a call is handed `source="registry"`."""
    return any(
        isinstance(node, ast.keyword)
        and node.arg == "source"
        and isinstance(node.value, ast.Constant)
        and node.value.value == "registry"
        for node in ast.walk(tree)
    )


@pytest.mark.requirement("YM-01")
def test_only_the_registry_speaks_for_the_registry():
    files = {
        path
        for path in SOURCE.rglob("*.py")
        if names_the_registry(ast.parse(path.read_text("utf-8")))
    }
    assert {path.relative_to(SOURCE).as_posix() for path in files} == {
        "registry/rows.py",
        "registry/service.py",
    }
