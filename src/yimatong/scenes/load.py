"""A scene file's text -> Scene, or every mistake in it at once."""

import re
from collections.abc import Mapping
from typing import get_args

from yimatong.audit import Purpose
from yimatong.places import PlaceType
from yimatong.policy.kinds import SOURCES
from yimatong.policy.tables import Sheet, Table
from yimatong.scenes.load_fields import load_fields
from yimatong.scenes.load_means import load_facts, load_means
from yimatong.scenes.model import Form, FormName, Listed, Quota, Scene

_ID = re.compile(r"[a-z][a-z0-9-]{1,39}", re.ASCII)
_SINGLE: tuple[FormName, ...] = ("record", "follow_up")
_COURSE: tuple[FormName, ...] = ("open", "each", "release")
LONGEST_KEPT = 90
"""Days; what is needed longer belongs to the clinic's own files."""


def load_scene(text: str, file: str) -> Scene:
    """The scene that a TOML text says; `file` is only named in the errors.

    BadInput carries one problem for each mistake: file, line, key, what was found and what is
    allowed.
    """
    sheet = Sheet(text, file)
    scene = _scene(sheet.root)
    sheet.check()
    return scene


def _scene(root: Table) -> Scene:
    source = root.choice("source", SOURCES)
    listed = tuple(_listed(table, source) for table in root.tables("listed"))
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
        forms=_forms(root, source, has_list=bool(listed), course=times_a_day is not None),
        listed=listed,
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


def _listed(table: Table, source: str) -> Listed:
    listed = Listed(
        name=table.text("name"),
        finds=tuple(table.texts("finds", at_least=0)) if table.has("finds") else (),
        means=load_means(table, source),
    )
    table.close()
    return listed
