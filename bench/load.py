"""Keeping a server busy over real sockets, and counting what it answered."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter

_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
_PASSAGE = re.compile(rb'"passage":"([0-9a-f-]{36})"')


@dataclass
class Load:
    """What was acknowledged: passages by their ids, and everything else by its first line."""

    seconds: float = 0.0
    passages: list[str] = field(default_factory=list)
    others: list[bytes] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return len(self.passages) / self.seconds


async def busy(port: int, clients: int, seconds: float, request: Callable[[], bytes]) -> Load:
    """So many clients, each sending its next request when the last one is answered."""
    load = Load()
    start = perf_counter()
    await asyncio.gather(*(_client(port, start + seconds, request, load) for _ in range(clients)))
    load.seconds = perf_counter() - start
    return load


async def _client(port: int, until: float, request: Callable[[], bytes], load: Load) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while perf_counter() < until:
        writer.write(request())
        head = await reader.readuntil(b"\r\n\r\n")
        length = _LENGTH.search(head)
        body = await reader.readexactly(int(length[1])) if length else b""
        if head.startswith(b"HTTP/1.1 201") and (found := _PASSAGE.search(body)):
            load.passages.append(found[1].decode())
        else:
            load.others.append(head.split(b"\r\n", 1)[0] + body[:200])
    writer.close()
