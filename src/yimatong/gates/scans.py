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
from yimatong.access.quota import Count, take_many, used_up
from yimatong.access.sessions import actors_of
from yimatong.codes import paper
from yimatong.gates import decision
from yimatong.gates.decision import Scan
from yimatong.gates.gate import Gate, Tools
from yimatong.gates.group import Group
from yimatong.gates.model import Entry, More, Passage
from yimatong.gates.say import Speaker
from yimatong.gates.sealing import answer_context
from yimatong.kernel.clock import day_of
from yimatong.kernel.errors import BadInput, NotAllowed, NotLoggedIn, YimatongError
from yimatong.kernel.words import Catalogue, Language
from yimatong.places import Place
from yimatong.presence.model import Present
from yimatong.presence.showing import post_at, present_by_code, revoked
from yimatong.scenes import flat
from yimatong.storage import Database, Tx

RECORDED = 201
_JSON = msgspec.json.Encoder()


class ScanAtOnce(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The text of the QR code just read, and the answers that the place's scene asks for:
    `temperature` in ℃ as text, or else `felt`; `plate` where there is a vehicle; `more` what a
    scene asks beyond these, by field."""

    code: str
    direction: str | None = None
    reason: str | None = None
    temperature: str | None = None
    felt: str | None = None
    plate: str | None = None
    more: More | None = None


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
_Seen = Present | YimatongError


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
            gates = await self._gates(tx, knocks)
            seen = await _without_revoked(tx, seen)
            requests = [
                gate if isinstance(gate, YimatongError) else _request(gate, knock)
                for gate, knock in zip(gates, knocks, strict=True)
            ]
            earlier = await idempotency.answered(
                tx, [one for one in requests if isinstance(one, Request)]
            )
            begun = [
                self._begun(gate, request, shown, knock, earlier)
                for gate, request, shown, knock in zip(gates, requests, seen, knocks, strict=True)
            ]
            begun = await self._within_quota(tx, begun)
            recorded = await self._recorded(tx, knocks, begun)
        return [
            recorded[place] if isinstance(one, _Ready) else one for place, one in enumerate(begun)
        ]

    def _seen(self, knock: Knock) -> _Seen:
        """Who shows the code; all that needs no database."""
        try:
            return present_by_code(self._tools, knock.scan.code)
        except BadInput as error:
            return error

    async def _gates(self, tx: Tx, knocks: Sequence[Knock]) -> list[Gate | YimatongError]:
        actors = await actors_of(tx, self._tools.clock, {knock.token for knock in knocks})
        at = {actor.place for actor in actors.values() if actor.place is not None}
        open_at = await places.several(tx, at) if at else {}
        gates = {token: self._gate(actor, open_at) for token, actor in actors.items()}
        nobody = NotLoggedIn.of("web.not_logged_in")
        return [gates.get(knock.token, nobody) for knock in knocks]

    def _gate(self, actor: Actor, open_at: Mapping[UUID, Place]) -> Gate | YimatongError:
        if not actor.may(Permission.GATE_SCAN):
            return NotAllowed.of("web.not_allowed")
        try:
            post = post_at(actor, open_at)
            return Gate(post, self._tools.forms.at(post.place))
        except YimatongError as error:
            return error

    async def _within_quota(self, tx: Tx, begun: list[_Ready | _Answer]) -> list[_Ready | _Answer]:
        """Counts everybody who is ready, in one statement; who is over is told instead."""
        posts = [one.scan.gate for one in begun if isinstance(one, _Ready)]
        if not posts:
            return begun
        persons = Counter(gate.post.staff for gate in posts)
        counts = {
            gate.post.staff: Count(persons[gate.post.staff], gate.form.quota) for gate in posts
        }
        over = await take_many(tx, self._tools.clock, counts)
        if not over:
            return begun
        told = used_up(self._tools.clock)
        return [
            told if isinstance(one, _Ready) and one.scan.gate.post.staff in over else one
            for one in begun
        ]

    async def _recorded(
        self, tx: Tx, knocks: Sequence[Knock], begun: Sequence[_Ready | _Answer]
    ) -> dict[int, bytes]:
        """The new verdicts by their place among the knocks, once they and their keys are kept."""
        ready = {place: one for place, one in enumerate(begun) if isinstance(one, _Ready)}
        if not ready:
            return {}
        passages = await decision.decide(tx, self._tools, [one.scan for one in ready.values()])
        answers = {
            place: self._answer(knocks[place], one.scan, passage)
            for (place, one), passage in zip(ready.items(), passages, strict=True)
        }
        requests = [one.request for one in ready.values()]
        seal = self._tools.keys.seal
        sealed = [seal(answers[place], answer_context(one.request)) for place, one in ready.items()]
        await idempotency.keep(tx, self._tools.clock, requests, RECORDED, sealed)
        return answers

    def _answer(self, knock: Knock, scan: Scan, passage: Passage) -> bytes:
        verdict = self._speakers[knock.language].verdict(scan.gate.post, scan.present, passage)
        return _JSON.encode(verdict)

    def _begun(
        self,
        gate: Gate | YimatongError,
        request: Request | YimatongError,
        seen: _Seen,
        knock: Knock,
        earlier: Mapping[tuple[UUID, str], Earlier | BadInput],
    ) -> "_Ready | _Answer":
        """Why not, or what was answered before, or ready to be decided."""
        if isinstance(gate, YimatongError):
            return gate
        assert isinstance(request, Request)  # there is one wherever there is a gate
        known = earlier.get((request.account, request.key))
        if known is not None:
            return self._opened(request, known) if isinstance(known, Earlier) else known
        if isinstance(seen, YimatongError):
            return seen
        try:
            return _Ready(request, Scan(gate, seen, self._entry(gate, knock.scan)))
        except BadInput as error:
            return error

    def _entry(self, gate: Gate, scan: ScanAtOnce) -> Entry:
        today = day_of(self._tools.clock.now())
        answers = {
            "direction": scan.direction,
            "reason": scan.reason,
            "temperature": scan.temperature,
            "felt": scan.felt,
            "plate": scan.plate,
        }
        given = {name: text for name, text in answers.items() if text is not None}
        if scan.more:
            return gate.form.entry(flat({**scan.more, **given}), today)
        return gate.form.at_once(given, today)

    def _opened(self, request: Request, earlier: Earlier) -> bytes:
        return self._tools.keys.open(earlier.body, answer_context(request))


async def _without_revoked(tx: Tx, seen: Sequence[_Seen]) -> Sequence[_Seen]:
    """Refuses paper cards that are good no longer: one question, and none where all show phones."""
    cards = {one.card for one in seen if isinstance(one, Present)} - {None}
    if not cards:
        return seen
    good = {None, *await paper.good(tx, [card for card in cards if card])}
    return [revoked() if isinstance(one, Present) and one.card not in good else one for one in seen]


def _request(gate: Gate, knock: Knock) -> Request:
    body = hashlib.sha256(_JSON.encode(knock.scan)).digest()
    return Request(gate.post.account, knock.key, body)
