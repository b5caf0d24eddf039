"""README and guide: generated parts are current, links lead somewhere, every page has its place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from newsreader.commands.docs.reference import settings_table

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"^```.*?^```$|`[^`\n]*`", re.DOTALL | re.MULTILINE)


def anchors(page: Path) -> set[str]:
    """The anchors of the headings of a page, as GitHub and MkDocs make them."""
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_within_the_documentation_lead_somewhere(page: Path) -> None:
    for target in _LINK.findall(_CODE.sub("", page.read_text(encoding="utf-8"))):
        if target.startswith(("http:", "https:", "mailto:")):
            continue
        name, _, anchor = target.partition("#")
        linked = (page.parent / name).resolve() if name else page
        assert linked.exists(), target
        if anchor:
            assert anchor in anchors(linked), target


def test_the_table_of_settings_is_current() -> None:
    page = (DOCS / "guide" / "settings.md").read_text(encoding="utf-8")
    table = page.partition("<!-- settings -->\n\n")[2].partition("\n\n<!-- /settings -->")[0]
    assert table == "\n".join(settings_table()), "python docs/make_reference.py writes it anew"


def test_every_page_is_in_the_navigation_of_the_site() -> None:
    site = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    listed = [
        page
        for entry in site["nav"]
        for page in (
            [entry] if isinstance(entry, str) else [page for group in entry.values() for page in group]
        )
    ]
    assert sorted(listed) == sorted(str(page.relative_to(DOCS)) for page in DOCS.rglob("*.md"))


def test_every_task_of_the_guide_is_listed_on_its_first_page() -> None:
    guide = DOCS / "guide"
    first = (guide / "README.md").read_text(encoding="utf-8")
    assert {page.name for page in guide.glob("*.md")} - {"README.md"} <= set(
        re.findall(r"\]\(([\w-]+\.md)\)", first)
    )


def test_the_glossary_is_in_alphabetical_order() -> None:
    page = (DOCS / "guide" / "glossary.md").read_text(encoding="utf-8")
    words = re.findall(r"^\| ([^|]+) \|", page, re.MULTILINE)[1:]
    assert words == sorted(words, key=str.casefold)
    assert {"corpus", "provider", "lead", "follower", "heat", "report", "everything", "sealed block"} <= set(
        words
    )
