"""`yimatong policy`: the published policies, to read, check and try."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from yimatong.doors.commands.files import is_file, policy_of, text_of
from yimatong.doors.packs import cases as shipped_cases
from yimatong.doors.packs import library
from yimatong.doors.policies.markdown import markdown
from yimatong.doors.rooms import catalogue
from yimatong.kernel.clock import SystemClock, rfc3339
from yimatong.kernel.errors import Misconfigured, Where
from yimatong.kernel.words import LANGUAGES
from yimatong.policy.cases import load_cases, misses
from yimatong.policy.load import load_policy
from yimatong.policy.model import Policy

Named = Annotated[str, typer.Argument(metavar="NAME|FILE")]


def register(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="政策 · Policies.")
    group.command("list")(show_all)
    group.command("show")(show)
    group.command("check")(check)
    group.command("test")(try_out)
    app.add_typer(group, name="policy")


def show_all() -> None:
    """列出全部版本 · List every edition that is at hand."""
    for policy in library().policies():
        until = rfc3339(policy.in_force_until) if policy.in_force_until else "…"
        typer.echo(
            f"{policy.name}\t{rfc3339(policy.in_force_from)} – {until}"
            f"\t{policy.title.zh} · {policy.title.en}"
        )


def show(name: Named) -> None:
    """用人话说明一个版本 · Say an edition in words for people, in both languages."""
    policy = policy_of(name, SystemClock().now())
    for language in LANGUAGES:
        typer.echo(markdown(policy, catalogue(), language))


def check(file: Annotated[Path, typer.Argument(metavar="FILE")]) -> None:
    """检查政策文件 · Check a policy file; every mistake with file and line."""
    policy = load_policy(text_of(file), str(file))
    typer.echo(f"{policy.name}: 没有错误 · no mistakes")


def try_out(name: Annotated[str | None, typer.Argument(metavar="[NAME|FILE]")] = None) -> None:
    """跑政策旁边的用例 · Run the cases that stand beside a policy."""
    failed = 0
    for policy, text, file in _with_cases(name):
        cases = load_cases(text, file)
        missed = [miss for case in cases for miss in misses(policy, case)]
        for miss in missed:
            typer.echo(
                f"{policy.name}: {miss.case.says.zh} · {miss.case.says.en}\n"
                f"  {miss.what}: 应为 expected {miss.expected}，得到 found {miss.found}"
            )
        wrong = len({id(miss.case) for miss in missed})
        failed += wrong
        typer.echo(f"{policy.name}: {len(cases) - wrong}/{len(cases)}")
    if failed:
        raise typer.Exit(1)


def _with_cases(name: str | None) -> Iterator[tuple[Policy, str, str]]:
    if name is not None and is_file(name):
        beside = Path(name.removesuffix(".toml") + ".cases.toml")
        yield policy_of(name, SystemClock().now()), text_of(beside), str(beside)
        return
    texts, now = shipped_cases(), SystemClock().now()
    editions = library().policies() if name is None else [library().named(name, now)]
    for policy in editions:
        if policy.name not in texts:
            raise Misconfigured.of("doors.policy.no_cases", Where(), name=policy.name)
        yield policy, texts[policy.name], f"{policy.name.replace('@', '/')}.cases.toml"
