"""Gateways against providers of our own on real sockets, which check signatures as the real do."""

import asyncio
import hashlib
import hmac
import json
import logging
from collections.abc import Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from yimatong.kernel.errors import Misconfigured
from yimatong.messages.account import names, read_account
from yimatong.messages.carrier import gateway_of
from yimatong.messages.model import NotCarried
from yimatong.messages.service import deliver_once, send

PHONE = "+8613900090001"
SECRET = "a-secret-of-the-test"
OK = {
    "aliyun": {"Code": "OK", "Message": "OK", "BizId": "1"},
    "tencent": {"Response": {"SendStatusSet": [{"Code": "Ok", "SerialNo": "1"}]}},
}
BUSY = {
    "aliyun": {"Code": "isv.BUSINESS_LIMIT_CONTROL", "Message": f"{PHONE} too often"},
    "tencent": {"Response": {"Error": {"Code": "LimitExceeded.PhoneNumberDailyLimit",
                                       "Message": PHONE}}},
}  # fmt: skip
PROVIDERS = pytest.mark.parametrize("provider", ["aliyun", "tencent"])


class Provider:
    """A provider: takes what is signed rightly, and answers what it is told to."""

    def __init__(self, name: str, checked: Callable[..., dict]) -> None:
        self.name, self._checked = name, checked
        self.answer: bytes = json.dumps(OK[name]).encode()
        self.taken: list[dict] = []

    async def handle(self, reader, writer) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        first, *lines = head.strip().split("\r\n")
        headers = {k.lower(): v for k, v in (line.split(": ", 1) for line in lines)}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        method, target, _ = first.split(" ")
        sent = self._checked(method, target, headers, body)
        answer = self.answer
        if sent is None:
            answer = (
                b'{"Code": "SignatureDoesNotMatch", "Response": {"Error": {"Code": "AuthFailure"}}}'
            )
        else:
            self.taken.append(sent)
        writer.write(b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: %d\r\n\r\n%s"
                     % (len(answer), answer))  # fmt: skip
        await writer.drain()
        writer.close()


def aliyun(method, target, headers, body):
    """ACS3-HMAC-SHA256, read off the provider's description apart from our own code."""
    scheme, _, rest = headers["authorization"].partition(" ")
    parts = dict(part.split("=", 1) for part in rest.split(","))
    signed = parts["SignedHeaders"]
    url = urlsplit(target)
    lines = "".join(f"{name}:{headers[name]}\n" for name in signed.split(";"))
    digest = hashlib.sha256(body).hexdigest()
    asked = f"{method}\n{url.path}\n{url.query}\n{lines}\n{signed}\n{digest}"
    text = f"{scheme}\n{hashlib.sha256(asked.encode()).hexdigest()}"
    right = hmac.new(SECRET.encode(), text.encode(), hashlib.sha256).hexdigest()
    known = (scheme, parts["Credential"], headers["x-acs-content-sha256"])
    if parts["Signature"] != right or known != ("ACS3-HMAC-SHA256", "key", digest):
        return None
    assert {"host", "x-acs-action", "x-acs-date", "x-acs-version"} <= set(signed.split(";"))
    query = {name: values[0] for name, values in parse_qs(url.query).items()}
    return {
        "phone": query["PhoneNumbers"],
        "sign": query["SignName"],
        "template": query["TemplateCode"],
        "params": list(json.loads(query["TemplateParam"]).values()),
    }


def tencent(method, target, headers, body):
    """TC3-HMAC-SHA256, likewise."""
    scheme, _, rest = headers["authorization"].partition(" ")
    parts = dict(part.strip().split("=", 1) for part in rest.split(","))
    key, day, service, end = parts["Credential"].split("/")
    signed = parts["SignedHeaders"]
    lines = "".join(f"{name}:{headers[name].lower()}\n" for name in signed.split(";"))
    asked = f"{method}\n{target}\n\n{lines}\n{signed}\n{hashlib.sha256(body).hexdigest()}"
    hashed = hashlib.sha256(asked.encode()).hexdigest()
    text = f"{scheme}\n{headers['x-tc-timestamp']}\n{day}/{service}/{end}\n{hashed}"
    made = f"TC3{SECRET}".encode()
    for part in (day, service, end, text):
        made = hmac.new(made, part.encode(), hashlib.sha256).digest()
    if parts["Signature"] != made.hex() or (key, service) != ("key", "sms"):
        return None
    assert (headers["x-tc-action"], headers["x-tc-version"]) == ("SendSms", "2021-01-11")
    sent = json.loads(body)
    return {
        "phone": sent["PhoneNumberSet"][0].removeprefix("+86"),
        "sign": sent["SignName"],
        "template": sent["TemplateId"],
        "params": sent["TemplateParamSet"],
    }


CHECKED = {"aliyun": aliyun, "tencent": tencent}


@pytest.fixture
def account(tmp_path):
    """Writes the file of a gateway; `more` goes before the templates."""

    def written(provider, address, more="", secret=SECRET, templates=None):
        templates = names() if templates is None else templates
        lines = "\n".join(f'{name} = "T_{name}"' for name in templates)
        file = tmp_path / "sms.toml"
        file.write_text(
            f'provider = "{provider}"\nkey_id = "key"\nkey_secret = "{secret}"\n'
            f'signature = "一码通"\napp = "1400"\naddress = "{address}"\n{more}\n'
            f'[templates.zh]\n{lines}\n[templates.en]\nlogin_code = "T_english"\n',
            "utf-8",
        )
        return file

    return written


@asynccontextmanager
async def serving(name):
    provider = Provider(name, CHECKED[name])
    server = await asyncio.start_server(provider.handle, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    yield provider, f"http://{host}:{port}"
    server.close()


@pytest.fixture
def put(world):
    """Puts a code of the log-in into the outbox."""

    async def put(language="zh", phone=PHONE):
        async with world.database.transaction() as tx:
            who = (tx, world.keys, world.clock, world.randomness)
            life = timedelta(minutes=10)
            key = "messages.text.login_code"
            await send(*who, phone, key, language, life, code="123456", minutes=10)

    return put


@pytest.fixture
def carry(world):
    async def carry(file, limit=50):
        async with gateway_of(file, world.clock, world.randomness) as (gateway, _):
            return await deliver_once(world.database, world.keys, gateway, world.clock, limit)

    return carry


async def outbox(world, column):
    async with world.database.transaction() as tx:
        return await tx.fetchval(f"select {column} from messages_sms")


@PROVIDERS
async def test_a_letter_goes_out_signed_as_its_template(world, account, put, carry, provider):
    async with serving(provider) as (there, address):
        await put()
        await put("en")
        assert await carry(account(provider, address)) == 2
    taken = {one["template"]: one for one in there.taken}
    assert set(taken) == {"T_login_code", "T_english"}
    shared = {"phone": "13900090001", "sign": "一码通", "params": ["123456", "10"]}
    assert taken["T_english"] == {**shared, "template": "T_english"}


@PROVIDERS
async def test_a_wrong_secret_is_refused_and_the_letter_stays(
    world, account, put, carry, provider, clock
):
    async with serving(provider) as (there, address):
        await put()
        assert await carry(account(provider, address, secret="another")) == 0
        assert there.taken == []
        assert await outbox(world, "error") in ("SignatureDoesNotMatch", "AuthFailure")
        clock.advance(seconds=31)
        assert await carry(account(provider, address)) == 1
    assert await outbox(world, "error") is None


@PROVIDERS
async def test_a_provider_that_is_busy_is_tried_again_and_its_sentence_is_not_kept(
    world, account, put, carry, provider, clock, caplog
):
    caplog.set_level(logging.DEBUG)
    async with serving(provider) as (there, address):
        there.answer = json.dumps(BUSY[provider]).encode()
        await put()
        assert await carry(account(provider, address)) == 0
        assert "Limit" in (await outbox(world, "error")).title()
        there.answer = json.dumps(OK[provider]).encode()
        assert await carry(account(provider, address)) == 0
        clock.advance(seconds=31)
        assert await carry(account(provider, address)) == 1
    assert PHONE not in await outbox(world, "coalesce(error, '')")
    assert not any("1390009" in one.getMessage() for one in caplog.records)


@PROVIDERS
@pytest.mark.parametrize("answer", [b"", b"<html>", b"[]", b"{}", b'{"Response": null}'])
async def test_an_answer_that_is_none_is_a_failure(world, account, put, carry, provider, answer):
    async with serving(provider) as (there, address):
        there.answer = answer
        await put()
        assert await carry(account(provider, address)) == 0
    assert await outbox(world, "error")


@PROVIDERS
async def test_a_provider_that_is_away_is_a_failure(account, put, carry, world, provider):
    await put()
    assert await carry(account(provider, "http://127.0.0.1:9")) == 0
    assert await outbox(world, "error") == "ConnectError"


async def test_no_more_go_out_in_a_round_than_the_provider_takes(world, account, put, carry):
    async with serving("aliyun") as (there, address):
        file = account("aliyun", address, "per_second = 3")
        assert read_account(file).per_second == 3
        for number in range(5):
            await put(phone=f"+861390009000{number}")
        assert await carry(file, limit=3) == 3
        assert len(there.taken) == 3


async def test_a_code_goes_before_a_thousand_invitations(world, account, put, carry, clock):
    async with world.database.transaction() as tx:
        who = (tx, world.keys, world.clock, world.randomness)
        for _ in range(5):
            key = "messages.text.invite_register"
            await send(*who, PHONE, key, "zh", timedelta(hours=1), link="http://x")
    clock.advance(seconds=1)
    await put()
    async with serving("aliyun") as (there, address):
        assert await carry(account("aliyun", address), limit=1) == 1
    assert there.taken[0]["template"] == "T_login_code"


@pytest.mark.parametrize(
    "written",
    [
        {"provider": "smoke"},
        {"more": "colour = 1"},
        {"templates": ["login_code"]},
        {"more": "per_second = 0"},
        {"secret": '"'},
    ],
)
async def test_a_file_that_cannot_be_used_is_told(world, account, carry, written):
    file = account(**{"provider": "aliyun", "address": "http://127.0.0.1:9", **written})
    with pytest.raises(Misconfigured) as told:
        await carry(file)
    said = [world.catalogue.explain(one, "en") for one in told.value.problems]
    assert said
    assert SECRET not in "".join(said)


async def test_a_file_that_is_not_there_is_told(carry, tmp_path):
    with pytest.raises(Misconfigured):
        await carry(tmp_path / "nowhere.toml")


def test_what_was_not_carried_says_only_the_code():
    assert str(NotCarried("LimitExceeded")) == "LimitExceeded"
