"""The API against its own description: whatever is sent, no 500, and every answer as described."""

import asyncio

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import checks as has
from tests.lib.logins import gate, resident, worker
from tests.lib.process import process
from tests.lib.told import told

from yimatong.access.permissions import Role
from yimatong.doors.config import Config
from yimatong.doors.world import open_world

EXAMPLES = 6
CHECKS = (
    has.not_a_server_error,
    has.status_code_conformance,
    has.content_type_conformance,
    has.response_schema_conformance,
)  # without allow_header_conformance: the framework leaves that header out (Litestar 4169)
ENDS_THE_SESSION = {"/api/v1/logout"}


async def _sessions(database_url, keys) -> dict[str, dict[str, str]]:
    """Headers of a resident, a guard and an issuer."""
    config = Config(database_url=database_url, accept_keys="test")
    async with open_world(config, database_url, keys) as world:
        person = await resident(world)
        await told(world, person.person, [("declaration", "self", 0)])
        guard = await worker(world, Role.GUARD, await gate(world), serial=1)
        issuer = await worker(world, Role.ISSUER, serial=2)
    return {"resident": person.headers, "guard": guard.headers, "issuer": issuer.headers}


@pytest.mark.parametrize("who", ["nobody", "resident", "guard", "issuer"])
def test_every_answer_is_as_the_api_describes_it(database_url, tmp_path, who):
    with process(database_url, tmp_path) as server:
        headers = asyncio.run(_sessions(database_url, server.keys)).get(who, {})
        schema = schemathesis.openapi.from_url(f"{server.url}/api/schema/openapi.json")
        operations = [found.ok() for found in schema.get_all_operations()]
        assert len(operations) > 20
        for operation in operations:
            if operation.path not in ENDS_THE_SESSION:
                _try(operation, {"Origin": server.url, **headers})
        assert "request.broken" not in server.log()


def _try(operation, headers) -> None:
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def answered(case) -> None:
        case.call_and_validate(headers=headers, checks=list(CHECKS), timeout=20)

    answered()
