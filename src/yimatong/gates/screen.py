"""The guard's screens for one request: whatever happens, one of them is drawn."""

from typing import Any

from litestar.response import Template

from yimatong.access.actor import Actor
from yimatong.gates import handover, service, vehicle
from yimatong.gates.form import GateForm
from yimatong.gates.gate import Gate, Tools, gate_of
from yimatong.gates.model import Handed
from yimatong.gates.say import Opening, Speaker, Verdict
from yimatong.gates.vehicle import Vehicle
from yimatong.kernel.errors import (
    BadInput,
    Conflict,
    NotAllowed,
    TooLarge,
    TooMany,
    YimatongError,
)
from yimatong.storage import Database
from yimatong.web.forms import Form
from yimatong.web.pages import AnyRequest, form_again, page

PATH = "/desk/gate"
TOLD = (BadInput, Conflict, NotAllowed, TooLarge, TooMany)
OURS = ("ticket", "vehicle")
"""Fields of the pages around the scene's own."""
REMEMBERED = "gate"
"""The cookie with what was chosen last: a queue goes one way."""


class Screen:
    """Draws with what a request brought along."""

    def __init__(
        self, request: AnyRequest, database: Database, actor: Actor, tools: Tools, speaker: Speaker
    ) -> None:
        self.request = request
        self.database = database
        self.actor = actor
        self.tools = tools
        self.speaker = speaker

    async def scanner(
        self, error: YimatongError | None = None, form: Form | None = None
    ) -> Template:
        """Camera, picture or short code; how many passed today; what the last shift left."""
        async with self.database.transaction() as tx:
            gate = await gate_of(tx, self.tools, self.actor)
            counts = await service.today(tx, self.tools, gate)
            waiting = await handover.waiting(tx, self.tools, self.actor, gate)
        shown = {"place": gate.post.place, "counts": counts, "waiting": waiting}
        return self._page("gate.html", error, form, **shown)

    async def start(self, form: Form, error: YimatongError | None = None) -> Template:
        """Where the next person is scanned: of the same vehicle, where one was begun."""
        return (
            await self.aboard(form["vehicle"], error, form=form)
            if form["vehicle"]
            else (await self.scanner(error, form))
        )

    async def aboard(
        self,
        pass_on: str,
        error: YimatongError | None = None,
        verdict: Verdict | None = None,
        ticket: str = "",
        form: Form | None = None,
    ) -> Template:
        """The vehicle: who was scanned in it so far, the last answer, and the next person."""
        try:
            async with self.database.transaction() as tx:
                gate = await gate_of(tx, self.tools, self.actor)
                together = vehicle.opened(pass_on, gate, self.tools)
                found = await vehicle.company(tx, self.tools, gate, together)
        except NotAllowed as over:
            return await self.scanner(error or over, form)
        shown = {
            "company": found,
            "vehicle": verdict.vehicle if verdict else pass_on,
            "verdict": verdict,
            "ticket": ticket,
            **self._shared(gate, together),
        }
        return self._page("gate_vehicle.html", error, form, **shown)

    async def person(self, opening: Opening, gate: Gate, pass_on: str) -> Template:
        """Whoever was opened, with the form."""
        return page(self.request, "gate_entry.html", **self._entry(opening, gate, pass_on))

    async def person_again(self, form: Form, error: YimatongError | None = None) -> Template:
        """The person with what was typed; the scanner where the scan has run out meanwhile."""
        try:
            async with self.database.transaction() as tx:
                gate = await gate_of(tx, self.tools, self.actor)
                opening = await service.reopened(tx, self.tools, gate, form["ticket"], self.speaker)
                shown = self._entry(opening, gate, form["vehicle"])
        except (NotAllowed, Conflict) as over:
            return await self.start(form, over)
        if error is None:
            return page(self.request, "gate_entry.html", **shown)
        return form_again(self.request, "gate_entry.html", form, error, **shown)

    async def decided(self, form: Form, verdict: Verdict, ticket: str) -> Template:
        """The answer fills the screen, or heads that of the vehicle."""
        if form["vehicle"] and verdict.vehicle:
            return await self.aboard(verdict.vehicle, verdict=verdict, ticket=ticket)
        return self._page("gate_verdict.html", None, None, verdict=verdict, ticket=ticket)

    def handed(self, form: Form) -> Handed:
        """What the guard typed, under the two tickets."""
        typed = {name: form.many(name) for name in form if name not in OURS}
        return Handed(form["ticket"], typed, form["vehicle"])

    def _entry(self, opening: Opening, gate: Gate, pass_on: str) -> dict[str, Any]:
        together = vehicle.opened(pass_on, gate, self.tools) if pass_on else None
        answered = vehicle.filled(together, gate, {}) if together else {}
        return {
            "opening": opening,
            "form": gate.form.drawn(answered),
            "felt": gate.form.felt,
            "remembered": remembered(self.request.cookies.get(REMEMBERED, ""), gate.form),
            "vehicle": pass_on,
            "path": PATH,
            **self._shared(gate, together),
        }

    def _shared(self, gate: Gate, together: Vehicle | None) -> dict[str, Any]:
        """What is the same for all in the vehicle, in words."""
        if together is None:
            return {"together": None, "shared": []}
        kept = {name: texts[0] for name, texts in together.kept.items()}
        scene = gate.form.scene.id
        shared = [said for _, texts in self.tools.forms.told(scene, kept) for said in texts]
        return {"together": together, "shared": shared}

    def _page(
        self, template: str, error: YimatongError | None, form: Form | None, **shown: Any
    ) -> Template:
        """What was typed is kept where it was wrong."""
        if error is None:
            return page(self.request, template, path=PATH, **shown)
        return form_again(self.request, template, form or Form({}), error, path=PATH, **shown)


def remembered(kept: str, form: GateForm) -> str:
    """What each choice that is remembered begins with: what was chosen last, or else the first,
    so that a queue takes one tap from the first person on."""
    parts = set(kept.split("."))
    begun = []
    for field in form.remembered:
        allowed = [f"{field.id}-{one.id}" for one in field.options]
        begun.append(next((one for one in allowed if one in parts), allowed[0]))
    return ".".join(begun)


def to_remember(form: Form, gate: GateForm) -> str:
    """What was chosen, as the cookie has it: names and answers of the scene, nothing that was
    typed."""
    return ".".join(
        f"{field.id}-{form[field.id]}"
        for field in gate.remembered
        if form[field.id] in {one.id for one in field.options}
    )


def screen_of(
    request: AnyRequest, database: Database, actor: Actor, tools: Tools, speaker: Speaker
) -> Screen:
    """For handlers that ask for `screen`."""
    return Screen(request, database, actor, tools, speaker)
