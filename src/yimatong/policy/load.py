"""A policy file's text -> Policy, or every mistake in it at once."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import get_args

import msgspec

from yimatong.kernel.words import Words
from yimatong.policy.grammar import read_kinds
from yimatong.policy.load_places import load_admission, load_fever, load_recognition
from yimatong.policy.load_rules import load_lapse, load_review, load_rule
from yimatong.policy.model import (
    CheckIn,
    Colour,
    Issuing,
    Notice,
    Policy,
    State,
)
from yimatong.policy.tables import Sheet, Table

_REGION = re.compile(r"[a-z][a-z_]*", re.ASCII)
_DIVISION = re.compile(r"\d{6}", re.ASCII)


def load_policy(text: str, file: str) -> Policy:
    """The policy that a TOML text says; `file` is only named in the errors.

    BadInput carries one problem for each mistake: file, line, key, what was found and what is
    allowed.
    """
    sheet = Sheet(text, file)
    policy = _policy(sheet.root)
    sheet.check()
    return policy


def _policy(root: Table) -> Policy:
    begins, ends = _in_force(root)
    rules = tuple(load_rule(table) for table in root.tables("rule"))
    review = load_review(root.table("review")) if root.has("review") else None
    lapses = tuple(load_lapse(table) for table in root.tables("lapse"))
    _refuse_repeated_ids(root)
    policy = Policy(
        region=_matching(root, "region", _REGION),
        division=_matching(root, "division", _DIVISION),
        edition=root.day("edition"),
        in_force_from=begins,
        in_force_until=ends,
        title=root.words("title"),
        notice=_notice(root.table("notice")),
        issuing=root.choice("issued", get_args(Issuing)),
        needs=root.phrases("needs", read_kinds, "policy.file.not_a_pattern"),
        rules=rules,
        review=review,
        lapses=lapses,
        checkin=_checkin(root.table("checkin")),
        fever=load_fever(root),
        admission=load_admission(root.table("admission")),
        recognition=load_recognition(root.table("recognition")),
        promise=root.words("promise"),
        states={},
    )
    policy = msgspec.structs.replace(policy, states=_states(policy, root.table("states")))
    root.close()
    return policy


def _matching(root: Table, key: str, allowed: re.Pattern[str]) -> str:
    found = root.text(key)
    if found and not allowed.fullmatch(found):
        root.complain(f"policy.file.not_a_{key}", key, found=found)
    return found


def _in_force(root: Table) -> tuple[datetime, datetime | None]:
    begins = root.moment("in_force_from")
    if not root.has("in_force_until"):
        return begins, None
    ends = root.moment("in_force_until")
    if ends <= begins:
        root.complain("policy.file.ends_before_it_begins", "in_force_until", found=ends)
    return begins, ends


def _notice(table: Table) -> Notice:
    notice = Notice(
        title=table.text("title"),
        number=table.text("number"),
        issuer=table.text("issuer"),
        date=table.day("date"),
    )
    table.close()
    return notice


def _checkin(table: Table) -> CheckIn:
    checkin = CheckIn(
        required_of=table.choices("required_of", get_args(Colour)),
        duty=table.words("duty"),
        sentence=table.text("sentence"),
    )
    table.close()
    return checkin


def _refuse_repeated_ids(root: Table) -> None:
    """Every id names one rule, word of a review or lapse."""
    words = root.table("review").tables("word") if root.has("review") else ()
    seen: set[str] = set()
    for table in (*root.tables("rule"), *words, *root.tables("lapse")):
        name = table.text("id") if table.has("id") else ""
        if name and name in seen:
            table.complain("policy.file.repeated_id", "id", found=name)
        seen.add(name)


def _states(policy: Policy, table: Table) -> Mapping[State, Words]:
    """What to do in each state that this policy can lead to; no more, no less."""
    states = {state: table.words(state) for state in policy.states_reached()}
    table.close()
    return states
