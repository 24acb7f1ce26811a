"""A scene file's text -> Scene, or every mistake in it at once."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import get_args

from yimatong.audit import Purpose
from yimatong.kernel.errors import BadInput, Problem
from yimatong.places import PlaceType
from yimatong.policy.kinds import SOURCES
from yimatong.policy.tables import Sheet, Table
from yimatong.scenes.listing import endings_of, finds_of
from yimatong.scenes.load_fields import load_fields
from yimatong.scenes.load_list import load_list, named, reads
from yimatong.scenes.load_means import load_facts, load_means
from yimatong.scenes.model import Form, FormName, Listed, Quota, Scene

_ID = re.compile(r"[a-z][a-z0-9-]{1,39}", re.ASCII)
_LIST_FILE = re.compile(r"[a-z0-9][a-z0-9._-]{0,59}\.csv", re.ASCII)
_SINGLE: tuple[FormName, ...] = ("record", "follow_up")
_COURSE: tuple[FormName, ...] = ("open", "each", "release")
LONGEST_KEPT = 90
"""Days; what is needed longer belongs to the clinic's own files."""


Beside = Callable[[str], str | None]
"""Reads a file beside the scene's by its name; None where there is none."""


def _nothing(_name: str) -> None:
    return None


def load_scene(text: str, file: str, beside: Beside = _nothing) -> Scene:
    """The scene that a TOML text says; `file` is only named in the errors.

    BadInput carries one problem for each mistake: file, line, key, what was found and what is
    allowed. Those of a list beside it come after the scene's own.
    """
    sheet = Sheet(text, file)
    mistakes: list[Problem] = []
    scene = _scene(sheet.root, beside, mistakes)
    try:
        sheet.check()
    except BadInput as error:
        raise BadInput(*error.problems, *mistakes) from None
    if mistakes:
        raise BadInput(*mistakes)
    return scene


def _scene(root: Table, beside: Beside, mistakes: list[Problem]) -> Scene:
    source = root.choice("source", SOURCES)
    listed = (*_listed_here(root, source), *_listed_beside(root, source, beside, mistakes))
    times_a_day = _times_a_day(root)
    scene = Scene(
        id=_id(root),
        title=root.words("title"),
        about=root.words("about"),
        sentence=root.text("sentence") if root.has("sentence") else "",
        source=source,
        purpose=root.choice("purpose", [one.value for one in Purpose]),
        types=root.choices("types", list(PlaceType)),
        admits=root.has("admits") and root.flag("admits"),
        times_a_day=times_a_day,
        kept_days=_kept_days(root),
        quota=_quota(root.table("quota")),
        forms=_forms(
            root,
            source,
            has_list=bool(listed) or root.has("listed_file"),
            course=times_a_day is not None,
        ),
        listed=listed,
        endings=_endings(root),
    )
    if not scene.types:
        root.complain("scenes.file.no_types", "types")
    root.close()
    return scene


def _id(root: Table) -> str:
    found = root.text("id")
    if found and not _ID.fullmatch(found):
        root.complain("scenes.file.not_an_id", "id", found=found)
    return found


def _times_a_day(root: Table) -> int | None:
    if not root.has("times_a_day"):
        return None
    found = root.whole_number("times_a_day")
    if found > 4:
        root.complain("scenes.file.too_often", "times_a_day", found=found)
    return found


def _kept_days(root: Table) -> int:
    found = root.whole_number("kept_days")
    if found > LONGEST_KEPT:
        root.complain("scenes.file.kept_too_long", "kept_days", found=found, most=LONGEST_KEPT)
    return found


def _quota(table: Table) -> Quota:
    quota = Quota(*(table.whole_number(name) for name in Quota.__struct_fields__))
    table.close()
    return quota


def _forms(
    root: Table,
    source: str,
    *,
    has_list: bool,
    course: bool,
) -> Mapping[FormName, Form]:
    """A course has three forms, everything else one or two; which is which, the names say."""
    allowed = _COURSE if course else _SINGLE
    for name in set(get_args(FormName)) - set(allowed):
        if root.has(name):
            root.complain("scenes.file.other_form", name, allowed=", ".join(allowed))
    needed = allowed if course else allowed[:1]
    return {
        name: _form(root.table(name), name, source, has_list=has_list)
        for name in allowed
        if name in needed or root.has(name)
    }


def _form(table: Table, name: FormName, source: str, *, has_list: bool) -> Form:
    form = Form(
        name=name,
        title=table.words("title"),
        fields=load_fields(table, source, has_list=has_list),
        means=load_facts(table, source),
    )
    table.close()
    return form


def _listed_here(root: Table, source: str) -> Iterator[Listed]:
    for table in root.tables("listed"):
        name, english = table.text("name"), table.text("english") if table.has("english") else ""
        more = table.texts("finds", at_least=0) if table.has("finds") else ()
        means = load_means(table, source)
        table.close()
        yield Listed(name, finds_of([(name, "")], english, *more), means, english)


def _listed_beside(
    root: Table, source: str, beside: Beside, mistakes: list[Problem]
) -> Sequence[Listed]:
    """The entries of the table that `listed_file` names; its mistakes go into `mistakes`."""
    if not root.has("listed_file"):
        return ()
    name = root.text("listed_file")
    text = beside(name) if _LIST_FILE.fullmatch(name) else None
    if text is None:
        root.complain("scenes.file.no_list_file", "listed_file", found=name)
        return ()
    listed, problems = load_list(text, name, source)
    mistakes += problems
    return listed


def _endings(root: Table) -> tuple[str, ...]:
    if not root.has("listed_endings"):
        return ()
    found = [named(one) for one in root.texts("listed_endings")]
    for name, pinyin in found:
        if pinyin and not reads(name, pinyin):
            root.complain("scenes.list.not_pinyin", "listed_endings", name=name, found=pinyin)
    return endings_of(found)
