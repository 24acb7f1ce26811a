"""What a guard is shown of a person and of a verdict: no reason that tells of an illness.

The rule that made a colour and the fact behind it are for the person's own page (YM-02,
YM-09); a guard needs the colour, the temperature and what to do.
"""

from datetime import datetime
from uuid import UUID

import msgspec

from yimatong.codes.model import SHAPES, Shape
from yimatong.gates.model import Passage
from yimatong.kernel.words import Catalogue, Language
from yimatong.policy.model import Answer, Colour, State
from yimatong.policy.standing import Standing
from yimatong.presence.model import How, Post, Present


class Opening(msgspec.Struct, frozen=True, kw_only=True):
    """A person as the guard sees them before the temperature is taken."""

    ticket: str
    """Proof that this person was here, for this worker at this gate, for ten minutes."""
    name: str
    """Masked."""
    document_tail: str
    state: State
    colour: Colour | None
    word: str
    shape: Shape
    to_do: str
    how: How
    """How one knows who it is."""
    compare: str | None = None
    """What to compare where no phone vouches for the person."""


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """A passage that is recorded, and what to tell the person."""

    passage: UUID
    at: datetime
    place: str
    verdict: Answer
    verdict_word: str
    """通行, 待行 or 禁行."""
    name: str
    document_tail: str
    state: State
    colour: Colour | None
    word: str
    shape: Shape
    fever: bool
    why: str
    to_do: str
    compare: str | None = None
    """As in the opening."""
    vehicle: str | None = None
    """Where it passed in a vehicle, step by step: the ticket with which the next person in it is
    recorded, for an hour, by the same worker at the same gate."""


class Speaker:
    """Says it in one language."""

    def __init__(self, catalogue: Catalogue, language: Language) -> None:
        self._catalogue = catalogue
        self._language = language

    def _say(self, key: str, **params: object) -> str:
        return self._catalogue.say(key, self._language, **params)

    def opening(self, ticket: str, present: Present, standing: Standing) -> Opening:
        seen = standing.colour or standing.state
        return Opening(
            ticket=ticket,
            name=present.name,
            document_tail=present.document_tail,
            state=standing.state,
            colour=standing.colour,
            word=self._say(f"codes.look.{seen}"),
            shape=SHAPES[standing.colour],
            to_do=self._say(f"gates.before.{seen}"),
            how=present.how,
            compare=self._compare(present),
        )

    def verdict(
        self,
        post: Post,
        present: Present,
        passage: Passage,
        *,
        reported: bool = False,
        vehicle: str | None = None,
    ) -> Verdict:
        """`reported`: the guard refused, whatever the place's table says."""
        seen = passage.colour or passage.state
        case = "reported" if reported else _case(passage)
        return Verdict(
            passage=passage.id,
            at=passage.at,
            place=post.place.name,
            verdict=passage.verdict,
            verdict_word=self._say(f"gates.verdict.{passage.verdict}"),
            name=present.name,
            document_tail=present.document_tail,
            state=passage.state,
            colour=passage.colour,
            word=self._say(f"codes.look.{seen}"),
            shape=SHAPES[passage.colour],
            fever=passage.fever,
            why=self._why(passage, seen),
            to_do=self._say(f"gates.to_do.{case}"),
            compare=self._compare(present),
            vehicle=vehicle,
        )

    def _compare(self, present: Present) -> str | None:
        if present.how in ("code", "short"):
            return None
        return self._say(f"presence.compare.{present.how}")

    def _why(self, passage: Passage, seen: str) -> str:
        code = self._say(f"gates.why.{seen}")
        measured = passage.entry.reading.measured
        if measured is not None:
            kind = "measured_fever" if passage.fever else "measured_normal"
            return code + self._say(f"gates.temperature.{kind}", value=measured)
        warm = passage.entry.reading.warm
        if warm is None:
            return code
        return code + self._say(f"gates.temperature.felt_{'abnormal' if warm else 'normal'}")


def _case(passage: Passage) -> str:
    """Which advice fits: fever goes before the code, unless the person may pass anyway."""
    if passage.verdict == "admit":
        return "admit_fever" if passage.fever else "admit"
    if passage.fever:
        return "fever"
    return passage.colour or passage.state
