"""Handing letters to a provider: one signed HTTPS request each, an answer in JSON."""

import logging
import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import msgspec

from yimatong.kernel.clock import Clock
from yimatong.kernel.ids import Randomness
from yimatong.messages import aliyun, tencent
from yimatong.messages.account import Account, read_account
from yimatong.messages.model import Gateway, Letter, NotCarried, OutboxGateway
from yimatong.messages.service import BATCH
from yimatong.messages.signed import Signed

PATIENCE = 10.0
"""Seconds for one answer; then the outbox tries again."""
_CODE = re.compile(r"[A-Za-z][\w.]{0,59}")

Ask = Callable[[Account, Letter, datetime, str], Signed]
Read = Callable[[Mapping[str, Any]], str]
PROVIDERS: Mapping[str, tuple[Ask, Read]] = {
    "aliyun": (aliyun.request, aliyun.refusal),
    "tencent": (tencent.request, tencent.refusal),
}


class Carrier:
    """A gateway to a provider."""

    def __init__(
        self, account: Account, client: httpx.AsyncClient, clock: Clock, randomness: Randomness
    ) -> None:
        self._account = account
        self._client = client
        self._clock = clock
        self._randomness = randomness

    async def send(self, letter: Letter) -> None:
        """NotCarried with the provider's code, or with what went wrong on the way."""
        ask, read = PROVIDERS[self._account.provider]
        nonce = self._randomness(16).hex()
        wanted = ask(self._account, letter, self._clock.now(), nonce)
        try:
            answer = await self._client.post(
                wanted.url, headers=dict(wanted.headers), content=wanted.body
            )
            refused = read(msgspec.json.decode(answer.content, type=dict[str, Any]))
        except httpx.HTTPError as error:
            raise NotCarried(type(error).__name__) from None
        except (msgspec.MsgspecError, AttributeError, TypeError, ValueError):
            raise NotCarried(f"Http{answer.status_code}") from None
        if refused:
            # a provider's sentence may hold the number; its code does not
            raise NotCarried(refused if _CODE.fullmatch(refused) else "Refused")


@asynccontextmanager
async def gateway_of(
    file: Path | None, clock: Clock, randomness: Randomness
) -> AsyncIterator[tuple[Gateway, int]]:
    """The gateway that the file names and how many letters it takes a second; without a file
    the outbox. Misconfigured as `read_account`."""
    if file is None:
        yield OutboxGateway(), BATCH
        return
    account = read_account(file)
    for name in ("httpx", "httpcore"):  # they log addresses, and Aliyun's hold the number
        logging.getLogger(name).setLevel(logging.WARNING)
    async with httpx.AsyncClient(timeout=PATIENCE, trust_env=False) as client:
        yield Carrier(account, client, clock, randomness), account.per_second
