"""`yimatong scene`: the scenes that desks work by, to read and check."""

from pathlib import Path
from typing import Annotated

import typer

from yimatong.doors.commands.world import configured
from yimatong.doors.scenes import scene_of, scenes_in
from yimatong.kernel.words import LANGUAGES, Language
from yimatong.scenes import Field, Scene


def register(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="登记场景 · Scenes.")
    group.command("list")(show_all)
    group.command("show")(show)
    group.command("check")(check)
    app.add_typer(group, name="scene")


def show_all() -> None:
    """列出全部场景 · List every scene that is at hand."""
    for scene in scenes_in(configured().scenes_path):
        types = ", ".join(scene.types)
        typer.echo(f"{scene.id}\t{scene.source}\t{types}\t{scene.title.zh} · {scene.title.en}")


def show(name: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """说明一个场景 · Say what a scene asks and what it becomes, in both languages."""
    scene = scenes_in(configured().scenes_path).named(name)
    for language in LANGUAGES:
        for line in _told(scene, language):
            typer.echo(line)


def check(file: Annotated[Path, typer.Argument(metavar="FILE")]) -> None:
    """检查场景文件 · Check a scene file; every mistake with file and line."""
    scene = scene_of(file)
    typer.echo(f"{scene.id}: 没有错误 · no mistakes")


def _told(scene: Scene, language: Language) -> list[str]:
    lines = ["", f"# {scene.title.said_in(language)}", scene.about.said_in(language)]
    for form in scene.forms.values():
        lines += ["", f"## {form.title.said_in(language)}"]
        lines += [f"-> {kind}" for kind in form.means.facts]
        lines += [_field(field, language) for field in form.every_field()]
    return lines + [f"* {one.name}  -> {', '.join(one.means.facts)}" for one in scene.listed]


def _field(field: Field, language: Language) -> str:
    meant = [*field.means.facts]
    for option in field.options:
        for kinds in (option.means.facts, option.means.ends, option.means.withdraws):
            meant += kinds
    arrow = f"  -> {', '.join(dict.fromkeys(meant))}" if meant else ""
    return f"- {field.label.said_in(language)}{'' if field.required else ' (…)'}{arrow}"
