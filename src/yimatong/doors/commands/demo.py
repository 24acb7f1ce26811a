"""`yimatong demo`: the whole product with an embedded database and made-up people."""

import os
import shutil
import socket
from pathlib import Path
from typing import Annotated

import typer
import uvloop

from yimatong.doors.cli import language_of
from yimatong.doors.commands.world import configured
from yimatong.doors.config import Config
from yimatong.doors.demo.model import cast
from yimatong.doors.demo.seed import seed
from yimatong.doors.packs import library
from yimatong.doors.rooms import catalogue
from yimatong.doors.serving import end_on_sigterm, serve
from yimatong.doors.world import database_url, open_world
from yimatong.kernel.clock import SystemClock
from yimatong.kernel.errors import Misconfigured
from yimatong.kernel.ids import system_randomness
from yimatong.keys import KeyRing, from_file, new_keys, to_file

FOLDER = Path(".demo")
RUNNING = Path("postgres/postmaster.pid")


def register(app: typer.Typer) -> None:
    app.command("demo")(demo)


def demo(
    port: Annotated[int, typer.Option(help="端口 · port", min=1, max=65535)] = 8000,
    reset: Annotated[bool, typer.Option(help="清除演示数据 · forget the demo's data")] = False,
) -> None:
    """演示：虚构的人，真实的系统 · The product with made-up people."""
    if reset:
        _forget()
        return
    config = _config(port)
    _refuse_taken(config)
    end_on_sigterm()
    keys = _keys(config)
    _say("preparing")

    async def run(url: str) -> None:
        async with open_world(config, url, keys) as world:
            await seed(world)
            await serve(world, lambda _: _tell(config))

    with database_url(config) as url:
        uvloop.run(run(url))


def _config(port: int) -> Config:
    """The settings of the environment, but with the demo's own folder and database."""
    own = {"demo": True, "secure_cookies": False, "accept_keys": "demo", "database_url": None}
    folder = FOLDER if "YIMATONG_DATA_DIR" not in os.environ else configured().data_dir
    here = {"public_url": f"http://127.0.0.1:{port}", "sms_file": None}
    return configured().model_copy(update=own | here | {"port": port, "data_dir": folder})


def _keys(config: Config) -> KeyRing:
    """The demo's key file, made at the first start: its codes are refused in production."""
    path = config.keys_path
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        regions = sorted({policy.region for policy in library().policies()})
        now = SystemClock().now()
        to_file(new_keys("demo", regions, system_randomness, now), path)
    return from_file(path, system_randomness)


def _refuse_taken(config: Config) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((config.host, config.port))
        except OSError:
            raise Misconfigured.of("demo.told.port_taken", port=config.port) from None


def _forget() -> None:
    folder = _config(0).data_dir
    if not folder.exists():
        _say("nothing")
    elif (folder / RUNNING).exists():
        raise Misconfigured.of("demo.told.running")
    else:
        shutil.rmtree(folder)
        _say("forgotten")


def _say(key: str) -> None:
    typer.echo(catalogue().say(f"demo.told.{key}", language_of(os.environ)))


def _tell(config: Config) -> None:
    """Where to look, and as whom."""
    at = f"http://{config.host}:{config.port}"
    typer.echo("")
    _say("ready")
    pages = {"guide": "/demo", "resident": "/login", "desk": "/desk/login", "api": "/api/docs"}
    for key, path in pages.items():
        said = catalogue().say(f"demo.told.{key}", language_of(os.environ))
        typer.echo(f"  {at + path:38} {said}")
    _say("logins")
    language = language_of(os.environ)
    for person in cast().person:
        typer.echo(f"  {person.phone}  {person.region:9} {person.shows.said_in(language)}")
    for gate in cast().gate:
        typer.echo(f"  {gate.guard.phone}  guard     {gate.name}")
    _say("commands")
    typer.echo(f"  YIMATONG_DATA_DIR={config.data_dir} .venv/bin/yimatong --help")
    _say("stop")
