"""What a form that asks for a card offers, and what was typed into it."""

from typing import Any

from yimatong.kernel.words import Language
from yimatong.people.documents import DocumentKind, Sex
from yimatong.people.ethnic_groups import ETHNIC_GROUPS
from yimatong.people.model import Card
from yimatong.people.regions import offered
from yimatong.policy.library import Library
from yimatong.web.forms import Form

LONGEST = {"name": 50, "number": 30}
"""Characters; more cannot be typed, and is refused where it comes anyway."""


def typed_card(form: Form, library: Library) -> Card:
    """The card as typed; a region that no policy at hand is of is left out."""
    sexes = {sex.value: sex for sex in Sex}
    kinds = {kind.value: kind for kind in DocumentKind}
    return Card(
        name=form["name"],
        document_kind=kinds.get(form["document_kind"], DocumentKind.RESIDENT_ID),
        document_number=form["document_number"],
        ethnic_group=form["ethnic_group"],
        region=form["region"] if form["region"] in offered(library) else "",
        sex=sexes.get(form["sex"]),
    )


def choices(library: Library, language: Language) -> dict[str, Any]:
    """What the form's lists hold."""
    return {
        "kinds": [kind.value for kind in DocumentKind],
        "sexes": [sex.value for sex in Sex],
        "groups": [(code, words.said_in(language)) for code, words in ETHNIC_GROUPS.items()],
        "regions": [(name, words.said_in(language)) for name, words in offered(library).items()],
        "longest": LONGEST,
    }
