"""`python -m bench [NAME …]`: runs what is named, or all, and prints one table.

A name is a module's (`gate`) or the id of its lines (`B3`), with which its docstring begins.
"""

import sys
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from rich.console import Console
from rich.table import Table

import bench
from bench import Row


def measuring() -> dict[str, ModuleType]:
    """The modules here that measure something, by name."""
    names = [found.name for found in iter_modules(bench.__path__) if found.name != "__main__"]
    modules = {name: import_module(f"bench.{name}") for name in sorted(names)}
    return {name: module for name, module in modules.items() if hasattr(module, "run")}


def shown(rows: list[Row]) -> Table:
    """The table, in the order of the ids."""
    table = Table("id", "work")
    for heading in ("figure", "reference"):
        table.add_column(heading, justify="right")
    table.add_column("unit")
    table.add_column("ratio", justify="right")
    table.add_column("aim")
    for row in sorted(rows, key=lambda row: (len(row.id), row.id, row.work)):
        figures = (_figure(row.figure), _figure(row.reference), row.unit)
        table.add_row(row.id, row.work, *figures, f"{row.ratio:.2f}", row.aim)
    return table


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:,.3g}"


def main(names: list[str]) -> int:
    """Runs what is named; 2 where a name is not among those present."""
    present = measuring()
    ids = {str(module.__doc__).split(":")[0]: name for name, module in present.items()}
    names = [ids.get(name, name) for name in names]
    if unknown := sorted(set(names) - set(present)):
        print(
            f"bench: {', '.join(unknown)}? {', '.join([*present, *sorted(ids)])}", file=sys.stderr
        )
        return 2
    rows = [row for name in names or present for row in present[name].run()]
    Console(width=None if sys.stdout.isatty() else 140).print(shown(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
