"""The secret file: TOML, readable by its owner alone."""

import base64
import json
import os
import tomllib
from datetime import datetime
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec

from yimatong.kernel.clock import rfc3339
from yimatong.kernel.errors import Misconfigured, Where
from yimatong.kernel.ids import Randomness
from yimatong.keys.model import IssuerKey, KeyPurpose, SecretKey, purpose_of
from yimatong.keys.ring import KeyRing


class _Secret(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    secret: bytes
    made_at: datetime


class _Issuer(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    region: str
    secret: bytes
    not_before: datetime
    not_after: datetime
    revoked: bool = False


class _File(msgspec.Struct, forbid_unknown_fields=True):
    purpose: KeyPurpose
    sealing: list[_Secret]
    matching: list[_Secret]
    issuing: list[_Issuer] = []


def to_file(ring: KeyRing, path: Path) -> None:
    """Writes the ring whole or not at all, mode 0600; the file that was there is replaced."""
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
        opened.write(_text(ring))
        opened.flush()
        os.fsync(descriptor)
    beside.replace(path)


def from_file(path: Path, randomness: Randomness) -> KeyRing:
    """The ring of a file.

    Misconfigured where there is none, where others than its owner may read it, or where it
    is not a ring of keys (which of its text is wrong is said, never the text).
    """
    where = Where(file=str(path))
    try:
        mode = path.stat().st_mode & 0o777
        text = path.read_text("utf-8")
    except OSError:
        raise Misconfigured.of("keys.no_file", where) from None
    if mode & 0o077:
        raise Misconfigured.of("keys.file_open_to_others", where, mode=f"{mode:04o}")
    return _ring(_read(text, where), where, randomness)


def _read(text: str, where: Where) -> _File:
    try:
        return msgspec.convert(tomllib.loads(text), _File)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise Misconfigured.of("keys.file_unreadable", where, detail=str(error)) from None


def _ring(read: _File, where: Where, randomness: Randomness) -> KeyRing:
    if not (read.sealing and read.matching):
        raise Misconfigured.of("keys.file_incomplete", where)
    try:
        sealing = tuple(_secret_of(each) for each in read.sealing)
        matching = tuple(_secret_of(each) for each in read.matching)
        issuing = tuple(_issuer_of(each, read.purpose) for each in read.issuing)
    except ValueError as error:
        raise Misconfigured.of("keys.file_unreadable", where, detail=str(error)) from None
    return KeyRing(read.purpose, sealing, matching, issuing, randomness)


def _secret_of(stored: _Secret) -> SecretKey:
    if len(stored.secret) != 32 or len(stored.id) != 8:
        raise ValueError(f"{stored.id}: 4 + 32 bytes")
    return SecretKey(bytes.fromhex(stored.id), stored.secret, stored.made_at)


def _issuer_of(stored: _Issuer, purpose: KeyPurpose) -> IssuerKey:
    kid = stored.id.encode()
    if purpose_of(kid) != purpose:
        raise ValueError(f"{stored.id} ≠ {purpose}")
    return IssuerKey(
        kid,
        stored.region,
        purpose,
        ec.derive_private_key(int.from_bytes(stored.secret), ec.SECP256R1()),
        stored.not_before,
        stored.not_after,
        stored.revoked,
    )


def _text(ring: KeyRing) -> str:
    tables = [f'purpose = "{ring.purpose}"\n']
    for kind, keys in (("sealing", ring.sealing), ("matching", ring.matching)):
        tables += [_table(kind, _secret_fields(key)) for key in keys]
    tables += [_table("issuing", _issuer_fields(key)) for key in ring.issuing]
    return "\n".join(tables)


def _table(kind: str, fields: dict[str, str]) -> str:
    return "\n".join([f"[[{kind}]]", *(f"{name} = {value}" for name, value in fields.items()), ""])


def _secret_fields(key: SecretKey) -> dict[str, str]:
    return {
        "id": _quoted(key.id.hex()),
        "secret": _base64(key.secret),
        "made_at": rfc3339(key.made_at),
    }


def _issuer_fields(key: IssuerKey) -> dict[str, str]:
    secret = key.private_key.private_numbers().private_value.to_bytes(32)
    return {
        "id": _quoted(key.kid.decode()),
        "region": _quoted(key.region),
        "secret": _base64(secret),
        "not_before": rfc3339(key.not_before),
        "not_after": rfc3339(key.not_after),
        "revoked": "true" if key.revoked else "false",
    }


def _base64(secret: bytes) -> str:
    return _quoted(base64.b64encode(secret).decode())


def _quoted(text: str) -> str:
    return json.dumps(text)  # a JSON string is a basic string of TOML
