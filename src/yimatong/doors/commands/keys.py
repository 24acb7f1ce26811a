"""`yimatong keys`: the key file of this installation."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Literal
from uuid import UUID

import typer

from yimatong.access import staff
from yimatong.doors.commands.world import configured, run_in_world
from yimatong.doors.packs import library
from yimatong.doors.world import World
from yimatong.gates import sealing as gates
from yimatong.kernel.clock import SystemClock, rfc3339
from yimatong.kernel.errors import BadInput, Misconfigured, Where
from yimatong.kernel.ids import system_randomness
from yimatong.keys import (
    KeyPurpose,
    KeyRing,
    from_file,
    new_keys,
    revoke_issuing,
    rotate,
    rotate_issuing,
    to_file,
)
from yimatong.messages import service as messages
from yimatong.people import reseal as people
from yimatong.storage import Tx

Kind = Literal["sealing", "matching", "issuing"]
Pass = Callable[[Tx, KeyRing, UUID], Awaitable[UUID | None]]
PASSES: tuple[tuple[str, Pass], ...] = (
    ("accounts", people.accounts),
    ("persons", people.persons),
    ("notes", people.notes),
    ("staff", staff.reseal),
    ("plates", gates.plates),
    ("entries", gates.entries),
    ("reports", gates.notes),
    ("handovers", gates.handovers),
    ("messages", messages.reseal),
)


def register(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="密钥 · The key file.")
    group.command("new")(new)
    group.command("list")(show)
    group.command("rotate")(change)
    group.command("revoke")(revoke)
    group.command("reseal")(reseal)
    app.add_typer(group, name="keys")


def new(
    purpose: Annotated[
        KeyPurpose, typer.Option(help="密钥用途 · what its codes are for")
    ] = "production",
) -> None:
    """新建密钥文件 · Make the key file, with an issuing key for every region of the policies."""
    path = configured().keys_path
    if path.exists():
        raise Misconfigured.of("keys.file_exists", Where(file=str(path)))
    path.parent.mkdir(parents=True, exist_ok=True)
    to_file(new_keys(purpose, _regions(), system_randomness, SystemClock().now()), path)
    typer.echo(path)


def show() -> None:
    """列出密钥编号 · List the ids of the keys, never a secret."""
    ring = _ring()
    for kind, secrets in (("sealing", ring.sealing), ("matching", ring.matching)):
        for secret in secrets:
            typer.echo(f"{kind}\t{secret.id.hex()}\t{rfc3339(secret.made_at)}")
    for key in ring.issuing:
        state = "revoked" if key.revoked else rfc3339(key.not_after)
        typer.echo(f"issuing\t{key.kid.decode()}\t{rfc3339(key.not_before)}\t{key.region}\t{state}")


def change(
    kind: Kind,
    region: Annotated[
        str | None, typer.Option(help="签发密钥的地区 · region of an issuing key")
    ] = None,
) -> None:
    """换新密钥 · Add a new current key; the earlier ones still open, find and verify.

    A running server reads the file when it starts: restart it afterwards.
    """
    ring, now = _ring(), SystemClock().now()
    if kind != "issuing":
        to_file(rotate(ring, kind, now), configured().keys_path)
    elif region in _regions():
        to_file(rotate_issuing(ring, region, now), configured().keys_path)
    else:
        allowed = ", ".join(_regions())
        raise BadInput.of("keys.unknown_region", Where(field="region"), allowed=allowed)


def revoke(kid: str) -> None:
    """吊销签发密钥 · Accept nothing signed by this issuing key any more."""
    to_file(revoke_issuing(_ring(), kid.encode()), configured().keys_path)


def reseal() -> None:
    """重新封存 · Seal all that is kept sealed anew under the current keys, after a rotation."""
    run_in_world(_reseal)


async def _reseal(world: World) -> None:
    for name, one_page in PASSES:
        pages, after = 0, UUID(int=0)
        while True:
            async with world.database.transaction() as tx:
                last = await one_page(tx, world.keys, after)
            if last is None:
                break
            pages, after = pages + 1, last
        typer.echo(f"{name}\t{pages}")


def _ring() -> KeyRing:
    return from_file(configured().keys_path, system_randomness)


def _regions() -> list[str]:
    return sorted({policy.region for policy in library().policies()})
