"""What tests of paper share: a clerk's requests, and a sheet as it lies before the clerk."""

from typing import Any

import httpx
import msgspec

from tests.lib.logins import Login, card
from yimatong.doors.packs import library

WITHOUT_JOURNEY = {
    "kind": "resident", "township": "试验街道", "address": "试验路 1 号",
    "contact_case": False, "stay_abroad": False, "stay_risk_area": False,
    "contact_risk_person": False, "contact_fever_patient": False, "symptoms": ["none"],
    "temperature": 36.5,
}  # fmt: skip


def sheet(region: str = "hunan", division: str = "430100") -> dict[str, Any]:
    """A resident's sheet in which all is well, with the promise of the region's edition."""
    policy = next(one for one in library().policies() if one.region == region)
    return {**WITHOUT_JOURNEY, "division": division, "promise": policy.promise.zh}


async def attended(
    client: httpx.AsyncClient, clerk: Login, serial: int = 50, region: str = "hunan", **changes: Any
) -> httpx.Response:
    """Somebody without a phone at the desk."""
    fields = msgspec.to_builtins(card(region, serial)) | changes
    body = {"card": fields, "why": "paper", "present": True}
    return await client.post("/api/v1/desk/persons", json=body, headers=clerk.headers)


async def asked(
    client: httpx.AsyncClient, who: Login, path: str, key: str = "k", **body: Any
) -> httpx.Response:
    """A request with a key."""
    headers = who.headers | {"Idempotency-Key": key}
    return await client.post(f"/api/v1/{path}", json=body, headers=headers)
