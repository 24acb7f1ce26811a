"""What a desk's page sent of who stands there (`scan_form.html`)."""

import asyncio
from typing import get_args

from litestar.datastructures import UploadFile

from yimatong.people.documents import DocumentKind
from yimatong.presence.model import InHand, Shown, Why
from yimatong.presence.picture import text_in
from yimatong.web.forms import Form
from yimatong.web.pages import AnyRequest

DOCUMENT = "document"
"""Which of the two forms was sent."""


async def shown_in(request: AnyRequest, form: Form) -> Shown:
    """The code's text, or else that of the picture, or else the short code; or the document in
    hand, where its own form was sent.

    TooLarge and BadInput of the picture.
    """
    if form["way"] == DOCUMENT:
        return Shown(document=_in_hand(form))
    picture = (await request.form()).get("picture")
    if not form["code"] and isinstance(picture, UploadFile) and picture.filename:
        data = await picture.read()
        return Shown(code=await asyncio.to_thread(text_in, data))
    return Shown(form["code"], form["short"])


def _in_hand(form: Form) -> InHand:
    kinds = {kind.value: kind for kind in DocumentKind}
    reasons: dict[str, Why] = {why: why for why in get_args(Why)}
    return InHand(
        kinds.get(form["document_kind"], DocumentKind.RESIDENT_ID),
        form["document_number"],
        form["name"],
        reasons.get(form["why"]),
        form.ticked("present"),
    )
