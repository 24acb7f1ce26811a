"""The desk page of invitations: a list in, and what became of each line."""

from litestar import get, post
from litestar.datastructures import UploadFile
from litestar.response import Template

from yimatong.access.actor import Actor
from yimatong.access.permissions import Permission
from yimatong.invitations.model import (
    AGAIN_AFTER,
    LISTS_A_DAY,
    LONGEST_LINE,
    MOST,
    Invitation,
    Purpose,
    Result,
)
from yimatong.invitations.once import ROOM, Once
from yimatong.kernel.errors import BadInput, NotAllowed, Problem, TooMany, Where, YimatongError
from yimatong.kernel.ids import Randomness, new_id
from yimatong.kernel.words import LANGUAGES
from yimatong.web.forms import Form
from yimatong.web.pages import AnyRequest, page, problem_texts
from yimatong.web.routes import allowed

DESK = "/desk/invitations"
MAY = allowed(Permission.INVITE)
LONGEST_LIST = (MOST + 1) * LONGEST_LINE
"""Characters that are read: more than any list that is taken."""


@get(DESK, opt=MAY, include_in_schema=False)
async def form(request: AnyRequest, randomness: Randomness) -> Template:
    """An empty form."""
    return _page(request, randomness)


@post(DESK, opt=MAY, dependencies=ROOM, include_in_schema=False, status_code=200)
async def invite(
    request: AnyRequest, invite_once: Once, actor: Actor, randomness: Randomness
) -> Template:
    """Invites the list, or says what is wrong. What was typed is not shown again but for a
    mistake; the result names lines, not numbers. Sent twice it is one list."""
    typed, uploaded = await _read(request)
    try:
        invitation = _invitation(typed, uploaded)
        result = await invite_once(actor, f"invitations:{typed['once'][:40]}", invitation)
    except (BadInput, TooMany, NotAllowed) as error:
        return _page(request, randomness, typed, error=error)
    return _page(request, randomness, result=result)


async def _read(request: AnyRequest) -> tuple[Form, str]:
    """The fields, uncut, and the text of the file where there is one."""
    posted = await request.form()
    fields: dict[str, list[str]] = {}
    uploaded = ""
    for name, value in posted.multi_items():
        if isinstance(value, str):
            fields.setdefault(name, []).append(value[: LONGEST_LIST + 1])
        elif isinstance(value, UploadFile):
            uploaded = _decoded(await value.read(LONGEST_LIST + 1))
    return Form(fields), uploaded


def _decoded(content: bytes) -> str:
    """As UTF-8, else as Windows in China writes it; what is neither is no number."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", errors="replace")


def _invitation(typed: Form, uploaded: str) -> Invitation:
    """BadInput with every problem. A list in both places is refused rather than half read."""
    problems = []
    purpose = next((one for one in Purpose if one == typed["purpose"]), None)
    language = next((one for one in LANGUAGES if one == typed["sms_language"]), None)
    pasted = typed["numbers"].rstrip()
    lines = (pasted or uploaded.rstrip()).splitlines()
    if purpose is None:
        problems.append(Problem("invitations.choose", Where(field="purpose")))
    if language is None:
        problems.append(Problem("invitations.choose", Where(field="sms_language")))
    if pasted and uploaded.strip():
        problems.append(Problem("invitations.both", Where(field="numbers")))
    if not 1 <= len(lines) <= MOST:
        found: dict[str, object] = {"found": len(lines), "most": MOST}
        problems.append(Problem("invitations.how_many", Where(field="numbers"), found))
    if problems or purpose is None or language is None:
        raise BadInput(*problems)
    return Invitation(purpose, language, [line[:LONGEST_LINE] for line in lines])


def _page(
    request: AnyRequest,
    randomness: Randomness,
    typed: Form | None = None,
    result: Result | None = None,
    error: YimatongError | None = None,
) -> Template:
    return page(
        request,
        "invitations.html",
        error.status if error else 200,
        typed=typed or Form({}),
        problems=problem_texts(request, error) if error else {},
        result=result,
        once=new_id(randomness).hex,
        purposes=list(Purpose),
        most=MOST,
        lists=LISTS_A_DAY,
        days=AGAIN_AFTER.days,
    )


ROUTES = [form, invite]
