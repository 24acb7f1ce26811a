"""The terminal: `yimatong …`. Whatever goes wrong ends in one clear message and an exit code.

0: done · 1: what was handed in is wrong · 2: it was called or set up wrongly · 3: a part
underneath does not answer · 130: ended by Ctrl-C.
"""

import os
import sys
from collections.abc import Mapping
from importlib import import_module

import typer

from yimatong import __version__
from yimatong.doors.rooms import catalogue
from yimatong.kernel.errors import Problem, YimatongError
from yimatong.kernel.words import Language

COMMANDS = (
    "policy",
    "assess",
    "serve",
    "database",
    "demo",
    "staff",
    "places",
    "registry",
    "permits",
    "standings",
    "keys",
    "scenes",
)


def application() -> typer.Typer:
    """Every command; help in both languages."""
    app = typer.Typer(
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        help="一码通 · Yimatong: health codes derived from facts under a published policy.",
    )

    @app.callback(invoke_without_command=True)
    def about(version: bool = typer.Option(False, "--version", help="版本 · version")) -> None:
        if version:
            typer.echo(f"yimatong {__version__}")
            raise typer.Exit

    for command in COMMANDS:
        import_module(f"yimatong.doors.commands.{command}").register(app)
    return app


def main() -> None:
    """The entry point."""
    try:
        application()()
    except YimatongError as error:
        for problem in error.problems:
            print(told(problem, language_of(os.environ)), file=sys.stderr)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


def language_of(environment: Mapping[str, str]) -> Language:
    """What the terminal speaks (POSIX: LC_ALL before LC_MESSAGES before LANG)."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):
            return "zh" if environment[name].lower().startswith("zh") else "en"
    return "en"


def told(problem: Problem, language: Language) -> str:
    """`file:line: field: what is wrong`; what is not known of the place is left out."""
    where = problem.where
    place = [":".join(str(part) for part in (where.file, where.line) if part is not None)]
    if where.file is None and where.line is not None:
        place = [f"{'第 {} 行' if language == 'zh' else 'line {}'}".format(where.line)]
    place += [part for part in (where.key, where.field) if part]
    return ": ".join([part for part in place if part] + [catalogue().explain(problem, language)])
