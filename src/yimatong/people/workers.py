"""Who works where: a post of `access` with the name that only this room knows."""

from collections.abc import Collection
from uuid import UUID

from yimatong.access import staff
from yimatong.access.permissions import Role
from yimatong.people import sealing, store
from yimatong.people.model import Worker
from yimatong.people.names import check_name, masked
from yimatong.people.phones import check_phone
from yimatong.people.service import People
from yimatong.storage import Tx


async def add(
    people: People, tx: Tx, name: str, phone: str, role: Role, place: UUID | None
) -> tuple[UUID, str]:
    """The post's id and its second factor's secret. BadInput, Conflict as `staff.add`."""
    checked, number = check_name(name), check_phone(phone)
    account = await people.account_for(tx, number)
    added = await staff.add(tx, people.keys, people.clock, people.randomness, account, role, place)
    await store.set_worker(tx, account, sealing.seal_name(people.keys, account, checked))
    return added


async def everyone(people: People, tx: Tx) -> list[Worker]:
    """The first page of workers, for administrators."""
    workers = []
    for post in await staff.posts(tx):
        sealed = await store.worker(tx, post.account)
        name = sealing.open_name(people.keys, post.account, sealed) if sealed else ""
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
