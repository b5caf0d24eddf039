"""Write the table of keys in docs/guide/corpora.md from the mapping."""

from __future__ import annotations

import sys
from pathlib import Path

from newsreader.corpus.mapping.keys import ALIASES
from newsreader.domain.corpus_options import MAPPED_FIELDS

PAGE = Path(__file__).parent / "guide" / "corpora.md"
BEGIN, END = "<!-- keys: begin -->\n", "<!-- keys: end -->\n"


def table() -> str:
    """Return the aliases of each field as a Markdown table."""
    rows = [f"| `{field}` | {', '.join(f'`{name}`' for name in ALIASES[field])} |" for field in MAPPED_FIELDS]
    return "\n".join(["| Field | Keys, in the order in which they are tried |", "| --- | --- |", *rows, ""])


def page_with_table(page: str) -> str:
    """Return the text of the page with the present table."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}{table()}{END}{after}"


if __name__ == "__main__":
    text = PAGE.read_text(encoding="utf-8")
    written = page_with_table(text)
    if "--check" in sys.argv:
        sys.exit(0 if written == text else f"{PAGE}: outdated; run python docs/make_corpora.py")
    PAGE.write_text(written, encoding="utf-8", newline="\n")
