"""Whether the server is alive, whether it is ready, and its figures."""

from litestar import Response, get
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from yimatong.storage import Database
from yimatong.web.routes import PUBLIC, allowed


@get("/healthz", opt=allowed(PUBLIC), include_in_schema=False)
async def alive() -> str:
    """Answers as long as the process lives."""
    return "alive"


@get("/readyz", opt=allowed(PUBLIC), include_in_schema=False)
async def ready(database: Database) -> str:
    """Answers 200 when the database answers as well, else 503 with Retry-After."""
    async with database.transaction() as tx:
        await tx.execute("select 1")
    return "ready"


@get("/metrics", opt=allowed(PUBLIC), include_in_schema=False)
async def figures() -> Response[bytes]:
    """Prometheus figures of the process; no personal data has a place in them."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


ROUTES = [alive, ready, figures]
