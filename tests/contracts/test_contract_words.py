"""Nothing is left unsaid, and nothing is written that nobody says."""

import re
from pathlib import Path
from string import Formatter

import yimatong
from yimatong.doors.rooms import catalogue

NAMES = {"web.other_language"}
"""Said in the other language on purpose."""
HOUSE = Path(yimatong.__file__).parent
SOURCES = "\n".join(
    path.read_text("utf-8") for ending in ("*.py", "*.html") for path in sorted(HOUSE.rglob(ending))
)
STEMS = set(re.findall(r"[\"']([a-z0-9_]+(?:\.[a-z0-9_]+)*\.)[\"']\s*~", SOURCES)) | set(
    re.findall(r"f\"((?:[a-z0-9_]+\.)+(?:[a-z0-9_]+_)?)\{", SOURCES)
)
SHORT = set(re.findall(r"[\"']((?:[a-z0-9_]+\.)*[a-z0-9_]+)[\"']", SOURCES))


def said(key: str) -> bool:
    """Literally, by a stem that is put before a name, or by the end that a helper completes."""
    ends = [key.split(".", at)[-1] for at in range(1, key.count(".") + 1)]
    return (
        key in SHORT
        or any(key.startswith(stem) for stem in STEMS)
        or any(end in SHORT for end in ends)
    )


def test_every_sentence_is_said_somewhere():
    assert [key for key in sorted(catalogue().keys()) if not said(key)] == []


def test_every_key_in_the_code_has_its_sentence():
    asked = set(re.findall(r"\bt\(\"([a-z_.0-9]+)\"[,)]", SOURCES))
    asked |= set(re.findall(r"\.of\(\s*\"([a-z_.0-9]+)\"", SOURCES))
    assert sorted(asked - catalogue().keys()) == []


def test_both_languages_fill_in_the_same_names():
    formatter = Formatter()
    for key in sorted(catalogue().keys()):
        words = catalogue()._words[key]
        names = [
            {name for _, name, _, _ in formatter.parse(text) if name}
            for text in (words.zh, words.en)
        ]
        assert names[0] == names[1], key


def test_chinese_is_chinese_and_english_english():
    for key in sorted(catalogue().keys()):
        words = catalogue()._words[key]
        assert re.search(r"[\u4e00-\u9fff]", words.zh) or key in NAMES, key
        assert words.en.strip(), key


def test_no_template_has_inline_style_script_or_another_hosts_file():
    for path in sorted(HOUSE.rglob("*.html")):
        text = path.read_text("utf-8")
        assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script>|https?://", text), path
