"""The reference of B3: a plain ASGI handler written by hand that does just that work.

Verify the signature, one grouped read of standings, one grouped insert of passages, commit,
answer. No session, no place, no idempotency, no record of the look: what the product does
beyond this is part of what is measured. `bare` answers without database and signature.
"""

import asyncio
import random
import zlib
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import asyncpg
import cbor2
import msgspec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from yimatong.codes import base45, code_ids
from yimatong.codes.profile import ES256
from yimatong.keys import KeyRing

LARGEST = 128
NOBODY = UUID(int=0)
READ = """
select person, state, colour, policy from codes_standing
where person = any($1::uuid[]) and region = 'hunan'
"""
INSERT = """
insert into gates_passage (person, at, id, place, staff, direction, reason, felt, verdict, rules,
                           edition, state, colour)
select person, $2, id, $4, $4, 'in', 'home', 'normal', verdict, '{}', edition, state, colour
from unnest($1::uuid[], $3::uuid[], $5::text[], $6::text[], $7::text[], $8::text[])
    passage (person, id, verdict, edition, state, colour)
"""


class Scan(msgspec.Struct):
    code: str
    direction: str
    reason: str
    felt: str


class Gate:
    """An ASGI application with one route."""

    def __init__(self, pool: "asyncpg.Pool[asyncpg.Record]", keys: KeyRing) -> None:
        self.pool, self.keys, self.trusted = pool, keys, keys.verifiers()
        self.waiting: list[tuple[UUID, str, asyncio.Future[bytes]]] = []
        self.working = 0
        self.decoder = msgspec.json.Decoder(Scan)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        scan = self.decoder.decode(await body_of(receive))
        person, name = self.verified(scan.code)
        future: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self.waiting.append((person, name, future))
        if self.working < 2:
            self.working += 1
            asyncio.create_task(self.work())  # noqa: RUF006  its members hold it
        await answer(send, await future)

    def verified(self, text: str) -> tuple[UUID, str]:
        message = zlib.decompress(base45.decode(text[4:]))
        protected, _, payload, signature = cbor2.loads(message).value
        key = self.trusted[cbor2.loads(protected)[4]]
        r, s = int.from_bytes(signature[:32]), int.from_bytes(signature[32:])
        signed = cbor2.dumps(["Signature1", protected, b"", payload])
        key.public_key.verify(encode_dss_signature(r, s), signed, ES256)
        claims = cbor2.loads(payload)
        if claims[4] < datetime.now(UTC).timestamp():
            raise ValueError("expired")
        person = code_ids.opened(claims[7], self.keys)
        assert person is not None
        return person, claims[-65540]

    async def work(self) -> None:
        while self.waiting:
            members, self.waiting = self.waiting[:LARGEST], self.waiting[LARGEST:]
            async with self.pool.acquire() as connection, connection.transaction():
                answers = await self.carried(connection, members)
            for (_, _, future), said in zip(members, answers, strict=True):
                future.set_result(said)
        self.working -= 1

    async def carried(self, connection: Any, members: list[Any]) -> list[bytes]:
        persons = [person for person, _, _ in members]
        rows = {row["person"]: row for row in await connection.fetch(READ, persons)}
        found = [rows[person] for person in persons]
        verdicts = ["admit" if row["colour"] == "green" else "refuse" for row in found]
        ids = [UUID(int=random.getrandbits(128), version=4) for _ in members]
        await connection.execute(
            INSERT, persons, datetime.now(UTC), ids, NOBODY, verdicts,
            [row["policy"] for row in found], [row["state"] for row in found],
            [row["colour"] for row in found],
        )  # fmt: skip
        return [
            msgspec.json.encode({"passage": id, "verdict": verdict, "name": name})
            for id, verdict, (_, name, _) in zip(ids, verdicts, members, strict=True)
        ]


async def bare(scope: Any, receive: Any, send: Any) -> None:
    """Reads the request and answers."""
    if scope["type"] == "http":
        await body_of(receive)
        await answer(send, b'{"passage":"00000000-0000-0000-0000-000000000000"}')


async def body_of(receive: Any) -> bytes:
    message = await receive()
    body: bytes = message["body"]
    while message.get("more_body"):
        message = await receive()
        body += message["body"]
    return body


async def answer(send: Any, body: bytes) -> None:
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": 201, "headers": headers})
    await send({"type": "http.response.body", "body": body})
