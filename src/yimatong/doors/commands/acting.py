"""Acting as a post: whoever types a command proves it with the post's second factor.

The operator of the server could run any command; who is written down as having done it is the
post whose authenticator shows the code, so that two persons are two even on one terminal.
"""

import re
import sys
from typing import Annotated

import typer

from yimatong.access import staff, totp
from yimatong.access.actor import Actor
from yimatong.access.totp import TotpResult
from yimatong.doors.world import World
from yimatong.kernel.errors import NotAllowed
from yimatong.people.phones import check_phone

Phone = Annotated[
    str,
    typer.Option("--as", metavar="PHONE", help="以哪个岗位的手机号操作 · the acting post's phone"),
]


def ask(label: str) -> str:
    """One line that must not stand in the shell's history: typed unseen, or from a pipe."""
    if sys.stdin.isatty():
        typed: str = typer.prompt(label, hide_input=True, err=True)
        return typed.strip()
    return sys.stdin.readline().strip()


def ask_code() -> str:
    """What the post's authenticator shows."""
    return ask("动态口令 · one-time code")


async def acting(world: World, phone: str, code: str) -> Actor:
    """The post of this phone. NotAllowed where it has none or the code is not right.

    Each code works once and wrong ones count, as at a log-in.
    """
    number = check_phone(phone)
    async with world.database.transaction() as tx:
        account = await world.people.find_account(tx, number)
        post = await staff.of_account(tx, account) if account else None
        if post is None:
            raise NotAllowed.of("people.desk.no_post")
        typed = re.sub(r"\s", "", code)
        result = await totp.check(tx, world.keys, world.clock, post.id, typed)
    if result is not TotpResult.RIGHT:
        raise NotAllowed.of(f"people.totp.{result}")
    return Actor(
        account=post.account,
        role=post.role,
        session=b"",
        staff=post.id,
        place=post.place,
        manager=post.manager,
        area=post.area,
    )
