"""A gate's first use (HI-10): whoever is put there registers it, and becomes its first guard."""

from yimatong import places
from yimatong.access.actor import Actor
from yimatong.access.permissions import Role
from yimatong.gates.gate import Tools
from yimatong.people import workers
from yimatong.places import NewPlace, Place
from yimatong.storage import Tx


async def set_up(tx: Tx, tools: Tools, actor: Actor, name: str, new: NewPlace) -> Place:
    """Registers the place, pending until an administrator approves it, and the post of who did.

    The post logs in at the desk's door with the same phone, where its second factor is set up.
    BadInput of the name or the place; Conflict where the account has a post already.
    """
    place = await places.register(tx, tools.clock, tools.randomness, new)
    phone = await tools.people.phone_of(tx, actor.account)
    await workers.add(tools.people, tx, name, phone, Role.GUARD, place.id)
    return place
