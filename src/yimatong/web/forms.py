"""What somebody typed into a form."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from litestar import Request

LONGEST_TEXT = 20_000
"""Characters of one field that are looked at; rooms set their own, smaller limits."""


class Form(Mapping[str, str]):
    """The fields of a form as text, trimmed; a field that is missing is empty text."""

    def __init__(self, fields: Mapping[str, list[str]]) -> None:
        self._fields = fields

    def __getitem__(self, name: str) -> str:
        return next(iter(self._fields.get(name, [])), "")

    def __contains__(self, name: object) -> bool:
        return name in self._fields

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)

    def many(self, name: str) -> list[str]:
        """All values of a field that may be ticked several times."""
        return self._fields.get(name, [])

    def optional(self, name: str) -> str | None:
        """The field's text, or None where nothing was typed."""
        return self[name] or None

    def id(self, name: str) -> UUID:
        """The field's id; what is none is nobody's."""
        try:
            return UUID(self[name])
        except ValueError:
            return UUID(int=0)

    def ticked(self, name: str) -> bool:
        return bool(self[name])


async def read_form(request: Request[Any, Any, Any]) -> Form:
    """The text fields of a posted form; files are left out."""
    posted = await request.form()
    fields: dict[str, list[str]] = {}
    for name, value in posted.multi_items():
        if isinstance(value, str):
            fields.setdefault(name, []).append(value.strip()[:LONGEST_TEXT])
    return Form(fields)
