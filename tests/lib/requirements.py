"""The ids of what the notices ask and this product adds, and the tests that name them."""

import ast
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).parent.parent
_LAST = {"HN": 14, "HI": 20, "YN": 10, "SD": 10, "HB": 8, "YM": 10}
ALL = frozenset(
    f"{prefix}-{number:02}" for prefix, last in _LAST.items() for number in range(1, last + 1)
)


def named() -> Iterator[tuple[str, str]]:
    """Each id that a test is marked with, and where."""
    for file in sorted(TESTS.rglob("test_*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.requirement":
                yield from ((ast.literal_eval(each), file.name) for each in node.args)
