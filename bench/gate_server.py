"""`python -m bench.gate_server WAY PORT URL KEYS`: one of B3's ways, on the first core alone."""

import os
import sys
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import asyncpg
import uvicorn
import uvloop

from bench.gate_by_hand import Gate, bare
from yimatong.doors.config import Config
from yimatong.doors.serving import settled
from yimatong.doors.web import asgi
from yimatong.doors.world import open_world
from yimatong.kernel.ids import system_randomness
from yimatong.keys import from_file


async def serve(way: str, port: int, url: str, keys_file: Path) -> None:
    async with AsyncExitStack() as stack:
        app: Any = bare
        keys = from_file(keys_file, system_randomness)
        if way == "ours":
            config = Config(database_url=url, accept_keys="test", secure_cookies=False)
            app = asgi(await stack.enter_async_context(open_world(config, url, keys)))
        if way == "hand":
            pool = asyncpg.create_pool(
                url, min_size=2, max_size=2, server_settings={"role": "yimatong_app"}
            )
            app = Gate(await stack.enter_async_context(pool), keys)
        settled()
        config = uvicorn.Config(app, port=port, log_level="warning", access_log=False)
        config.lifespan = "off"
        await uvicorn.Server(config).serve()


if __name__ == "__main__":
    os.sched_setaffinity(0, {0})
    way, port, url, keys_file = sys.argv[1:]
    uvloop.run(serve(way, int(port), url, Path(keys_file)))
