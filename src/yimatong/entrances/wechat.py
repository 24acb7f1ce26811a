"""Logging in by a WeChat official account (服务号网页授权), silently: scope `snsapi_base`.

The order of the parameters and `#wechat_redirect` are wanted by WeChat's client. Errors come in
a body of status 200, as `errcode`. WeChat puts our secret into the query, so addresses are kept
out of logs.
"""

from dataclasses import dataclass, field
from urllib.parse import urlencode

import httpx

from yimatong.entrances.fetching import fetch, fields, text
from yimatong.entrances.model import Failed, Failure
from yimatong.people.links import Channel

_CODE_ERRORS = frozenset({40029, 40163, 41008, 42003})
"""Invalid, used, missing, expired code."""
_BUSY = frozenset({-1, 45009, 45011, 50002})


@dataclass(frozen=True, slots=True)
class WeChat:
    """The official account of this installation."""

    app_id: str
    secret: str = field(repr=False)
    authorize_url: str
    token_url: str
    http: httpx.AsyncClient = field(repr=False)
    channel: Channel = Channel.WECHAT
    code_field: str = "code"

    def ask(self, back: str, state: str) -> str:
        asked = {
            "appid": self.app_id,
            "redirect_uri": back,
            "response_type": "code",
            "scope": "snsapi_base",
            "state": state,
        }
        return f"{self.authorize_url}?{urlencode(asked)}#wechat_redirect"

    async def identify(self, code: str) -> str:
        asked = {
            "appid": self.app_id,
            "secret": self.secret,
            "code": code,
            "grant_type": "authorization_code",
        }
        answer = fields(await fetch(self.http, "GET", self.token_url, params=asked))
        if (error := answer.get("errcode")) not in (None, 0):
            raise Failed(_why(error))
        return f"{self.app_id}:{text(answer, 'openid')}"


def _why(error: object) -> Failure:
    if error in _CODE_ERRORS:
        return Failure.CODE
    return Failure.AWAY if error in _BUSY else Failure.BROKEN
