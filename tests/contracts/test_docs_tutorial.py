"""What the documentation shows of a terminal is what a terminal shows.

Every block ```console of every page is carried out line by line, in a folder of its own beside
the repository's `src` and `examples`. What needs a server is shown as ```sh and walked by
tests/journeys/test_journey_to_the_gate.py and by the tests of the commands.
"""

import os
import re
import subprocess
from pathlib import Path

import pytest
from tests.lib.docs import ENDINGS, ROOT, blocks, pages, text_of

SPEAKS = {"zh": "zh_CN.UTF-8", "en": "C.UTF-8"}
SHOWN = [
    (page, language)
    for page in pages()
    for language in ENDINGS
    if blocks(text_of(page, language), "console")
]


def shown(page: str, language: str) -> list[tuple[str, str]]:
    """Each command with what the page shows after it."""
    text = "".join(blocks(text_of(page, language), "console"))
    parts = re.split(r"^\$ (.+)\n", text, flags=re.MULTILINE)
    assert parts[0] == "", "a block begins with a command"
    return list(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.parametrize(("page", "language"), SHOWN)
def test_a_terminal_shows_what_the_page_shows(page, language, tmp_path):
    for name in ("src", "examples"):
        Path(tmp_path, name).symlink_to(ROOT / name)
    environment = {
        "PATH": f"{ROOT / '.venv/bin'}:{os.environ['PATH']}",
        "LC_MESSAGES": SPEAKS[language],
        "LC_CTYPE": "C.UTF-8",
    }
    for command, output in shown(page, language):
        done = subprocess.run(
            ["bash", "-c", command], cwd=tmp_path, env=environment, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
        )  # fmt: skip
        assert done.stdout == output, command


def test_the_tutorial_shows_both_how_to_decide_and_how_to_read():
    for language in ENDINGS:
        commands = " ".join(command for command, _ in shown("tutorials/first-morning", language))
        assert {"assess", "policy test", "policy show"} <= set(
            re.findall(r"assess|policy \w+", commands)
        )
