"""The whole scan at once: a code and what was entered in, a verdict out.

For gates whose program reads code and thermometer by itself. Scans that arrive together are
carried out together: one session look-up, one reading of standings, one insert, one commit for
all of them. An answer goes out after its commit, never before.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID

import msgspec

from yimatong import places
from yimatong.access import idempotency
from yimatong.access.actor import Actor
from yimatong.access.idempotency import Earlier, Raced, Request
from yimatong.access.permissions import Permission
from yimatong.access.quota import take_many
from yimatong.access.sessions import actors_of
from yimatong.codes import paper
from yimatong.gates import decision
from yimatong.gates.decision import Scan
from yimatong.gates.entry import check_plate, check_reading
from yimatong.gates.group import Group
from yimatong.gates.model import QUOTA, Direction, Entry, Felt, Reason, Tools
from yimatong.gates.say import Speaker
from yimatong.gates.sealing import answer_context
from yimatong.kernel.errors import BadInput, NotAllowed, NotLoggedIn, YimatongError
from yimatong.kernel.words import Catalogue, Language
from yimatong.places import Place
from yimatong.presence.model import Post, Present
from yimatong.presence.showing import post_at, present_by_code, revoked
from yimatong.storage import Database, Tx

RECORDED = 201
_JSON = msgspec.json.Encoder()


class ScanAtOnce(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The text of the QR code just read and the passage: `temperature` in ℃ as text, or else
    `felt`; `plate` where there is a vehicle."""

    code: str
    direction: Direction
    reason: Reason
    temperature: str | None = None
    felt: Felt | None = None
    plate: str | None = None


class Knock(msgspec.Struct, frozen=True):
    """A scan as it came in: whose session, under which key, in whose language."""

    token: str
    key: str
    scan: ScanAtOnce
    language: Language


class _Ready(msgspec.Struct, frozen=True):
    request: Request
    scan: Scan


_Answer = bytes | YimatongError
_Seen = tuple[Present, Entry] | YimatongError


class Scans:
    """Takes scans one by one and carries them out in groups."""

    def __init__(self, tools: Tools, database: Database, catalogue: Catalogue) -> None:
        self._tools = tools
        self._database = database
        self._speakers: Mapping[Language, Speaker] = {
            language: Speaker(catalogue, language) for language in ("zh", "en")
        }
        self._group: Group[Knock, bytes] = Group(self._carry)

    async def submit(self, knock: Knock) -> bytes:
        """The verdict as JSON; sent again under the same key, the first one again.

        NotLoggedIn, NotAllowed, Conflict (the place is not open), BadInput of code or entry,
        Unavailable where more wait than can be served.
        """
        idempotency.check_key(knock.key)
        return await self._group.submit(knock)

    async def _carry(self, knocks: Sequence[Knock]) -> list[_Answer]:
        try:
            return await self._carried(knocks)
        except Raced:
            if len(knocks) > 1:
                raise  # the group tries them one by one
            return await self._carried(knocks)

    async def _carried(self, knocks: Sequence[Knock]) -> list[_Answer]:
        seen: Sequence[_Seen] = [self._seen(knock) for knock in knocks]
        async with self._database.transaction() as tx:
            posts = await self._posts(tx, knocks)
            seen = await _without_revoked(tx, seen)
            requests = [
                post if isinstance(post, YimatongError) else _request(post, knock)
                for post, knock in zip(posts, knocks, strict=True)
            ]
            earlier = await idempotency.answered(
                tx, [one for one in requests if isinstance(one, Request)]
            )
            begun: Sequence[_Ready | _Answer] = [
                self._begun(post, request, shown, earlier)
                for post, request, shown in zip(posts, requests, seen, strict=True)
            ]
            begun = await _within_quota(tx, self._tools, begun)
            recorded = await self._recorded(tx, knocks, begun)
        return [
            recorded[place] if isinstance(one, _Ready) else one for place, one in enumerate(begun)
        ]

    def _seen(self, knock: Knock) -> _Seen:
        """Who shows the code, and what was entered; all that needs no database."""
        scan = knock.scan
        try:
            reading = check_reading(scan.temperature, scan.felt)
            entry = Entry(reading, scan.direction, scan.reason, check_plate(scan.plate))
            return present_by_code(self._tools, scan.code), entry
        except BadInput as error:
            return error

    async def _posts(self, tx: Tx, knocks: Sequence[Knock]) -> list[Post | YimatongError]:
        actors = await actors_of(tx, self._tools.clock, {knock.token for knock in knocks})
        at = {actor.place for actor in actors.values() if actor.place is not None}
        open_at = await places.several(tx, at) if at else {}
        posts = {token: _post(actor, open_at) for token, actor in actors.items()}
        nobody = NotLoggedIn.of("web.not_logged_in")
        return [posts.get(knock.token, nobody) for knock in knocks]

    async def _recorded(
        self, tx: Tx, knocks: Sequence[Knock], begun: Sequence[_Ready | _Answer]
    ) -> dict[int, bytes]:
        """The new verdicts by their place among the knocks, once they and their keys are kept."""
        ready = {place: one for place, one in enumerate(begun) if isinstance(one, _Ready)}
        if not ready:
            return {}
        passages = await decision.decide(tx, self._tools, [one.scan for one in ready.values()])
        answers = {
            place: _JSON.encode(
                self._speakers[knocks[place].language].verdict(
                    one.scan.post, one.scan.present, passage
                )
            )
            for (place, one), passage in zip(ready.items(), passages, strict=True)
        }
        requests = [one.request for one in ready.values()]
        seal = self._tools.keys.seal
        sealed = [seal(answers[place], answer_context(one.request)) for place, one in ready.items()]
        await idempotency.keep(tx, self._tools.clock, requests, RECORDED, sealed)
        return answers

    def _begun(
        self,
        post: Post | YimatongError,
        request: Request | YimatongError,
        seen: tuple[Present, Entry] | YimatongError,
        earlier: Mapping[tuple[UUID, str], Earlier | BadInput],
    ) -> "_Ready | _Answer":
        """Why not, or what was answered before, or ready to be decided."""
        if isinstance(post, YimatongError):
            return post
        assert isinstance(request, Request)  # there is one wherever there is a post
        known = earlier.get((request.account, request.key))
        if known is not None:
            return self._opened(request, known) if isinstance(known, Earlier) else known
        return seen if isinstance(seen, YimatongError) else _Ready(request, Scan(post, *seen))

    def _opened(self, request: Request, earlier: Earlier) -> bytes:
        return self._tools.keys.open(earlier.body, answer_context(request))


async def _without_revoked(tx: Tx, seen: Sequence[_Seen]) -> Sequence[_Seen]:
    """Refuses paper cards that are good no longer: one question, and none where all show phones."""
    cards = {one[0].card for one in seen if isinstance(one, tuple)} - {None}
    if not cards:
        return seen
    good = {None, *await paper.good(tx, [card for card in cards if card])}
    return [
        revoked() if isinstance(one, tuple) and one[0].card not in good else one for one in seen
    ]


async def _within_quota(
    tx: Tx, tools: Tools, begun: Sequence["_Ready | _Answer"]
) -> Sequence["_Ready | _Answer"]:
    """Refuses guards who have scanned more than QUOTA: one statement, however many there are."""
    counts = Counter(one.scan.post.staff for one in begun if isinstance(one, _Ready))
    over = await take_many(tx, tools.clock, counts, QUOTA) if counts else {}
    return [over.get(one.scan.post.staff, one) if isinstance(one, _Ready) else one for one in begun]


def _post(actor: Actor, open_at: Mapping[UUID, Place]) -> Post | YimatongError:
    if not actor.may(Permission.GATE_SCAN):
        return NotAllowed.of("web.not_allowed")
    try:
        return post_at(actor, open_at)
    except YimatongError as error:
        return error


def _request(post: Post, knock: Knock) -> Request:
    body = hashlib.sha256(_JSON.encode(knock.scan)).digest()
    return Request(post.account, knock.key, body)
