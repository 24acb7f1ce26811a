"""One tree of errors, one table from class to HTTP status and exit code.

An error carries problems; a problem carries a code, where it is, and the figures that its
words need. The words stand in the room's `words.toml` under that code, in both languages:
what was wrong, what is allowed, what to do now. The same text reaches the page, the API
(RFC 9457) and the command line.
"""

from dataclasses import dataclass, field
from typing import ClassVar, Self


@dataclass(frozen=True, slots=True)
class Where:
    """The place of a mistake; what does not apply is None."""

    file: str | None = None
    line: int | None = None
    key: str | None = None
    field: str | None = None
    row: int | None = None
    column: str | None = None

    def parts(self) -> dict[str, str | int]:
        """Only what is known, in the order file, line, key, field, row, column."""
        known = {name: getattr(self, name) for name in self.__slots__}
        return {name: value for name, value in known.items() if value is not None}


NOWHERE = Where()


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that was wrong. `code` is a key of the catalogue of words."""

    code: str
    where: Where = NOWHERE
    params: dict[str, object] = field(default_factory=dict)


class YimatongError(Exception):
    """Base of all errors that a person is told about. Never raised itself."""

    status: int = 500
    exit_code: ClassVar[int] = 1

    def __init__(self, *problems: Problem, retry_after: int | None = None) -> None:
        super().__init__(", ".join(problem.code for problem in problems))
        self.problems = problems
        self.retry_after = retry_after
        """Seconds after which the same request may be tried again, where waiting helps."""

    @classmethod
    def of(cls, code: str, where: Where = NOWHERE, /, **params: object) -> Self:
        """The error with one problem."""
        return cls(Problem(code, where, params))


class BadInput(YimatongError):
    """What was handed in cannot be accepted as it is; nothing of it was kept."""

    status = 422


class NotLoggedIn(YimatongError):
    """The request needs a session and has none that is valid."""

    status = 401


class NotAllowed(YimatongError):
    """The session has not the permission that the route names."""

    status = 403


class NotFound(YimatongError):
    """There is no such thing, or none that this session may know of."""

    status = 404


class Conflict(YimatongError):
    """It contradicts what is recorded already."""

    status = 409


class TooLarge(YimatongError):
    """More bytes than are read."""

    status = 413


class TooMany(YimatongError):
    """A limit was reached; `retry_after` says when it frees."""

    status = 429


class Unavailable(YimatongError):
    """A part underneath does not answer now; nothing was recorded."""

    status = 503
    exit_code = 3


class Misconfigured(YimatongError):
    """The configuration, an option or a file that was named cannot be used."""

    status = 500
    exit_code = 2
