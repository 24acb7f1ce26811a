"""What pages need to be drawn: the words, and the addresses of static files."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from yimatong.kernel.words import LANGUAGES, Catalogue, Language

LANGUAGE_COOKIE = "language"
PRINT_COOKIE = "print"


@dataclass(frozen=True, slots=True)
class Site:
    """One per process; made by the door."""

    catalogue: Catalogue
    static_versions: Mapping[str, str]
    demo: bool
    public_url: str | None = None
    """Where people reach the product; without it as each request names it."""
    apps: tuple[str, ...] = ()
    """The other apps that residents may log in by."""

    def static(self, path: str) -> str:
        """The address of a static file; it changes with the file, so it may be kept forever."""
        return f"/static/{path}?v={self.static_versions[path]}"


def static_versions(folder: Path) -> dict[str, str]:
    """A short digest of each file below the folder, by its relative path."""
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()[:10]
        for file in folder.rglob("*")
        if file.is_file()
    }


def preferred(asked: str | None, kept: str | None, accepted: str) -> Language:
    """The language asked for in the address, else the one kept, else the browser's first."""
    for wish in (asked, kept):
        for language in LANGUAGES:
            if wish == language:
                return language
    first = accepted.split(",", maxsplit=1)[0].strip().lower()
    return "zh" if not first or first.startswith(("zh", "*")) else "en"
