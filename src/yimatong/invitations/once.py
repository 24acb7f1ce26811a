"""A list that is sent again is one list, from the page and from the API."""

from collections.abc import Awaitable, Callable

import msgspec
from litestar.di import Provide

from yimatong.access import idempotency
from yimatong.access.actor import Actor
from yimatong.codes.standings import Standings
from yimatong.invitations.model import Invitation, Result
from yimatong.invitations.service import Invitations
from yimatong.people.service import People
from yimatong.storage import Database

Once = Callable[[Actor, str, Invitation], Awaitable[Result]]


def invite_once(people: People, standings: Standings, database: Database, public_url: str) -> Once:
    """For handlers that ask for `invite_once`."""
    invitations = Invitations(people, standings, public_url)

    async def invite(actor: Actor, key: str, invitation: Invitation) -> Result:
        # keyed, since a plain hash of a short list of numbers would give them away
        digest = people.keys.match(msgspec.json.encode(invitation).decode(), "invitations.list")
        async with database.transaction() as tx:
            earlier = await idempotency.begin(tx, people.clock, actor.account, key, digest)
            if earlier is not None:
                return msgspec.json.decode(earlier.body, type=Result)
            result = await invitations.invite(tx, actor, invitation)
            body = msgspec.json.encode(result)
            await idempotency.finish(tx, actor.account, key, 201, body)
        return result

    return invite


ROOM = {"invite_once": Provide(invite_once, sync_to_thread=False)}
