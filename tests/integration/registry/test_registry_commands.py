"""Maker and checker at a terminal; each command acts as the post whose code is typed."""

import asyncio
import json
import re
from datetime import timedelta
from uuid import UUID

import pytest
import typer
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from tests.integration.registry.conftest import NUMBER
from tests.lib.persons import a_card
from typer.testing import CliRunner

from yimatong.access import totp
from yimatong.access.permissions import Role
from yimatong.doors.commands import permits, places, registry
from yimatong.doors.config import Config
from yimatong.doors.world import open_world
from yimatong.kernel.clock import SystemClock
from yimatong.kernel.errors import Conflict, NotAllowed, NotFound
from yimatong.keys import to_file
from yimatong.ledger import NewFact, history, record
from yimatong.people import workers
from yimatong.places import NewPlace, PlaceType
from yimatong.places import service as places_service

MAKER, CHECKER, ISSUER, CHIEF = (f"1390000009{n}" for n in (1, 2, 3, 4))
ROLES = {
    MAKER: Role.REGISTRAR,
    CHECKER: Role.REGISTRY_CHECKER,
    ISSUER: Role.ISSUER,
    CHIEF: Role.ADMINISTRATOR,
}
ORIGIN = ("--authority", "演示疾控中心", "--report", "2026-1")
STEP = timedelta(seconds=totp.STEP)
KEY = ec.derive_private_key(20200216, ec.SECP256R1())


@pytest.fixture
def inside(keys, tmp_path, database_url, monkeypatch):
    """Carries work out in the world that the commands will open."""
    monkeypatch.setenv("YIMATONG_DATABASE_URL", database_url)
    monkeypatch.setenv("YIMATONG_KEYS_FILE", str(tmp_path / "keys.toml"))
    to_file(keys, tmp_path / "keys.toml")

    async def run(work):
        config = Config()
        async with open_world(config, database_url) as world, world.database.transaction() as tx:
            return await work(world, tx)

    return lambda work: asyncio.run(run(work))


@pytest.fixture
def secrets(inside):
    """What each post's authenticator holds."""

    async def add(world, tx):
        return {
            phone: (await workers.add(world.people, tx, "测试员", phone, role, None))[1]
            for phone, role in ROLES.items()
        }

    return inside(add)


@pytest.fixture
def person(inside):
    async def register(world, tx):
        account = await world.people.account_for(tx, "+8613900001234")
        return await world.people.register_card(tx, account, a_card(region="shandong"))

    return inside(register)


@pytest.fixture
def run(secrets):
    """Types a command, then what it asks for; each post has two codes at hand."""
    app, ahead = typer.Typer(), dict.fromkeys(ROLES, 0)
    for module in (registry, places, permits):
        module.register(app)

    def run(*words, phone=None, typed=(), code=None):
        if phone:
            words = (*words, "--as", phone)
            shown = totp.code_at(secrets[phone], SystemClock().now() + ahead[phone] * STEP)
            typed, ahead[phone] = (*typed, code or shown), ahead[phone] + 1
        done = CliRunner().invoke(app, [str(each) for each in words], "\n".join(typed) + "\n")
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done

    return run


@pytest.fixture
def facts(inside):
    return lambda person: inside(lambda world, tx: history(tx, person)).facts


def this_month():
    return str(SystemClock().now().date().replace(day=1))


@pytest.mark.requirement("YM-01")
def test_one_proposes_and_another_approves_at_a_terminal(run, person, facts):
    began = ("--observed-at", this_month())
    words = ("registry", "propose", "contact.close", *ORIGIN, *began)
    id = run(*words, phone=MAKER, typed=(NUMBER,)).stdout.strip()
    assert facts(person) == []
    listed = run("registry", "waiting", phone=CHECKER).stdout
    assert listed.split("\t")[:2] == [id, "contact.close"]
    assert NUMBER not in listed
    run("registry", "approve", id, phone=CHECKER)
    assert [fact.kind for fact in facts(person)] == ["contact.close"]
    words = ("registry", "end", "contact.close", *ORIGIN, "--ended-at", this_month())
    assert UUID(run(*words, phone=MAKER, typed=(NUMBER,)).stdout.strip())


@pytest.mark.requirement("YM-01")
def test_a_maker_cannot_approve_at_a_terminal_and_a_wrong_code_opens_nothing(run, person):
    id = UUID(int=1)
    with pytest.raises(NotAllowed, match=r"registry\.not_allowed"):
        run("registry", "approve", id, phone=MAKER)
    with pytest.raises(NotAllowed, match=r"people\.totp\.wrong"):
        run("registry", "approve", id, phone=CHECKER, code="000000")
    with pytest.raises(NotAllowed, match=r"people\.desk\.no_post"):
        run("registry", "waiting", "--as", "13900001234", typed=("000000",))


def test_a_proposal_can_be_rejected_and_then_not_approved(run, person, facts):
    began = ("--observed-at", this_month())
    words = ("registry", "propose", "case.fever", *ORIGIN, *began)
    id = run(*words, phone=MAKER, typed=(NUMBER,)).stdout.strip()
    run("registry", "reject", id, phone=CHECKER)
    with pytest.raises(Conflict, match=r"registry\.decided"):
        run("registry", "approve", id, phone=CHECKER)
    assert facts(person) == []


def test_a_document_that_nobody_holds_is_said_so_and_the_look_is_kept(run, secrets, inside):
    words = ("registry", "propose", "case.fever", *ORIGIN, "--observed-at", this_month())
    with pytest.raises(NotFound, match=r"registry\.nobody_holds"):
        run(*words, phone=MAKER, typed=(NUMBER,))
    looks = inside(lambda world, tx: tx.fetchval("select count(*) from audit_event"))
    assert looks == 1


def test_a_feed_is_let_in_by_two_and_its_file_taken_in(run, person, facts, tmp_path):
    spki = serialization.PublicFormat.SubjectPublicKeyInfo
    paths = [tmp_path / name for name in ("key.pem", "rows", "rows.sig")]
    paths[0].write_bytes(KEY.public_key().public_bytes(serialization.Encoding.PEM, spki))
    row = {"id": "1", "document_kind": "resident_id", "document_number": NUMBER}
    lines = [{**row, "kind": kind, "observed_at": "2026-03-01"} for kind in ("case.fever", "?")]
    paths[1].write_text("".join(json.dumps(each) + "\n" for each in lines))
    paths[2].write_bytes(KEY.sign(paths[1].read_bytes(), ec.ECDSA(hashes.SHA256())))
    run("registry", "feed", "propose", "cdc", paths[0], "--persons-a-day", 0, phone=MAKER)
    run("registry", "feed", "approve", "cdc", phone=CHECKER)
    first = run("registry", "import", "cdc", *paths[1:])
    assert (first.exit_code, first.stdout.split("\t")[1]) == (1, "waiting")
    run("registry", "feed", "approve-file", first.stdout.split("\t")[0], phone=CHECKER)
    done = run("registry", "import", "cdc", *paths[1:])
    assert "recorded\trows=2\taccepted=1\tknown=0\taside=1\tpersons=1" in done.stdout
    assert re.fullmatch(r".*2.*kind.*\?.*\n", done.stderr)
    assert [fact.kind for fact in facts(person)] == ["case.fever"]


def test_a_feed_can_be_ended_by_a_checker(run):
    with pytest.raises(NotFound, match=r"registry\.feed\.unknown"):
        run("registry", "feed", "end", "cdc", phone=CHECKER)


@pytest.mark.requirement("HI-10")
def test_an_administrator_opens_and_closes_a_place(run, inside):
    new = NewPlace(
        type=PlaceType.ROAD,
        division="460100",
        township="演示镇",
        address="演示路 1 号",
        name="东路口",
    )
    place = inside(lambda w, tx: places_service.register(tx, w.clock, w.randomness, new))
    assert run("places", "list").stdout.split("\t")[:2] == [str(place.id), "pending"]
    assert run("places", "approve", place.id, phone=CHIEF).stdout.split("\t")[1] == "open"
    assert run("places", "close", place.id, phone=CHIEF).stdout.split("\t")[1] == "closed"
    assert run("places", "list", "--state", "open").stdout == ""


@pytest.mark.requirement("SD-05")
@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (("approve",), "review.approved"),
        (("refuse", "--reason", "不满足条件"), "review.refused"),
        (("more", "--reason", "请测量体温"), "review.more"),
    ],
)
def test_an_issuer_lists_who_waits_and_answers(run, inside, person, facts, words, kind):
    asked = NewFact(
        person=person,
        kind="review.requested",
        observed_at=SystemClock().now(),
        source="self",
        recorder=person,
    )
    inside(lambda world, tx: record(tx, world.clock, world.randomness, [asked]))
    listed = run("permits", "list", "--region", "shandong", phone=ISSUER).stdout
    assert listed.split("\t")[0] == str(person)
    assert (NUMBER in listed, "测* 2X" in listed) == (False, True)
    run("permits", words[0], person, *words[1:], phone=ISSUER)
    assert facts(person)[-1].kind == kind


def test_a_refusal_at_a_terminal_needs_a_reason(run, person):
    assert run("permits", "refuse", person, phone=ISSUER).exit_code == 2
