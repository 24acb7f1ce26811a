"""The demo's own page: whom to be, the messages, and what an authenticator app would show."""

from typing import Any

from litestar import get
from litestar.response import Template

from yimatong import places
from yimatong.access import staff_store, totp
from yimatong.doors.config import Config
from yimatong.doors.demo.model import cast
from yimatong.kernel.clock import Clock
from yimatong.keys import KeyRing
from yimatong.messages.service import recent
from yimatong.people.phones import check_phone
from yimatong.people.service import People
from yimatong.places import PlaceState
from yimatong.policy.library import Library
from yimatong.storage import Database, Tx
from yimatong.web.pages import AnyRequest, page
from yimatong.web.routes import PUBLIC, allowed

MESSAGES = 8


@get("/demo", opt=allowed(PUBLIC), include_in_schema=False)
async def guide(
    request: AnyRequest,
    database: Database,
    keys: KeyRing,
    clock: Clock,
    people: People,
    library: Library,
    config: Config,
) -> Template:
    """Shows phones, messages and second factors openly: everyone in them is made up."""
    async with database.transaction() as tx:
        messages = await recent(tx, keys, MESSAGES)
        venues = [one for one in await places.waiting(tx, PlaceState.OPEN) if one.scene is None]
        posters = [(one.name, await places.poster_known(tx, one.id)) for one in venues]
        workers = [await _worker(tx, keys, clock, people, each) for each in _workers()]
    by_region: dict[str, list[Any]] = {}
    for person in cast().person:
        by_region.setdefault(person.region, []).append(person)
    now = clock.now()
    policies = {region: library.named(region, now) for region in by_region}
    return page(
        request,
        "demo.html",
        messages=messages,
        workers=workers,
        posters=posters,
        by_region=by_region,
        policies=policies,
        data_dir=config.data_dir,
        seconds_left=totp.STEP - int(now.timestamp()) % totp.STEP,
    )


def _workers() -> list[dict[str, Any]]:
    gates = [
        {"role": "guard", "phone": gate.guard.phone, "name": gate.guard.name, "place": gate.name}
        for gate in cast().gate
    ]
    clerks = [
        {"role": "clerk", "phone": gate.clerk.phone, "name": gate.clerk.name, "place": gate.name}
        for gate in cast().gate
        if gate.clerk
    ]
    desks = [
        {"role": "worker", "phone": desk.worker.phone, "name": desk.worker.name, "place": desk.name}
        for desk in cast().desk
        if desk.worker
    ]
    rest = [
        {"role": each.role.value, "phone": each.phone, "name": each.name, "place": ""}
        for each in cast().staff
    ]
    return gates + clerks + desks + rest


async def _worker(
    tx: Tx, keys: KeyRing, clock: Clock, people: People, worker: dict[str, Any]
) -> dict[str, Any]:
    account = await people.find_account(tx, check_phone(worker["phone"]))
    row = await staff_store.of_account(tx, account) if account else None
    if row is None:
        return {**worker, "id": "", "code": "–"}
    secret = keys.open(row["totp_secret"], totp.context(row["id"])).decode()
    return {**worker, "id": row["id"], "code": totp.code_at(secret, clock.now())}


ROUTES = [guide]
