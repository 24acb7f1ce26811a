"""Feeds: senders of signed files, let in by two persons.

A feed signs the bytes of a file with ES256 (ECDSA on P-256 with SHA-256); the signature comes
beside it, in DER, as `openssl dgst -sha256 -sign` writes it. A file of which a part is missing
or changed has no right signature, so nothing of it is read.
"""

import re
from uuid import UUID

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.kernel.clock import Clock
from yimatong.kernel.errors import BadInput, Conflict, NotAllowed, NotFound, Where
from yimatong.registry import feed_store as store
from yimatong.registry.acts import require, write_down
from yimatong.registry.model import Feed
from yimatong.storage import Tx

MOST_PERSONS_A_DAY = 100_000
_NAME = re.compile(r"[a-z][a-z0-9-]{1,39}", re.ASCII)


async def propose_feed(
    tx: Tx, clock: Clock, actor: Actor, name: str, public_key: bytes, persons_a_day: int
) -> None:
    """Keeps a feed's key (PEM), of no use until it is approved. Audited.

    NotAllowed without the registrar's role; BadInput where the name, the key (P-256) or the
    number (0 … 100,000) is not as it must be; Conflict where there is a feed of this name.
    """
    require(actor, Permission.REGISTRY_PROPOSE)
    if not _NAME.fullmatch(name):
        raise BadInput.of("registry.feed.name", Where(field="name"), found=name)
    if not 0 <= persons_a_day <= MOST_PERSONS_A_DAY:
        where = Where(field="persons_a_day")
        raise BadInput.of("registry.feed.persons_a_day", where, most=MOST_PERSONS_A_DAY)
    feed = Feed(
        name=name,
        public_key=_der(public_key),
        persons_a_day=persons_a_day,
        maker=actor.account,
        checker=None,
        ended=False,
    )
    if not await store.insert_feed(tx, feed, clock.now()):
        raise Conflict.of("registry.feed.exists", name=name)
    await write_down(tx, clock, actor, "registry.propose_feed", feed=name)


async def approve_feed(tx: Tx, clock: Clock, actor: Actor, name: str) -> None:
    """Lets a feed in. NotAllowed without the checker's role or for the maker; NotFound; Conflict
    where it was let in already or has ended."""
    require(actor, Permission.REGISTRY_APPROVE)
    feed = await _known(tx, name)
    if feed.checker is not None or feed.ended:
        raise Conflict.of("registry.feed.decided", name=name)
    if feed.maker == actor.account:
        raise NotAllowed.of("registry.same_person")
    await store.approve_feed(tx, name, actor.account, clock.now())
    await write_down(tx, clock, actor, "registry.approve_feed", feed=name)


async def end_feed(tx: Tx, clock: Clock, actor: Actor, name: str) -> None:
    """Takes no more files of the feed, for good; for a key that was lost. A checker's alone."""
    require(actor, Permission.REGISTRY_APPROVE)
    await _known(tx, name)
    await store.end_feed(tx, name, clock.now())
    await write_down(tx, clock, actor, "registry.end_feed", feed=name)


async def approve_file(tx: Tx, clock: Clock, actor: Actor, id: UUID) -> None:
    """Lets a waiting file change as many people as it does; it is then imported again.

    NotAllowed without the checker's role; NotFound where no such file waits.
    """
    require(actor, Permission.REGISTRY_APPROVE)
    feed = await store.approve_import(tx, id, actor.account)
    if feed is None:
        raise NotFound.of("registry.feed.no_waiting_file")
    await write_down(tx, clock, actor, "registry.approve_file", feed=feed, file=id)


async def open_feed(tx: Tx, name: str, content: bytes, signature: bytes) -> Feed:
    """The feed that signed the content, locked until the transaction ends.

    NotFound; NotAllowed where nobody let it in or it has ended; BadInput where the signature
    is not of this content by this feed.
    """
    feed = await _known(tx, name)
    if feed.checker is None or feed.ended:
        raise NotAllowed.of("registry.feed.not_let_in", name=name)
    key = serialization.load_der_public_key(feed.public_key)
    assert isinstance(key, ec.EllipticCurvePublicKey)
    try:
        key.verify(signature, content, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        raise BadInput.of("registry.feed.signature", name=name) from None
    return feed


async def _known(tx: Tx, name: str) -> Feed:
    feed = await store.lock_feed(tx, name)
    if feed is None:
        raise NotFound.of("registry.feed.unknown", name=name)
    return feed


def _der(pem: bytes) -> bytes:
    try:
        key = serialization.load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise BadInput.of("registry.feed.key", Where(field="public_key"))
    return key.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
