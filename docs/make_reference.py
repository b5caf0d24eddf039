"""Write the generated parts of the documentation anew: `python docs/make_reference.py`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from newsreader.commands.docs.reference import reference, settings_table, short_list
from newsreader.commands.docs.schemas import schemas_page

DOCS = Path(__file__).parent
README = DOCS.parent / "README.md"
SETTINGS_PAGE = DOCS / "guide" / "settings.md"


def main() -> None:
    """Write reference and schemas, the table of settings, and the list of commands in the README."""
    (DOCS / "schemas.md").write_text("\n".join(schemas_page()) + "\n", encoding="utf-8")
    (DOCS / "reference.md").write_text("\n".join(reference()) + "\n", encoding="utf-8")
    _insert(README, "commands", short_list())
    _insert(SETTINGS_PAGE, "settings", settings_table())


def _insert(page: Path, name: str, lines: Iterable[str]) -> None:
    """Write lines between the marks of a page."""
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    before, _, rest = page.read_text(encoding="utf-8").partition(begin)
    _, _, after = rest.partition(end)
    text = "\n".join(lines)
    page.write_text(f"{before}{begin}\n\n{text}\n\n{end}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
