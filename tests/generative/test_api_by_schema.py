"""Whatever a program sends to the API, the answer is one that its description knows."""

import os
import re
import subprocess
from pathlib import Path

import httpx
import pytest
import schemathesis
from tests.lib.effort import DEEP
from tests.lib.logins import gate, resident, worker
from tests.lib.told import told

from yimatong.access.permissions import PERMISSIONS, Role
from yimatong.doors.web import application
from yimatong.web.routes import PUBLIC

CHECKS = ("not_a_server_error", "status_code_conformance", "content_type_conformance",
          "response_schema_conformance")  # fmt: skip
"""Not `allow_header_conformance`: Litestar names one method of several (its issue 4169)."""
EXAMPLES = 8


async def a_resident(world, serial):
    login = await resident(world, "hubei", serial)
    await told(world, login.person, [("declaration", "self", 0)])
    return login


async def a_guard(world, serial):
    return await worker(world, Role.GUARD, await gate(world), serial)


async def an_issuer(world, serial):
    return await worker(world, Role.ISSUER, None, serial)


async def nobody(_world, _serial):
    return None


ASKED = {
    "public": (nobody, frozenset({PUBLIC})),
    "resident": (a_resident, PERMISSIONS[Role.RESIDENT]),
    "guard": (a_guard, PERMISSIONS[Role.GUARD] - PERMISSIONS[Role.RESIDENT]),
    "issuer": (an_issuer, PERMISSIONS[Role.ISSUER] - PERMISSIONS[Role.RESIDENT]),
}
"""Who asks, and what for: what others may do is refused to them before anything is read, and
tests/contracts walk that."""
PARTS = 3
"""The many operations of a resident are tried by as many tests, side by side."""
TRIED = [(who, part) for who in ASKED for part in range(PARTS if who == "resident" else 1)]


def paths_of(live, who: str, part: int) -> list[str]:
    """A part of the operations that somebody has the permission for."""
    permissions, found = ASKED[who][1], set()
    for route in application(live.world).routes:
        for handler in getattr(route, "route_handlers", ()):
            path = re.sub(r":[a-z]+(?=})", "", route.path)
            if path.startswith("/api/v1/") and handler.opt.get("permission") in permissions:
                found.add(path)
    parts = PARTS if who == "resident" else 1
    return sorted(found - {"/api/v1/logout"})[part::parts]


@pytest.mark.parametrize(("who", "part"), TRIED)
def test_no_answer_surprises_a_program(live, who, part, tmp_path):
    login = live.do(ASKED[who][0](live.world, live.next()))
    header = ["--header", f"Authorization: {login.headers['Authorization']}"] if login else []
    done = subprocess.run(
        [
            Path(".venv/bin/st").absolute(), "run", f"{live.url}/api/schema/openapi.json", *header,
            "--checks", ",".join(CHECKS), "--phases", "coverage,fuzzing", "--max-examples",
            str(DEEP or EXAMPLES), "--seed", "20200216", "--suppress-health-check", "all",
            *(f"--include-path={path}" for path in paths_of(live, who, part)), "--no-color",
        ],
        cwd=tmp_path, capture_output=True, text=True, check=False, env=os.environ,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-20000:] + done.stderr[-2000:]


HOME = {"division": "420100", "township": "一街道", "address": "一路", "temperature": "36.5"}
NO = dict.fromkeys(
    ("contact_case", "stay_abroad", "stay_risk_area", "contact_risk_person",
     "contact_fever_patient"), False,
)  # fmt: skip
ENTRY = {"direction": "in", "reason": "home", "felt": "normal"}


@pytest.fixture
def ask(live):
    """Sends a request, and holds the answer against what is described of it."""
    described = schemathesis.openapi.from_url(f"{live.url}/api/schema/openapi.json")

    def ask(login, method: str, path: str, body=None):
        headers = login.headers | {"Idempotency-Key": path}
        answer = httpx.request(method, live.url + path, json=body, headers=headers)
        described[path.partition("?")[0]][method].validate_response(answer)
        assert answer.is_success, answer.text
        return answer.json()

    return ask


def test_right_requests_of_a_resident_are_answered_as_described(live, ask):
    """The generated ones are hardly ever right."""
    login = live.do(a_resident(live.world, live.next()))
    promise = live.world.library.named("hubei", live.world.clock.now()).promise.zh
    sheet = HOME | {"promise": promise}
    ask(
        login,
        "POST",
        "/api/v1/declarations",
        sheet | NO | {"kind": "resident", "symptoms": ["none"]},
    )
    ask(login, "POST", "/api/v1/check-ins", sheet | {"conditions": ["none"], "lately": ["none"]})
    for path in ("card", "code", "standing", "permit", "declarations", "check-ins"):
        assert ask(login, "GET", f"/api/v1/{path}")


def test_right_requests_of_the_desks_are_answered_as_described(live, ask):
    person, guard, issuer = (
        live.do(who(live.world, live.next())) for who in (a_resident, a_guard, an_issuer)
    )
    code = {"code": ask(person, "GET", "/api/v1/code")["text"]}
    ticket = {"ticket": ask(guard, "POST", "/api/v1/gate/openings", code)["ticket"]}
    plate = {"plate": "湘A12345", "more": None}
    passage = ask(guard, "POST", "/api/v1/gate/passages", ticket | ENTRY | plate)
    vehicle = {"vehicle": passage["vehicle"]}
    assert ask(guard, "POST", "/api/v1/gate/vehicles/search", vehicle)["count"] == 1
    assert ask(guard, "POST", "/api/v1/gate/passages/search", ticket)
    ask(guard, "POST", "/api/v1/gate/reports", ticket | {"concern": "track"})
    ask(guard, "POST", "/api/v1/gate/scans", code | ENTRY)
    handover = ask(guard, "POST", "/api/v1/gate/handovers", {"note": "x"})
    for path in ("scene", "passages?verdict=admit", "counts", "reports", "handovers"):
        assert ask(guard, "GET", f"/api/v1/gate/{path}")
    assert handover["mine"] is True
    assert ask(issuer, "GET", "/api/v1/desk/permits?region=hubei")
