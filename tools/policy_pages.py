"""A page of the documentation for each shipped edition and its cases, made when mkdocs builds.

A hook of mkdocs.yml. The pages are told by the same code as `yimatong policy show`; nothing of
them is written into the folder of the documentation.
"""

from collections.abc import Mapping
from functools import cache

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from yimatong.doors.packs import cases, library
from yimatong.doors.policies.markdown import markdown
from yimatong.doors.rooms import catalogue
from yimatong.kernel.words import LANGUAGES
from yimatong.policy.cases import load_cases

CHAPTER = "政策"
SUFFIX = {"zh": ".md", "en": ".en.md"}


@cache
def pages() -> Mapping[str, str]:
    """The text of each page by its path, `policies/hubei-2020-03-16.en.md`."""
    beside = cases()
    return {
        f"policies/{policy.name.replace('@', '-')}{SUFFIX[language]}": markdown(
            policy, catalogue(), language, load_cases(beside[policy.name], policy.name)
        )
        for policy in library().policies()
        for language in LANGUAGES
    }


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Puts the pages behind what the chapter begins with."""
    [chapter] = [item for item in config.nav or [] if CHAPTER in item]
    made = sorted(path for path in pages() if not path.endswith(SUFFIX["en"]))
    chapter[CHAPTER] = [chapter[CHAPTER][0], *made]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Announces the pages as if they stood in the folder."""
    for path in pages():
        files.append(File(path, config.docs_dir, config.site_dir, config.use_directory_urls))
    return files


def on_page_read_source(page: Page, config: MkDocsConfig) -> str | None:
    """Their text; None has mkdocs read the file of any other page."""
    return pages().get(page.file.src_uri)
