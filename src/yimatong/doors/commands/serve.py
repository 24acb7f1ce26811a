"""`yimatong serve`: the web door over the configured database."""

from typing import Annotated

import typer
import uvloop

from yimatong.doors.commands.world import configured
from yimatong.doors.serving import end_on_sigterm
from yimatong.doors.serving import serve as serving
from yimatong.doors.world import database_url, open_world


def register(app: typer.Typer) -> None:
    app.command("serve")(serve)


def serve(
    host: Annotated[str | None, typer.Option(help="监听地址 · address to listen on")] = None,
    port: Annotated[int | None, typer.Option(help="端口 · port", min=0, max=65535)] = None,
) -> None:
    """启动服务，Ctrl-C 结束 · Serve until Ctrl-C or SIGTERM."""
    given = {"host": host, "port": port}
    config = configured().model_copy(
        update={name: value for name, value in given.items() if value is not None}
    )
    end_on_sigterm()

    async def run(url: str) -> None:
        async with open_world(config, url) as world:
            at = f"http://{config.host}"
            await serving(world, lambda port: typer.echo(f"已就绪 · ready: {at}:{port}/"))

    with database_url(config) as url:
        uvloop.run(run(url))
