"""Who works where: a post of `access` with the name that only this room knows."""

from collections.abc import Collection
from uuid import UUID

from yimatong.access import staff
from yimatong.access.permissions import Role
from yimatong.access.staff import Duty
from yimatong.kernel.errors import NotFound
from yimatong.people import sealing, store
from yimatong.people.model import Worker
from yimatong.people.names import check_name, masked
from yimatong.people.phones import check_phone
from yimatong.people.service import People
from yimatong.storage import Tx


async def add(
    people: People,
    tx: Tx,
    name: str,
    phone: str,
    role: Role,
    place: UUID | None,
    area: str | None = None,
    *,
    manager: bool = False,
) -> tuple[UUID, str]:
    """The post's id and its second factor's secret. BadInput, Conflict as `staff.add`."""
    number = check_phone(phone)
    await set_name(people, tx, account := await people.account_for(tx, number), name)
    duty = Duty(role, place, manager, area)
    return await staff.add(tx, people.keys, people.clock, people.randomness, account, duty)


async def engage(
    people: People, tx: Tx, account: UUID, role: Role, place: UUID, *, manager: bool
) -> UUID:
    """A post for an account whose name is known by `set_name`; the secret is shown at its first
    log-in. Conflict where it has a post already, NotFound where there is no such account now."""
    if await store.lock_account(tx, account) is None:
        raise NotFound.of("people.unknown")
    duty = Duty(role, place, manager)
    added = await staff.add(tx, people.keys, people.clock, people.randomness, account, duty)
    return added[0]


async def set_name(people: People, tx: Tx, account: UUID, name: str) -> None:
    """The name by which the account works. BadInput where it is none."""
    sealed = sealing.seal_name(people.keys, account, check_name(name))
    await store.set_worker(tx, account, sealed)


async def forget_name(tx: Tx, account: UUID) -> None:
    """The account works under no name."""
    await store.drop_worker(tx, account)


async def name_of(people: People, tx: Tx, account: UUID) -> str:
    """The name by which the account works; empty where it has none."""
    sealed = await store.worker(tx, account)
    return sealing.open_name(people.keys, account, sealed) if sealed else ""


async def everyone(people: People, tx: Tx) -> list[Worker]:
    """The first page of workers, for administrators."""
    workers = []
    for post in await staff.posts(tx):
        name = await name_of(people, tx, post.account)
        workers.append(Worker(post.id, name, post.role, post.place, post.enrolled))
    return workers


async def masked_names(people: People, tx: Tx, posts: Collection[UUID]) -> dict[UUID, str]:
    """Under which name each post is held, masked as a resident's is: for those of one place."""
    accounts = await staff.accounts(tx, posts) if posts else {}
    found = {post: await store.worker(tx, account) for post, account in accounts.items()}
    return {
        post: masked(sealing.open_name(people.keys, accounts[post], sealed))
        for post, sealed in found.items()
        if sealed
    }
