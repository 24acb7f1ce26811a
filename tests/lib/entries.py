"""Entries of the information room, as who publishes sends them."""

import httpx

from tests.lib.logins import Login

PATH = "/api/v1/information"
NOTICE = {
    "kind": "notice",
    "title": "试验通知",
    "text": "第一段\n\n第二段",
    "valid_from": "2026-03-02",
}


class Desk:
    """A publisher at the API; each request has a key of its own."""

    def __init__(self, client: httpx.AsyncClient, login: Login) -> None:
        self.client = client
        self.login = login
        self.sent = 0

    async def post(self, path: str, body: object = None, key: str = "") -> httpx.Response:
        self.sent += 1
        headers = {**self.login.headers, "idempotency-key": key or f"key-{self.sent}"}
        return await self.client.post(path, json=body, headers=headers)

    async def publish(self, **fields: object) -> str:
        """The new entry's id."""
        answer = await self.post(PATH, NOTICE | fields)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["entry"])

    async def withdraw(self, entry: str) -> httpx.Response:
        return await self.post(f"{PATH}/{entry}/withdrawal")
