"""`yimatong assess`: a policy over a file of facts, with no server at all."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
from rich.console import Console
from rich.progress import track

from yimatong.doors.commands.facts_file import lines
from yimatong.doors.commands.files import policy_of, replacing
from yimatong.kernel.clock import rfc3339
from yimatong.kernel.errors import BadInput, Misconfigured, Problem, Where
from yimatong.policy.decide import decide
from yimatong.policy.facts import Fact, read_fact
from yimatong.policy.intake import Intake
from yimatong.policy.model import Policy
from yimatong.policy.standing import Standing
from yimatong.policy.times import read_moment


class Engine(StrEnum):
    """How it is decided; more engines give the same answers faster."""

    SINGLE = "single"
    BATCH = "batch"
    SPARK = "spark"


def register(app: typer.Typer) -> None:
    app.command("assess")(assess)


def assess(
    policy: Annotated[str, typer.Option(help="版本名、地区名或文件 · edition, region or file")],
    facts: Annotated[str, typer.Option(help="JSON Lines 或 Parquet；- 为标准输入 · - is stdin")],
    at: Annotated[str, typer.Option(help="RFC 3339，或日期 · moment asked about")],
    engine: Annotated[Engine, typer.Option(help="计算方式 · engine")] = Engine.SINGLE,
    out: Annotated[
        Path | None, typer.Option(help="结果文件（.jsonl 或 .parquet）· default: stdout")
    ] = None,
    skip_bad: Annotated[
        Path | None, typer.Option(help="错行另存于此，其余照算 · put bad lines aside here")
    ] = None,
) -> None:
    """按政策推导每个人的状态 · Decide the standing of everybody in a file of facts."""
    if engine is not Engine.SINGLE:
        raise Misconfigured.of("doors.assess.engine", Where(key="--engine"), found=engine.value)
    moment = _moment(at)
    edition = policy_of(policy, moment)
    people = _strict(facts) if skip_bad is None else _lenient(facts, skip_bad)
    _write(out, _decided(edition, people, moment))


def _moment(text: str) -> datetime:
    try:
        return read_moment(text, Where(key="--at"))
    except BadInput as error:
        raise Misconfigured(*error.problems) from None


def _strict(name: str) -> Mapping[str, Sequence[Fact]]:
    """Everybody's facts; BadInput with the first bad line."""
    intake = Intake()
    for number, _, said in lines(name):
        intake.add(_fact(said, number), number)
    for _, problem in intake.strangers():
        raise BadInput(problem)
    return intake.by_person()


def _lenient(name: str, aside: Path) -> Mapping[str, Sequence[Fact]]:
    """Everybody's facts but for the bad lines, which go to `aside` as they stood with what is
    wrong; in = accepted + put aside, said on stderr."""
    intake, raws, bad = Intake(), dict[int, bytes](), dict[int, Problem]()
    for number, raw, said in lines(name):
        raws[number] = raw
        try:
            intake.add(_fact(said, number), number)
        except BadInput as error:
            bad[number] = error.problems[0]
    bad.update(intake.strangers())
    with replacing(aside) as opened:
        for number, problem in sorted(bad.items()):
            opened.write(_aside(number, problem, raws[number]))
    print(
        f"行 lines {len(raws)} = 采用 accepted {len(raws) - len(bad)} + 搁置 put aside {len(bad)}",
        file=sys.stderr,
    )
    return intake.by_person(frozenset(bad))


def _fact(said: Mapping[str, Any] | BadInput, number: int) -> Fact:
    if isinstance(said, BadInput):
        raise said
    return read_fact(said, number)


def _aside(number: int, problem: Problem, raw: bytes) -> bytes:
    said = {"line": number, "code": problem.code, "field": problem.where.field}
    return msgspec.json.encode(said | {"content": raw.decode("utf-8", "replace")}) + b"\n"


def _decided(
    policy: Policy, people: Mapping[str, Sequence[Fact]], at: datetime
) -> Iterator[dict[str, Any]]:
    console = Console(stderr=True)
    shown = track(people.items(), "assess", console=console, disable=not console.is_terminal)
    for person, facts in shown:
        yield line_of(person, at, decide(policy, facts, at))


def line_of(person: str, at: datetime, standing: Standing) -> dict[str, Any]:
    """One person's line, fields in the order of the contract."""
    return {
        "person": person,
        "at": rfc3339(at),
        "policy": standing.policy,
        "state": standing.state,
        "colour": standing.colour,
        "reasons": [
            {
                "rule": reason.rule,
                "fact": reason.fact,
                "since": rfc3339(reason.since),
                "until": reason.until and rfc3339(reason.until),
            }
            for reason in standing.reasons
        ],
        "valid_until": standing.valid_until and rfc3339(standing.valid_until),
        "next_change_at": standing.next_change_at and rfc3339(standing.next_change_at),
    }


def _write(out: Path | None, found: Iterator[dict[str, Any]]) -> None:
    if out is None:
        for line in found:
            sys.stdout.buffer.write(msgspec.json.encode(line) + b"\n")
        sys.stdout.buffer.flush()
    elif out.suffix == ".parquet":
        _write_parquet(out, found)
    else:
        with replacing(out) as opened:
            opened.writelines(msgspec.json.encode(line) + b"\n" for line in found)


def _write_parquet(out: Path, found: Iterator[dict[str, Any]]) -> None:
    import pyarrow as pa  # noqa: PLC0415  half a second that JSON Lines do not pay
    from pyarrow import parquet  # noqa: PLC0415

    text = pa.string()
    reason = pa.struct([(name, text) for name in ("rule", "fact", "since", "until")])
    schema = pa.schema(
        [(name, text) for name in ("person", "at", "policy", "state", "colour")]
        + [("reasons", pa.list_(reason)), ("valid_until", text), ("next_change_at", text)]
    )
    with replacing(out) as opened:
        parquet.write_table(pa.Table.from_pylist(list(found), schema), opened)
