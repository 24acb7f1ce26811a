"""A request that is ready to go."""

from collections.abc import Mapping
from urllib.parse import urlsplit

import msgspec


class Signed(msgspec.Struct, frozen=True):
    """POST `body` to `url` with these headers, the signature among them."""

    url: str
    headers: Mapping[str, str]
    body: bytes


def host_of(address: str) -> str:
    """As the Host header says it: with the port where it is not the usual one."""
    return urlsplit(address).netloc
