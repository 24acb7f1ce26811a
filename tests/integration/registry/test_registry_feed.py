import json
import random
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from tests.integration.registry.conftest import NUMBER, actor
from tests.lib.persons import a_card, id_number

from yimatong.access.permissions import Role
from yimatong.kernel.errors import BadInput, Conflict, NotAllowed, NotFound, TooLarge
from yimatong.ledger import heads, history
from yimatong.registry import (
    approve_feed,
    approve_file,
    end_feed,
    import_file,
    propose_feed,
)
from yimatong.registry.imports import LARGEST

KEY = ec.derive_private_key(20200216, ec.SECP256R1())
OTHER_KEY = ec.derive_private_key(20200217, ec.SECP256R1())
STRANGER = id_number(order="004")


def pem(key=KEY):
    return key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def signed(content, key=KEY):
    return content, key.sign(content, ec.ECDSA(hashes.SHA256()))


def row(id="1", number=NUMBER, kind="case.confirmed", **given):
    known = {"document_kind": "resident_id", "observed_at": "2026-03-01"}
    return {"id": id, "document_number": number, "kind": kind, **known, **given}


def file(*rows):
    return "".join(json.dumps(each) + "\n" for each in rows).encode()


@pytest.fixture
async def feed(tx, clock, maker, checker):
    await propose_feed(tx, clock, maker, "cdc", pem(), 2)
    await approve_feed(tx, clock, checker, "cdc")
    return "cdc"


@pytest.fixture
def send(tx, people, feed, person):
    async def send(*rows):
        return await import_file(tx, people, feed, *signed(file(*rows)))

    return send


@pytest.fixture
async def crowd(tx, people):
    """Documents of four more people with cards."""
    numbers = [id_number(order=f"{n:03}") for n in (12, 14, 16, 18)]
    for n, number in enumerate(numbers):
        account = await people.account_for(tx, f"+861390000200{n}")
        await people.register_card(tx, account, a_card(number=number))
    return numbers


@pytest.mark.requirement("HN-03")
async def test_what_a_signed_file_says_is_recorded_in_the_feeds_name(tx, send, person):
    made = await send(row(), row("2", kind="quarantine.home", ended_at="2026-03-14"))
    assert (made.rows, made.accepted, made.known, made.persons) == (2, 2, 0, 1)
    facts = (await history(tx, person)).facts
    assert {fact.kind for fact in facts} == {"case.confirmed", "quarantine.home"}
    rows = await tx.fetch("select feed, recorder from ledger_fact")
    assert {tuple(each) for each in rows} == {("cdc", None)}


async def test_the_same_file_again_changes_nothing(tx, send, person):
    await send(row(), row("2", kind="contact.close"))
    again = await send(row(), row("2", kind="contact.close"))
    assert (again.accepted, again.known, again.persons, again.asides) == (0, 2, 0, ())
    assert await heads(tx, [person]) == {person: 2}


async def test_the_same_row_twice_in_a_file_counts_once(tx, send, person):
    made = await send(row(), row())
    assert (made.rows, made.accepted, made.known) == (2, 1, 1)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content, signature: (content.replace(b"confirmed", b"suspected"), signature),
        lambda content, signature: (content[: len(content) // 2], signature),
        lambda content, signature: (content.splitlines(keepends=True)[0], signature),
        lambda content, signature: (content + b"\n", signature),
        lambda content, signature: (content, signature[:-1]),
        lambda content, signature: (content, b""),
        lambda content, signature: signed(content, OTHER_KEY),
    ],
)
async def test_a_file_that_the_feed_did_not_sign_as_it_is_changes_nothing(
    tx, people, feed, person, spoil
):
    content, signature = signed(file(row(), row("2", kind="contact.close")))
    with pytest.raises(BadInput, match=r"registry\.feed\.signature"):
        await import_file(tx, people, feed, *spoil(content, signature))
    assert await heads(tx, [person]) == {}
    assert await tx.fetchval("select count(*) from registry_import") == 0


async def test_rows_that_cannot_be_recorded_are_put_aside_and_the_counts_add_up(tx, send, person):
    made = await send(
        row(),
        row("2", number=STRANGER),
        row("3", number=NUMBER[:-1] + "0"),
        row("4", kind="exposure.case"),
        row("5", observed_at="2026-03-09"),
        row("6", colour="red"),
        row("7", observed_at="yesterday"),
        row("", kind="contact.close"),
        row("8", kind="contact.close", retracts="nowhere"),
    )
    assert (made.rows, made.accepted, made.known) == (9, 1, 0)
    assert [(each.line, each.problem.code) for each in made.asides] == [
        (2, "registry.feed.unknown_person"),
        (3, "people.document.check_character"),
        (4, "ledger.not_said_by"),
        (5, "ledger.in_the_future"),
        (6, "registry.feed.unreadable"),
        (7, "policy.time.unreadable"),
        (8, "registry.feed.row_id"),
        (9, "registry.feed.retracts_nothing"),
    ]
    kept = await tx.fetch("select line, reason from registry_aside order by line")
    assert [tuple(each) for each in kept] == [
        (each.line, each.problem.code) for each in made.asides
    ]


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe\n{}", b'{"id": "1"', b"null\n[1]\n"])
async def test_a_file_that_is_no_json_lines_has_every_line_put_aside(tx, people, feed, content):
    made = await import_file(tx, people, feed, *signed(content))
    assert made.accepted == made.known == 0
    assert made.rows == len(made.asides)


@pytest.mark.requirement("YM-09")
async def test_what_is_put_aside_repeats_no_documents_number(tx, send, person):
    confused = {**row("2"), "document_kind": NUMBER}
    made = await send(row("1", number=NUMBER[:-1] + "0"), confused, {NUMBER: 1})
    said = "".join(str(each.problem.params) for each in made.asides)
    assert len(made.asides) == 3
    assert NUMBER not in said


async def test_a_row_that_is_known_once_the_person_registers_counts_then(tx, people, send):
    assert (await send(row(), row("2", number=STRANGER))).accepted == 1
    account = await people.account_for(tx, "+8613900003333")
    await people.register_card(tx, account, a_card(number=STRANGER))
    made = await send(row(), row("2", number=STRANGER))
    assert (made.accepted, made.known, made.asides) == (1, 1, ())


@pytest.mark.parametrize("seed", range(6))
async def test_the_order_of_rows_does_not_matter(tx, send, person, seed):
    rows = [
        row(),
        row("2", ended_at="2026-03-01T12:00:00+08:00", retracts="1"),
        row("3", kind="contact.close"),
        row("4", kind="withdrawn", retracts="3"),
        row("5", kind="withdrawn", retracts="2"),
        row("6", kind="contact.secondary"),
        row("6", kind="contact.close"),
    ]
    random.Random(seed).shuffle(rows)
    made = await send(*rows)
    assert (made.accepted, {each.problem.code for each in made.asides}) == (
        5,
        {"registry.feed.other_content"},
    )
    facts = (await history(tx, person)).facts
    kinds = {fact.id: fact.kind for fact in facts}
    assert sorted((fact.kind, kinds.get(fact.retracts, "")) for fact in facts) == [
        ("case.confirmed", ""),
        ("case.confirmed", "case.confirmed"),
        ("contact.close", ""),
        ("withdrawn", "case.confirmed"),
        ("withdrawn", "contact.close"),
    ]


@pytest.mark.parametrize("seed", range(6))
async def test_files_late_or_out_of_order_end_the_same_once_they_are_sent_again(
    tx, send, person, seed
):
    files = [
        [row(), row("2", kind="quarantine.home")],
        [row("3", ended_at="2026-03-01T12:00:00+08:00", retracts="1")],
        [row("4", kind="withdrawn", retracts="2"), row("2", kind="quarantine.home")],
        [row("5", kind="withdrawn", retracts="3")],
    ]
    random.Random(seed).shuffle(files)
    for _ in files:
        for each in files:
            await send(*each)
    facts = (await history(tx, person)).facts
    kinds = {fact.id: fact.kind for fact in facts}
    assert sorted((fact.kind, kinds.get(fact.retracts, "")) for fact in facts) == [
        ("case.confirmed", ""),
        ("case.confirmed", "case.confirmed"),
        ("quarantine.home", ""),
        ("withdrawn", "case.confirmed"),
        ("withdrawn", "quarantine.home"),
    ]


async def test_a_later_file_ends_what_an_earlier_one_began_and_only_for_the_same_person(
    tx, send, person, crowd
):
    await send(row())
    made = await send(
        row("2", retracts="1", ended_at="2026-03-01T12:00:00+08:00"),
        row("3", number=crowd[0], kind="withdrawn", retracts="1"),
    )
    assert [each.problem.code for each in made.asides] == ["registry.feed.retracts_nothing"]
    assert made.accepted == 1


async def test_an_id_cannot_say_something_else_later(tx, send, person):
    await send(row())
    made = await send(row(kind="case.suspected"))
    assert [each.problem.code for each in made.asides] == ["registry.feed.other_content"]
    assert await heads(tx, [person]) == {person: 1}


@pytest.mark.requirement("YM-01")
async def test_a_file_that_changes_too_many_people_waits_whole_for_a_checker(
    tx, clock, checker, maker, send, crowd
):
    rows = [row(str(n), number=number) for n, number in enumerate(crowd)]
    made = await send(*rows)
    assert (made.state, made.persons, made.accepted) == ("waiting", 4, 4)
    assert await tx.fetchval("select count(*) from ledger_fact") == 0
    with pytest.raises(NotAllowed):
        await approve_file(tx, clock, maker, made.id)
    await approve_file(tx, clock, checker, made.id)
    with pytest.raises(NotFound):
        await approve_file(tx, clock, checker, made.id)
    assert (await send(*rows)).state == "recorded"
    assert await tx.fetchval("select count(*) from ledger_fact") == 4


async def test_an_approval_is_for_that_file_only(tx, clock, checker, send, crowd):
    rows = [row(str(n), number=number) for n, number in enumerate(crowd)]
    await approve_file(tx, clock, checker, (await send(*rows)).id)
    rows[0]["kind"] = "case.suspected"
    assert (await send(*rows)).state == "waiting"


async def test_each_person_counts_once_a_day_however_many_files_there_are(tx, clock, send, crowd):
    numbers = [crowd[0], crowd[1], crowd[0], crowd[2]]
    states = [(await send(row(str(n), number=each))).state for n, each in enumerate(numbers)]
    assert states == ["recorded", "recorded", "recorded", "waiting"]
    clock.advance(days=1)
    assert (await send(row("3", number=crowd[2]))).state == "recorded"


@pytest.mark.requirement("YM-01")
async def test_a_feed_that_one_person_alone_registered_is_of_no_use(
    tx, clock, people, maker, person
):
    await propose_feed(tx, clock, maker, "cdc", pem(), 5)
    with pytest.raises(NotAllowed, match=r"registry\.feed\.not_let_in"):
        await import_file(tx, people, "cdc", *signed(file(row())))
    turned = actor(Role.REGISTRY_CHECKER, maker.account.int)
    with pytest.raises(NotAllowed, match=r"registry\.same_person"):
        await approve_feed(tx, clock, turned, "cdc")


async def test_a_feed_that_has_ended_is_heard_no_more(tx, clock, people, checker, feed, person):
    await end_feed(tx, clock, checker, feed)
    with pytest.raises(NotAllowed, match=r"registry\.feed\.not_let_in"):
        await import_file(tx, people, feed, *signed(file(row())))
    with pytest.raises(Conflict, match=r"registry\.feed\.decided"):
        await approve_feed(tx, clock, checker, feed)


async def test_a_feed_nobody_knows_is_not_found(tx, people):
    with pytest.raises(NotFound, match=r"registry\.feed\.unknown"):
        await import_file(tx, people, "nobody", *signed(file(row())))


@pytest.mark.parametrize(
    ("name", "key", "persons", "code"),
    [
        ("C D C", pem(), 5, "registry.feed.name"),
        ("cdc", pem(), -1, "registry.feed.persons_a_day"),
        ("cdc", b"a key", 5, "registry.feed.key"),
        ("cdc", pem(ec.derive_private_key(7, ec.SECP384R1())), 5, "registry.feed.key"),
    ],
)
async def test_a_feed_is_registered_properly_or_not_at_all(
    tx, clock, maker, name, key, persons, code
):
    with pytest.raises(BadInput) as caught:
        await propose_feed(tx, clock, maker, name, key, persons)
    assert caught.value.problems[0].code == code


async def test_roles_of_feeds_are_kept_apart(tx, clock, maker, checker, feed):
    with pytest.raises(NotAllowed):
        await propose_feed(tx, clock, checker, "other", pem(), 5)
    with pytest.raises(NotAllowed):
        await end_feed(tx, clock, maker, feed)
    with pytest.raises(Conflict, match=r"registry\.feed\.exists"):
        await propose_feed(tx, clock, maker, feed, pem(), 5)


async def test_a_file_that_is_too_large_is_not_even_read(tx, people, feed):
    with pytest.raises(TooLarge):
        await import_file(tx, people, feed, bytes(LARGEST + 1), b"")


async def test_an_import_is_written_down_with_its_counts(tx, send):
    await send(row(), row("2", number=STRANGER))
    event = await tx.fetchrow("select actor, action, detail from audit_event order by id desc")
    counts = {"feed": "cdc", "rows": 2, "accepted": 1, "persons": 1}
    assert tuple(event) == (None, "registry.import_recorded", counts)


async def test_a_fact_from_before_five_minutes_ahead_is_taken(tx, clock, send):
    soon = (clock.now() + timedelta(minutes=4)).isoformat()
    assert (await send(row(observed_at=soon))).accepted == 1
