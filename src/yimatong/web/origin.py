"""Refuses requests that another site made a browser send (cross-site request forgery).

Browsers say where a request comes from: `Sec-Fetch-Site` (W3C Fetch Metadata), older ones
`Origin`. A request that changes something and rides on a cookie must come from our own
pages. A program's request, with a bearer token, or with no cookie and neither header, carries
no ambient authority and needs no such check.
"""

from collections.abc import Mapping
from urllib.parse import urlsplit

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def comes_from_us(method: str, headers: Mapping[str, str]) -> bool:
    """Whether the request may act in the name of its cookie. Header names are lower-case."""
    if method in SAFE_METHODS or "authorization" in headers:
        return True
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = headers.get("origin")
    if origin is None:
        return "cookie" not in headers
    return urlsplit(origin).netloc == headers.get("host")
