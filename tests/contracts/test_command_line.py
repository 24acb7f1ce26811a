"""The command line as a process: every mistake is one clear message and an exit code, no trace."""

import json
import os
import signal
import socket
import subprocess
from pathlib import Path

import pytest

YIMATONG = str(Path(".venv/bin/yimatong").absolute())
GOOD = '{"person": "a", "kind": "declaration", "observed_at": "2020-03-09", "source": "self"}\n'
BOM = b"\xef\xbb\xbf"
AT = ("--at", "2020-04-01T08:00:00+08:00")


def run(*words: str, typed: bytes = b"", language: str = "C.UTF-8", **settings: str):
    environment = os.environ | {"LC_ALL": language, "COLUMNS": "200", **settings}
    return subprocess.run(
        [YIMATONG, *words], input=typed, env=environment, capture_output=True, check=False
    )


def assess(facts: str | Path, *more: str, typed: bytes = b"", policy: str = "hunan"):
    return run("assess", "--policy", policy, "--facts", str(facts), *AT, *more, typed=typed)


def is_told(done, code: int, *words: str) -> None:
    said = done.stderr.decode()
    assert (done.returncode, done.stdout) == (code, b""), said
    assert "Traceback" not in said
    for word in words:
        assert word in said


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b"{not json}", "line 2"),
        (b'{"person": "a", "kind": "colour", "observed_at": "2020-03-09", "source": "self"}',
         "kind"),
        (b'{"person": "a", "kind": "declaration", "observed_at": "2020-13-09", "source": "self"}',
         "observed_at"),
        (b'{"person": "a", "kind": "declaration", "observed_at": "2020-03-09 08:00:00+08:00", '
         b'"source": "me"}', "line 2"),
        (b'{"person": "a", "kind": "temperature", "observed_at": "2020-03-09", "source": "self"}',
         "value"),
        (b'["a"]', "line 2"),
        (b"\xff\xfe\x00", "line 2"),
    ],
)  # fmt: skip
def test_a_bad_line_stops_the_run_with_its_number_and_nothing_is_written(tmp_path, line, told):
    facts, out = tmp_path / "facts.jsonl", tmp_path / "out.jsonl"
    facts.write_bytes(GOOD.encode() + line + b"\n")
    is_told(assess(facts, "--out", str(out)), 1, "line 2", told)
    assert not out.exists()


@pytest.mark.parametrize("made", ["missing", "folder", "binary", "gone.parquet", "broken.parquet"])
def test_a_file_that_cannot_be_read_is_one_message(tmp_path, made):
    path = tmp_path / made
    if made == "folder":
        path.mkdir()
    elif made in ("binary", "broken.parquet"):
        path.write_bytes(bytes(range(256)))
    done = assess(path)
    assert done.returncode in (1, 2)
    is_told(done, done.returncode)
    assert done.stderr.strip()


def test_nothing_in_nothing_out(tmp_path):
    (tmp_path / "empty.jsonl").write_bytes(b"")
    done = assess(tmp_path / "empty.jsonl")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_a_byte_order_mark_and_windows_line_ends_are_no_mistake(tmp_path):
    facts = tmp_path / "facts.jsonl"
    facts.write_bytes(BOM + GOOD.replace("\n", "\r\n").encode())
    assert json.loads(assess(facts).stdout)["colour"] == "green"


def test_stdin_json_lines_and_parquet_say_the_same(tmp_path):
    out = tmp_path / "out.parquet"
    lines = assess("-", typed=GOOD.encode()).stdout
    assert assess("-", "--out", str(out), typed=GOOD.encode()).returncode == 0
    import pyarrow.parquet as parquet  # noqa: PLC0415  only here

    assert parquet.read_table(out).to_pylist() == [json.loads(lines)]


def test_bad_lines_are_put_aside_and_the_counts_add_up(tmp_path):
    facts, aside = tmp_path / "facts.jsonl", tmp_path / "aside.jsonl"
    facts.write_text(GOOD + "{\n" + GOOD.replace('"a"', '"b"') + '{"person": "c"}\n')
    done = assess(facts, "--skip-bad", str(aside))
    assert done.returncode == 0
    assert "lines 4 = 采用 accepted 2 + 搁置 put aside 2" in done.stderr.decode()
    assert [json.loads(line)["line"] for line in aside.read_text().splitlines()] == [2, 4]
    assert [json.loads(line)["person"] for line in done.stdout.splitlines()] == ["a", "b"]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("policy", "show", "atlantis"), 1, "hunan"),
        (("policy", "check", "nowhere.toml"), 2, "nowhere.toml"),
        (("policy", "test", "atlantis"), 1, "atlantis"),
        (("policy",), 2, ""),
        (("assess", "--policy", "hunan"), 2, "--facts"),
        (("assess", "--policy", "atlantis", "--facts", "-", *AT), 1, "atlantis"),
        (("assess", "--policy", "hunan", "--facts", "-", "--at", "noon"), 2, "--at"),
        (("assess", "--policy", "hunan", "--facts", "-", *AT, "--engine", "abacus"), 2, "abacus"),
        (("staff", "add", "king"), 2, "king"),
        (("serve", "--loudly"), 2, "--loudly"),
        (("fly",), 2, "fly"),
    ],
)
def test_a_wrong_call_is_told(words, code, told):
    done = run(*words)
    assert done.returncode == code, done.stderr.decode()
    said = (done.stderr + done.stdout).decode()
    assert told in said
    assert "Traceback" not in said


def test_a_policy_editors_mistake_names_file_line_and_what_is_allowed(tmp_path):
    shipped = Path("src/yimatong/policy/packs/hunan/2020-03-08.toml").read_text("utf-8")
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(shipped.replace('colour = "red"', 'color = "red"', 1), "utf-8")
    is_told(run("policy", "check", str(wrong)), 1, "wrong.toml:", "color", "colour")


def test_the_terminals_language_is_spoken():
    chinese = run("policy", "show", "atlantis", language="zh_CN.UTF-8").stderr.decode()
    english = run("policy", "show", "atlantis").stderr.decode()
    assert chinese != english
    assert "没有" in chinese


@pytest.mark.parametrize(
    "words", [("serve",), ("db", "upgrade"), ("staff", "add", "administrator")]
)
def test_a_database_out_of_reach_is_exit_code_3(words, tmp_path):
    done = run(*words, YIMATONG_DATABASE_URL="postgresql://nobody@127.0.0.1:1/none",
               YIMATONG_DATA_DIR=str(tmp_path))  # fmt: skip
    assert "Traceback" not in done.stderr.decode()
    assert done.returncode in (2, 3), done.stderr.decode()
    assert len(done.stderr.decode().strip().splitlines()) <= 3


def test_serving_needs_the_key_file_and_a_free_port_and_ends_by_ctrl_c(database_url, tmp_path):
    settings = {"YIMATONG_DATABASE_URL": database_url, "YIMATONG_DATA_DIR": str(tmp_path)}
    is_told(run("serve", **settings), 2, "keys.toml")
    assert run("keys", "new", **settings).returncode == 0
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = run("serve", **settings, YIMATONG_PORT=port)
        assert (done.returncode, "Traceback" in done.stderr.decode()) == (2, False)
        assert port in done.stderr.decode()
    serving = subprocess.Popen([YIMATONG, "serve"], env=os.environ | settings | {
        "YIMATONG_PORT": "0"}, stderr=subprocess.PIPE, stdout=subprocess.PIPE)  # fmt: skip
    assert serving.stdout
    serving.stdout.readline()
    serving.send_signal(signal.SIGINT)
    _, said = serving.communicate(timeout=20)
    assert b"Traceback" not in said
    assert serving.returncode in (0, 130)
