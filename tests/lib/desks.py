"""What tests of desks share: a place of a scene, whoever works there, and a person opened there."""

from typing import Any

import httpx

from tests.lib.gates import shown
from tests.lib.logins import Login, place_of, worker
from yimatong.access.permissions import Role
from yimatong.doors.world import World
from yimatong.places import PlaceType

TYPES = {
    "fever-clinic": PlaceType.CLINIC,
    "observation": PlaceType.OBSERVATION,
    "pharmacy": PlaceType.PHARMACY,
}
VISIT: dict[str, Any] = {
    "temperature": "38.2", "residence": "试验路 1 号", "symptoms": ["fever"],
    "risk_area": False, "fever_contact": False, "opinion": "suspected",
}  # fmt: skip


async def desk(
    world: World, scene: str, division: str = "430100", serial: int = 1, type: Any = None
) -> Login:
    """A worker at an open place of the scene."""
    place = await place_of(world, type or TYPES[scene], division, scene)
    return await worker(world, Role.WORKER, place, serial)


async def opening(client: httpx.AsyncClient, at: Login, person: Login) -> dict[str, Any]:
    """The person opened at the desk by the code of the phone."""
    code = await shown(client, person)
    answer = await client.post("/api/v1/desk/openings", json={"code": code}, headers=at.headers)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def handed(
    client: httpx.AsyncClient, at: Login, ticket: str, values: dict[str, Any], form: str = "record",
    **more: Any,
) -> httpx.Response:  # fmt: skip
    body = {"ticket": ticket, "form": form, "values": values, **more}
    return await client.post("/api/v1/desk/entries", json=body, headers=at.headers)


async def recorded(
    client: httpx.AsyncClient, at: Login, person: Login, values: dict[str, Any],
    form: str = "record",
) -> dict[str, Any]:  # fmt: skip
    """Scanned and handed in."""
    ticket = (await opening(client, at, person))["ticket"]
    answer = await handed(client, at, ticket, values, form)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def problems(answer: httpx.Response) -> dict[str, str]:
    """The codes by field."""
    return {one.get("field", ""): one["code"] for one in answer.json()["problems"]}
