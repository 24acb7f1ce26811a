"""Taking in a feed's file: whole or not at all, and every row accounted for.

The order of rows does not matter: a row that ends another may stand before it. The same row
again counts once, and an id that says two things in one file is put aside both times, so that
nothing depends on which came first.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

import msgspec

from yimatong.kernel.errors import TooLarge
from yimatong.kernel.ids import new_id
from yimatong.ledger import record
from yimatong.people.service import People
from yimatong.registry import feed_store as store
from yimatong.registry.acts import write_down
from yimatong.registry.feeds import open_feed
from yimatong.registry.model import Aside, Fed, Feed, Import
from yimatong.registry.rows import Row, aside, read_rows
from yimatong.storage import Tx

LARGEST = 64 * 1024 * 1024
"""Bytes of a file: some 300,000 rows; a larger one is sent in parts."""
A_DAY = timedelta(days=1)


async def import_file(
    tx: Tx, people: People, feed: str, content: bytes, signature: bytes
) -> Import:
    """Records what a signed file says, or puts the whole of it by for a checker. Audited.

    The signature stands for whoever sends; no actor is asked for. TooLarge above 64 MB;
    NotFound, NotAllowed and BadInput as `open_feed`, with nothing kept.
    """
    if len(content) > LARGEST:
        raise TooLarge.of("registry.feed.too_large", largest=LARGEST)
    sender = await open_feed(tx, feed, content, signature)
    lines = content.removesuffix(b"\n").split(b"\n") if content else []
    rows, asides = await read_rows(tx, people, feed, lines)
    sorted_out = await _sort_out(tx, feed, rows)
    made = Import(
        id=new_id(people.randomness),
        feed=feed,
        rows=len(lines),
        accepted=sum(len(layer) for layer in sorted_out.layers),
        known=sorted_out.known,
        asides=tuple(sorted([*asides, *sorted_out.asides], key=lambda each: each.line)),
        persons=len(sorted_out.persons),
        state="recorded",
    )
    assert made.rows == made.accepted + made.known + len(made.asides)
    return await _finish(tx, people, sender, made, sorted_out, content)


class _Sorted(msgspec.Struct):
    """What becomes of the rows; a layer retracts only rows of earlier layers or files."""

    layers: list[list[Row]]
    known: int
    asides: list[Aside]
    fed: dict[str, Fed]

    @property
    def persons(self) -> set[UUID]:
        return {row.fact.person for layer in self.layers for row in layer}


async def _sort_out(tx: Tx, feed: str, rows: Sequence[Row]) -> _Sorted:
    named = {row.id for row in rows} | {row.retracts for row in rows if row.retracts is not None}
    fed = await store.fed(tx, feed, named)
    said: dict[str, set[bytes]] = {id: {each.content} for id, each in fed.items()}
    for row in rows:
        if row.id not in fed:
            said.setdefault(row.id, set()).add(row.content)
    sorted_out = _Sorted([], 0, [], fed)
    new: dict[str, Row] = {}
    for row in rows:
        if said[row.id] != {row.content}:
            sorted_out.asides.append(aside(row, "registry.feed.other_content", id=row.id))
        elif row.id in fed or row.id in new:
            sorted_out.known += 1
        else:
            new[row.id] = row
    _lay(sorted_out, new)
    return sorted_out


def _lay(sorted_out: _Sorted, new: dict[str, Row]) -> None:
    """Puts new rows into layers; what retracts nothing that is there is put aside."""
    persons = {id: each.person for id, each in sorted_out.fed.items()}
    while layer := [row for row in new.values() if _is_ready(row, persons)]:
        sorted_out.layers.append(layer)
        for row in layer:
            del new[row.id]
            persons[row.id] = row.fact.person
    for row in new.values():
        sorted_out.asides.append(
            aside(row, "registry.feed.retracts_nothing", retracts=row.retracts)
        )


def _is_ready(row: Row, persons: Mapping[str, object]) -> bool:
    return row.retracts is None or persons.get(row.retracts) == row.fact.person


async def _finish(
    tx: Tx, people: People, sender: Feed, made: Import, sorted_out: _Sorted, content: bytes
) -> Import:
    # keyed, since a file of one row would give its document's number away by a plain hash
    matches = people.keys.matches(hashlib.sha256(content).hexdigest(), "registry.file")
    if await _too_many(tx, people, sender, sorted_out.persons) and not await store.is_approved(
        tx, sender.name, matches
    ):
        made = msgspec.structs.replace(made, state="waiting")
    else:
        await _record(tx, people, sender.name, sorted_out)
    await store.insert_import(tx, made, matches[0], people.clock.now())
    await write_down(
        tx,
        people.clock,
        None,
        f"registry.import_{made.state}",
        feed=sender.name,
        rows=made.rows,
        accepted=made.accepted,
        persons=made.persons,
    )
    return made


async def _too_many(tx: Tx, people: People, sender: Feed, persons: set[UUID]) -> bool:
    since = people.clock.now() - A_DAY
    found = await store.persons_since(tx, sender.name, since, persons)
    return bool(persons) and found > sender.persons_a_day


async def _record(tx: Tx, people: People, feed: str, sorted_out: _Sorted) -> None:
    facts = {id: each.fact for id, each in sorted_out.fed.items()}
    for layer in sorted_out.layers:
        new = [
            msgspec.structs.replace(row.fact, retracts=row.retracts and facts[row.retracts])
            for row in layer
        ]
        ids = await record(tx, people.clock, people.randomness, new)
        facts.update({row.id: id for row, id in zip(layer, ids, strict=True)})
        await store.insert_fed(
            tx,
            feed,
            people.clock.now(),
            [
                (row.id, Fed(row.fact.person, id, row.content))
                for row, id in zip(layer, ids, strict=True)
            ],
        )
