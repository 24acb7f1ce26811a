"""The reference says what the code says: nothing is missing in it, and nothing is made up."""

import re
from typing import get_args

import click
import pytest
import typer
from bench import phone
from tests.lib.docs import ROOT, both, column, names, sections, tables, text_of

from yimatong.access import otp, sessions
from yimatong.access.permissions import PERMISSIONS, Permission, Role
from yimatong.codes import cwt, cwt_paper, paper, short
from yimatong.codes.mint import LIFE
from yimatong.codes.verify import GRACE, LONGEST_MESSAGE, LONGEST_TEXT, Refusal
from yimatong.declarations import checks, returning, taking_back
from yimatong.declarations.service import A_DAY
from yimatong.doors.cli import application
from yimatong.doors.config import Config
from yimatong.doors.mine.model import Export
from yimatong.doors.mine.records import RECORDS
from yimatong.doors.rooms import catalogue
from yimatong.doors.scenes import shipped
from yimatong.doors.web import application as web
from yimatong.gates import day, group, handover, service, track, vehicle
from yimatong.gates.model import Concern
from yimatong.invitations.model import AGAIN_AFTER, LISTS_A_DAY, MOST
from yimatong.kernel import errors
from yimatong.keys.service import ISSUING_PERIOD
from yimatong.messages.account import names as texts
from yimatong.notices.model import AHEAD, KEPT, SEEN_AGAIN, SMS_A_DAY, UNDECLARED
from yimatong.people import drafts
from yimatong.people.documents import DocumentKind
from yimatong.places.model import KIND_OF_TYPE
from yimatong.policy.facts import FIELDS, KINDS, SOURCES
from yimatong.policy.model import Answer, Colour, Place, State
from yimatong.policy.standing import Reason as Because
from yimatong.policy.standing import Standing
from yimatong.presence.document import QUOTA
from yimatong.presence.model import InHand, Why

FIGURES = [
    ("reference/codes", LIFE.seconds),
    ("reference/codes", GRACE.seconds),
    ("reference/codes", LONGEST_TEXT),
    ("reference/codes", LONGEST_MESSAGE),
    ("reference/codes", short.MADE),
    ("reference/codes", short.TRIES),
    ("reference/codes", paper.LIFE.days),
    ("reference/codes", paper.LENGTH),
    ("reference/gates", group.LARGEST),
    ("reference/gates", group.WAITING),
    ("reference/gates", service.LONGEST_NOTE),
    ("reference/gates", QUOTA.an_hour),
    ("reference/gates", QUOTA.a_day),
    ("reference/gates", day.PAGE),
    ("reference/gates", day.LOOK_BACK.days),
    ("reference/gates", vehicle.MOST),
    ("reference/gates", track.FAR_APART.seconds // 60),
    ("reference/gates", handover.LONGEST_NOTE),
    ("reference/gates", handover.LISTED),
    ("reference/gates", handover.KEPT.days),
    ("reference/permissions", sessions.STAFF_LIFE.seconds // 3600),
    ("reference/permissions", sessions.RESIDENT_LIFE.days),
    ("reference/api", otp.SENDS_PER_ADDRESS[1]),
    ("reference/api", otp.FAILURES_IN_ROW),
    ("how-to/invite-by-sms", MOST),
    ("how-to/invite-by-sms", LISTS_A_DAY),
    ("how-to/invite-by-sms", AGAIN_AFTER.days),
    ("explanation/when-you-are-told", SMS_A_DAY),
    ("explanation/when-you-are-told", AHEAD.seconds // 3600),
    ("explanation/when-you-are-told", UNDECLARED.days),
    ("explanation/when-you-are-told", KEPT.days),
    ("explanation/when-you-are-told", SEEN_AGAIN.days),
    ("reference/declaration", A_DAY["declaration"]),
    ("reference/declaration", A_DAY["checkin"]),
    ("reference/declaration", taking_back.A_DAY),
    ("reference/declaration", checks.AHEAD),
    ("reference/declaration", returning.LONGEST_ISOLATION),
    ("reference/declaration", drafts.KEPT.days),
    ("reference/declaration", drafts.LED_BACK.seconds // 60),
    ("how-to/manage-keys", ISSUING_PERIOD.days),
    ("explanation/how-fast", int(phone.KILOBYTES)),
    ("explanation/how-fast", phone.SLOW_4G["latency"]),
    ("explanation/how-fast", phone.SLOWER),
]


def commands(command: click.Command, path: tuple[str, ...] = ("yimatong",)):
    """Each command that does something, by its words."""
    below = getattr(command, "commands", None)
    if below is None:
        yield " ".join(path), command
        return
    for name, one in below.items():
        yield from commands(one, (*path, name))


COMMANDS = dict(commands(typer.main.get_command(application())))


@both
@pytest.mark.parametrize(("page", "figure"), FIGURES)
def test_a_figure_that_a_page_tells_is_the_codes(language, page, figure):
    assert re.search(rf"(?<!\d){figure}(?!\d)", text_of(page, language))


@both
def test_every_setting_is_listed_with_its_default(language):
    [rows] = tables(text_of("reference/settings", language))
    fields = Config.model_fields
    assert column(rows) == [f"YIMATONG_{name.upper()}" for name in fields]
    for row, field in zip(rows, fields.values(), strict=True):
        default = str(field.default).lower()
        assert field.default is None or [one.lower() for one in names(row[2])] == [default]


@both
def test_every_command_has_its_section(language):
    found = [title.strip("`") for title in sections(text_of("reference/command-line", language), 3)]
    assert sorted(found[1:]) == sorted(COMMANDS)


@both
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_told_with_every_option_and_an_example(language, command):
    told = sections(text_of("reference/command-line", language), 3)[f"`{command}`"]
    options = {name for one in COMMANDS[command].params for name in one.opts if "--" in name}
    assert {name for name in names(told) if name.startswith("--")} == options
    assert f"\n{command}" in told or f"$ {command}" in told


@both
def test_every_exit_code_is_told(language):
    told = column(tables(text_of("reference/command-line", language))[0])
    known = {one.exit_code for one in vars(errors).values() if hasattr(one, "exit_code")}
    assert {str(code) for code in known | {0, 130}} == set(told)


@both
def test_every_role_and_permission_is_listed(language):
    roles, permissions = tables(text_of("reference/permissions", language))
    assert {row[0].strip("`"): set(names(row[2])) for row in roles} == {
        role.value: {one.value for one in PERMISSIONS[role]} for role in Role
    }
    assert sorted(column(permissions)) == sorted(Permission)


@both
def test_every_field_source_and_kind_of_a_fact_is_listed_as_it_is(language):
    fields, sources, kinds = tables(text_of("reference/facts", language))
    assert column(fields) == list(FIELDS)
    assert [row[1] for row in sources] == [
        catalogue().say(f"policy.source.{source}", language) for source in SOURCES
    ]
    assert column(sources) == list(SOURCES)
    assert column(kinds) == list(KINDS)


@both
def test_every_kind_is_told_with_who_says_it_and_what_it_carries(language):
    kinds = tables(text_of("reference/facts", language))[2]
    for (name, meaning, said_by, carries), kind in zip(kinds, KINDS.values(), strict=True):
        assert meaning == catalogue().say(f"policy.kind.{kind.name}", language)
        assert tuple(names(said_by)) == (kind.said_by if kind.name != "withdrawn" else ())
        flags = {"ended_at": kind.lasting, "value": kind.has_value, "region": kind.has_region}
        assert set(names(carries)) == {field for field, carried in flags.items() if carried}, name


@both
def test_every_field_of_a_standing_and_every_state_is_listed(language):
    fields, reasons, states = tables(text_of("reference/standings", language))
    assert set(column(fields)) == {"person", "at", *Standing.__struct_fields__}
    assert column(reasons) == list(Because.__struct_fields__)
    assert column(states) == list(get_args(State))
    for name, word, _ in states[1:]:
        assert word == catalogue().say(f"codes.look.{name.strip('`')}", language)


@both
def test_every_claim_of_a_code_has_its_number_and_every_result_is_listed(language):
    claims, on_paper, results = tables(text_of("reference/codes", language))
    numbers = (
        *(cwt.ISS, cwt.EXP, cwt.IAT, cwt.CTI),
        *(cwt.STATE, cwt.COLOUR, cwt.POLICY, cwt.NAME, cwt.DOCUMENT_TAIL),
    )
    assert column(claims) == [str(number) for number in numbers]
    numbers = (*numbers[:4], *numbers[-2:], cwt_paper.PASS_UNTIL)
    assert column(on_paper) == [str(number) for number in numbers]
    assert column(results) == [refusal.value for refusal in Refusal]


@both
def test_everything_that_a_gate_answers_takes_and_is_listed(language):
    by_document, answers, entered, types = tables(text_of("reference/gates", language))
    assert set(column(answers)) == set(get_args(Answer))
    told = {name for row in entered for cell in row for name in names(cell)}
    typed = {name for row in by_document for cell in row for name in names(cell)}
    assert typed == {*InHand.__struct_fields__, *DocumentKind, *get_args(Why)}
    asked = shipped().named("gate").forms["record"].fields
    choices = {option.id for field in asked for option in field.options}
    assert {*choices, *(field.id for field in asked), *get_args(Concern)} <= told
    assert {row[0].strip("`"): row[2].strip("`") for row in types} == {
        type.value: kind.value for type, kind in KIND_OF_TYPE.items()
    }


def test_the_glossary_has_the_words_of_the_pages():
    rows = [row for table in tables((ROOT / "GLOSSARY.md").read_text("utf-8")) for row in table]
    words = {name: row[:2] for row in rows for name in names(row[2])}
    keys = (
        *(f"policy.kind.{kind}" for kind in KINDS),
        *(f"policy.source.{source}" for source in SOURCES),
        *(f"codes.look.{look}" for look in (*get_args(Colour), *get_args(State)[1:])),
        *(f"places.type.{type}" for type in KIND_OF_TYPE),
        *(f"policies.place.{place}" for place in get_args(Place)),
    )
    said = {tuple(row[:2]) for row in rows}
    for key in keys:
        assert (catalogue().say(key, "zh"), catalogue().say(key, "en")) in said, key
    assert {*Role} <= words.keys()


@both
async def test_every_route_of_the_api_is_listed_with_its_permission(world, language):
    listed = {row[0].strip("`"): row[2].strip("`") for row in tables(_api(language))[0]}
    found = {}
    for route in web(world).routes:
        for handler in getattr(route, "route_handlers", ()):
            for method in handler.http_methods - {"OPTIONS", "HEAD"}:
                path = route.path.replace(":uuid", "").replace(":str", "")
                found[f"{method} {path}"] = str(handler.opt.get("permission"))
    public = {"zh": "公开", "en": "public"}[language]
    assert listed == {
        route: public if permission == "public" else permission
        for route, permission in found.items()
        if "/api/v1/" in route
    }


@both
def test_every_status_that_an_error_can_have_is_told(language):
    told = set(column(tables(_api(language))[1]))
    known = {one.status for one in vars(errors).values() if hasattr(one, "status")}
    assert told == {str(status) for status in known}


def _api(language: str) -> str:
    return text_of("reference/api", language)


@both
def test_every_text_that_needs_a_template_is_listed(language):
    assert column(tables(text_of("how-to/send-sms", language))[0]) == texts()


@both
def test_every_field_of_the_copy_and_every_kind_of_record_is_listed(language):
    fields, records = tables(text_of("reference/your-data", language))
    assert column(fields) == list(Export.__struct_fields__)
    assert [(row[0], names(row[1]), names(row[3])) for row in records] == [
        (f"`{one.name}`", list(one.tables), [one.then]) for one in RECORDS
    ]
