"""What keeps somebody from using a page: barriers, sideways scrolling, half a translation."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "frontend/node_modules/axe-core/axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = """(wcag) => axe.run(document, {
    runOnly: { type: "tag", values: [...wcag, "best-practice"] },
    rules: { "target-size": { enabled: true } },
    resultTypes: ["violations"],
})"""
SAID = """() => {
    const chinese = (element) => element.closest("[lang]").lang.startsWith("zh");
    const texts = document.createTreeWalker(document, NodeFilter.SHOW_TEXT);
    const said = [document.title];
    while (texts.nextNode()) {
        const parent = texts.currentNode.parentElement;
        if (!parent.closest("script, style") && !chinese(parent)) said.push(texts.currentNode.data);
    }
    for (const name of ["alt", "aria-label", "placeholder", "title"]) {
        for (const one of document.querySelectorAll(`[${name}]`)) {
            if (!chinese(one)) said.push(one.getAttribute(name));
        }
    }
    return said;
}"""
GIVEN = re.compile(r"[\u4e00-\u9fff]*试[\u4e00-\u9fff]*|[\u4e00-\u9fff]\*|一码通|琼A12345")
"""What is in no language: names that the tests give, masked names, the product's, a plate."""
MARK = "码"
WIDTHS = {"phone": (360, 640), "desk": (1280, 800)}


def barriers(page: Page) -> list[str]:
    """What breaks WCAG 2.2 AA, and of axe's other rules what it calls serious; each with where.

    The rules' text is handed to the debugger, since the pages' own policy admits no such script.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate(RUN, WCAG)["violations"]
    return [_told(rule, node) for rule in found if _counts(rule) for node in rule["nodes"]]


def _counts(rule: dict[str, Any]) -> bool:
    return bool({*WCAG} & {*rule["tags"]}) or rule["impact"] in ("serious", "critical")


def _told(rule: dict[str, Any], node: dict[str, Any]) -> str:
    return f"{rule['id']}: {node['target']} {node['html'][:120]} {node['failureSummary']}"


def wide_by(page: Page, width: str, text: int = 100) -> int:
    """CSS pixels by which the page is wider than a screen, with the text so many per cent large."""
    across, down = WIDTHS[width]
    page.set_viewport_size({"width": across, "height": down})
    page.evaluate("(size) => { document.documentElement.style.fontSize = size }", f"{text}%")
    wider: int = page.evaluate(
        "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
    )
    page.evaluate("document.documentElement.style.fontSize = ''")
    return wider


def untranslated(page: Page) -> list[str]:
    """What an English page says in Chinese without marking it so, but for names and our mark."""
    said = (GIVEN.sub("", text).strip() for text in page.evaluate(SAID))
    return [text for text in said if re.search(r"[\u4e00-\u9fff]", text) and text != MARK]


def post(page: Page, path: str, fields: dict[str, Any]) -> None:
    """Sends a form as our own pages do, whatever the page at hand offers."""
    if not page.url.startswith("http"):
        page.goto("/healthz")
    with page.expect_navigation():
        page.evaluate(
            """([path, fields]) => {
                const form = document.createElement("form");
                Object.assign(form, { method: "post", action: path });
                for (const [name, values] of Object.entries(fields)) {
                    for (const value of [values].flat()) {
                        const field = document.createElement("input");
                        Object.assign(field, { type: "hidden", name, value });
                        form.append(field);
                    }
                }
                document.body.append(form);
                form.submit();
            }""",
            [path, fields],
        )
