"""The first administrator is the operator's; everybody after is an administrator's."""

import pytest
import typer
from typer.testing import CliRunner

from yimatong.access import totp
from yimatong.doors.commands import staff
from yimatong.kernel.clock import SystemClock
from yimatong.kernel.errors import BadInput, NotAllowed
from yimatong.keys import to_file

CHIEF, ISSUER = "13900000094", "13900000093"


@pytest.fixture
def run(keys, tmp_path, database_url, monkeypatch):
    monkeypatch.setenv("YIMATONG_DATABASE_URL", database_url)
    monkeypatch.setenv("YIMATONG_KEYS_FILE", str(tmp_path / "keys.toml"))
    to_file(keys, tmp_path / "keys.toml")
    app = typer.Typer()
    staff.register(app)

    def run(*words, typed=()):
        done = CliRunner().invoke(app, ["staff", *map(str, words)], "\n".join(typed) + "\n")
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done.stdout.strip().split("\t")

    return run


@pytest.fixture
def chief(run):
    """The first administrator's code now, and one and two steps away."""
    _, secret = run("add", "administrator", typed=("测试长", CHIEF))
    now = int(SystemClock().now().timestamp()) // totp.STEP * totp.STEP
    return [totp.pyotp.TOTP(secret).at(now + step * totp.STEP) for step in (0, 1)]


def test_after_the_first_administrator_nobody_is_added_without_one(run, chief):
    for role in ("administrator", "issuer"):
        with pytest.raises(NotAllowed, match=r"access\.staff\.not_allowed"):
            run("add", role, typed=("测试员", ISSUER))


def test_before_there_is_an_administrator_only_one_can_be_added(run):
    with pytest.raises(NotAllowed, match=r"access\.staff\.not_allowed"):
        run("add", "issuer", typed=("测试员", ISSUER))


def test_an_administrator_adds_and_takes_away_a_post(run, chief):
    post, _ = run("add", "issuer", "--as", CHIEF, typed=("测试员", ISSUER, chief[0]))
    run("remove", post, "--as", CHIEF, typed=(chief[1],))
    with pytest.raises(NotAllowed, match=r"people\.desk\.no_post"):
        run("list", "--as", ISSUER, typed=("000000",))


def test_posts_are_listed_for_an_administrator_only(run, chief):
    with pytest.raises(NotAllowed):
        run("list")
    assert run("list", "--as", CHIEF, typed=(chief[0],))[1:] == ["administrator", "测试长", "-"]


def test_a_guard_needs_a_place(run, chief):
    with pytest.raises(BadInput, match=r"access\.staff\.place"):
        run("add", "guard", "--as", CHIEF, typed=("测试员", ISSUER, chief[0]))
