"""What a desk's page sent of who stands there (`scan_form.html`)."""

import asyncio

from litestar.datastructures import UploadFile

from yimatong.presence.model import Shown
from yimatong.presence.picture import text_in
from yimatong.web.forms import Form
from yimatong.web.pages import AnyRequest


async def shown_in(request: AnyRequest, form: Form) -> Shown:
    """The code's text, or else that of the picture, or else the short code.

    TooLarge and BadInput of the picture.
    """
    picture = (await request.form()).get("picture")
    if not form["code"] and isinstance(picture, UploadFile) and picture.filename:
        data = await picture.read()
        return Shown(code=await asyncio.to_thread(text_in, data))
    return Shown(form["code"], form["short"])
