"""Somebody of whom every table knows something; and deleting their account by the API."""

import re
from datetime import date
from typing import Any

import httpx

from tests.lib.logins import Login, gate, number, resident, worker
from yimatong.access.actor import Actor
from yimatong.access.permissions import Role
from yimatong.doors.world import World
from yimatong.messages.service import recent
from yimatong.people.phones import masked_phone
from yimatong.permits import Permits, Word
from yimatong.places import PlaceType

PROMISE = "I am this child's guardian and what I enter is true; I answer for it before the law."
STREET, EMPLOYER, PLATE, REASON = "无人知晓路 77 号", "无人知晓厂", "湘A77777", "其母孙某发热"
CHILD = {
    "name": "田试禾", "document_kind": "resident_id", "ethnic_group": "01", "region": "hunan",
    "document_number": number(9, date(2016, 5, 4)),
}  # fmt: skip


async def lived(world: World, client: httpx.AsyncClient, serial: int = 1) -> Login:
    """A resident of Hubei who declared, applied, was answered, passed a gate and was reported."""
    login = await resident(world, "hubei", serial)
    await declared(world, client, login)
    await answered(world, login)
    guard = await worker(world, Role.GUARD, await gate(world, type=PlaceType.VENUE), serial)
    code = (await client.get("/api/v1/code", headers=login.headers)).json()["text"]
    body = {"code": code, "direction": "in", "reason": "home", "temperature": "36.5"}
    key = {"Idempotency-Key": f"scan-{serial}"}
    await client.post(
        "/api/v1/gate/scans", json={**body, "plate": PLATE}, headers=guard.headers | key
    )
    opened = await client.post("/api/v1/gate/openings", json={"code": code}, headers=guard.headers)
    report = {"ticket": opened.json()["ticket"], "concern": "other", "note": STREET}
    answer = await client.post("/api/v1/gate/reports", json=report, headers=guard.headers)
    assert answer.status_code == 201, answer.text
    return login


async def declared(world: World, client: httpx.AsyncClient, login: Login) -> None:
    sheet = {
        "kind": "resident", "division": "420100", "township": "演示街道", "address": STREET,
        "employer": EMPLOYER, "symptoms": ["none"], "temperature": "36.5",
        "promise": world.library.named("hubei", world.clock.now()).promise.zh,
        **dict.fromkeys(("contact_case", "stay_abroad", "stay_risk_area", "contact_risk_person",
                         "contact_fever_patient"), False),
    }  # fmt: skip
    answer = await client.post(
        "/api/v1/declarations", json=sheet, headers=login.headers | {"Idempotency-Key": "d1"}
    )
    assert answer.status_code == 201, answer.text


async def answered(world: World, login: Login) -> None:
    assert login.person is not None
    issuer = await worker(world, Role.ISSUER, None, 700)
    actor = Actor(account=issuer.account, role=Role.ISSUER, session=b"")
    permits = Permits(world.people, world.library, world.standings)
    async with world.database.transaction() as tx:
        await permits.decide(tx, actor, login.person, Word.REFUSED, REASON)


async def with_child(client: httpx.AsyncClient, login: Login) -> str:
    body = {"card": CHILD, "relation": "child", "promise": PROMISE}
    answer = await client.post("/api/v1/family/children", json=body, headers=login.headers)
    assert answer.status_code == 201, answer.text
    person: str = answer.json()["person"]
    return person


async def asked(client: httpx.AsyncClient, login: Login) -> httpx.Response:
    """Asks for the code of a deletion."""
    return await client.post(
        "/api/v1/account/deletion", json={"promise": True}, headers=login.headers
    )


async def sms_to(world: World, phone: str) -> str:
    """The code in the newest message to a phone."""
    async with world.database.transaction() as tx:
        found = await recent(tx, world.keys, 50)
    text = next(one.text for one in found if one.phone.endswith(phone))
    return re.search(r"\d{6}", text)[0]  # type: ignore[index]  or there is no code


async def deleted(world: World, client: httpx.AsyncClient, login: Login) -> Any:
    """Deletes the account; what was sent, and the receipt."""
    async with world.database.transaction() as tx:
        phone = await world.people.phone_of(tx, login.account)
    answer = await asked(client, login)
    assert answer.status_code == 200, (answer.text, masked_phone(phone))
    sent = {**answer.json(), "code": await sms_to(world, phone[-11:])}
    done = await client.post("/api/v1/account/deletion/code", json=sent)
    assert done.status_code == 200, done.text
    return sent, done.json()
