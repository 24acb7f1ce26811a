"""YM-09: who has the whole database and not the key file learns nobody's name.

Every row of every table is copied out, as text and as bytes, after people registered, were
looked up, reported by a feed and answered; then it is searched for all that they typed.
"""

import json
from uuid import UUID

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from tests.lib.dump import dump, table_of
from tests.lib.persons import a_card, id_number

from yimatong import registry
from yimatong.access.actor import Actor
from yimatong.access.permissions import Role
from yimatong.codes.standings import Standings
from yimatong.doors.packs import library
from yimatong.ledger import NewFact, record
from yimatong.people import login, workers
from yimatong.people.documents import DocumentKind
from yimatong.people.service import People
from yimatong.permits import Permits, Word

NUMBER, NAME, WORKER = id_number(), "赵秘名", "钱密员"
PHONE, WORKER_PHONE = "13912345678", "13987654321"
STREET, REASON = "无人知晓路 77 号", "其母孙某发热"
KEY = ec.derive_private_key(20200216, ec.SECP256R1())
MAKER = Actor(account=UUID(int=71), role=Role.REGISTRAR, session=b"")
CHECKER = Actor(account=UUID(int=72), role=Role.REGISTRY_CHECKER, session=b"")
ISSUER = Actor(account=UUID(int=73), role=Role.ISSUER, session=b"")


@pytest.fixture
async def lived(database, keys, clock, randomness):
    """A day of one person and one worker in an otherwise empty database."""
    people = People(keys, clock, randomness)
    async with database.transaction() as tx:
        person = await _register(people, tx)
        await _report(people, tx, person)
        await _answer(people, tx, person)


async def _register(people, tx):
    await login.ask_code(people, tx, PHONE, UUID(int=5), "192.0.2.1", "zh")
    account = await people.account_for(tx, f"+86{PHONE}")
    person = await people.register_card(tx, account, a_card(NAME, NUMBER, region="shandong"))
    await people.keep_notes(tx, person, {"township": "演示街道", "address": STREET})
    await workers.add(people, tx, WORKER, WORKER_PHONE, Role.ISSUER, None)
    return person


async def _report(people, tx, person):
    clock, randomness = people.clock, people.randomness
    await registry.find_person(tx, people, MAKER, DocumentKind.RESIDENT_ID, NUMBER)
    new = registry.NewProposal(
        person=person,
        kind="contact.close",
        observed_at=clock.now(),
        origin=registry.Origin("演示疾控中心", "1"),
    )
    proposal = await registry.propose(tx, clock, randomness, MAKER, new)
    await registry.approve(tx, clock, randomness, CHECKER, proposal)
    spki = serialization.PublicFormat.SubjectPublicKeyInfo
    pem = KEY.public_key().public_bytes(serialization.Encoding.PEM, spki)
    await registry.propose_feed(tx, clock, MAKER, "cdc", pem, 5)
    await registry.approve_feed(tx, clock, CHECKER, "cdc")
    row = {"id": "1", "document_kind": "resident_id", "document_number": NUMBER}
    content = json.dumps({**row, "kind": "case.confirmed", "observed_at": "2026-03-01"}).encode()
    signature = KEY.sign(content, ec.ECDSA(hashes.SHA256()))
    assert (await registry.import_file(tx, people, "cdc", content, signature)).accepted == 1


async def _answer(people, tx, person):
    now = people.clock.now()
    asked = NewFact(
        person=person, kind="review.requested", observed_at=now, source="self", recorder=person
    )
    await record(tx, people.clock, people.randomness, [asked])
    permits = Permits(people, library(), Standings(library(), people.clock))
    await permits.decide(tx, ISSUER, person, Word.REFUSED, REASON)


@pytest.mark.requirement("YM-09")
@pytest.mark.usefixtures("lived")
async def test_a_dump_of_every_table_names_nobody(database_url):
    dumped = await dump(database_url)
    secrets = [NUMBER, NUMBER[:14], NAME, WORKER, PHONE, WORKER_PHONE, STREET, REASON]
    for text in secrets:
        for spelled in (text.encode(), text.encode().hex().encode(), text.encode("utf-16-le")):
            found = [table for (table, _), content in dumped.items() if spelled in content]
            assert found == [], text


@pytest.mark.requirement("YM-09")
@pytest.mark.usefixtures("lived")
async def test_the_dump_is_whole_and_would_show_what_is_not_sealed(database_url):
    dumped = await dump(database_url)
    everything = b"".join(dumped.values())
    assert "演示疾控中心".encode() in everything
    filled = {table_of(table) for (table, _), text in dumped.items() if len(text) > 30}
    assert {
        *("people_person", "people_phone", "people_note", "people_worker", "messages_sms"),
        *("ledger_fact", "registry_proposal", "registry_fed", "registry_import", "audit_event"),
        *("permits_decision", "access_staff"),
    } <= filled
