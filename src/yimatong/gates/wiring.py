"""The room's tools and voice, for a request."""

from typing import Any

from litestar.di import Provide

from yimatong.access.permissions import Permission
from yimatong.gates.gate import Tools
from yimatong.gates.say import Speaker
from yimatong.web.pages import AnyRequest, language_of, site_of
from yimatong.web.routes import allowed


def tools_of(gate_tools: Tools) -> Tools:
    """As the door has wired them."""
    return gate_tools


def speaker_of(request: AnyRequest) -> Speaker:
    """Speaks the reader's language."""
    return Speaker(site_of(request).catalogue, language_of(request))


ROOM = {
    "tools": Provide(tools_of, sync_to_thread=False),
    "speaker": Provide(speaker_of, sync_to_thread=False),
}


def page_for(permission: Permission, **more: Any) -> dict[str, Any]:
    """What a page of the room says of itself to the framework."""
    return {
        "opt": allowed(permission),
        "dependencies": {**ROOM, **more},
        "include_in_schema": False,
    }
