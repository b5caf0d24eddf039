"""Write the reference of the command line anew: `python docs/make_reference.py`."""

from __future__ import annotations

from pathlib import Path

from newsreader.commands.docs.reference import reference, short_list
from newsreader.commands.docs.schemas import schemas_page

DOCS = Path(__file__).parent
README = DOCS.parent / "README.md"
BEGIN, END = "<!-- commands -->", "<!-- /commands -->"


def main() -> None:
    """Write `docs/reference.md`, `docs/schemas.md`, and the list of commands in the README."""
    (DOCS / "schemas.md").write_text("\n".join(schemas_page()) + "\n", encoding="utf-8")
    (DOCS / "reference.md").write_text("\n".join(reference()) + "\n", encoding="utf-8")
    before, _, rest = README.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    commands = "\n".join(short_list())
    README.write_text(f"{before}{BEGIN}\n\n{commands}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
