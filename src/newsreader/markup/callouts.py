"""Callouts and tabs: quotes whose first line names their kind."""

from __future__ import annotations

from html import escape
from typing import Final

# fmt: off
KINDS: Final = frozenset({
    "abstract", "alert", "attention", "bug", "caution", "check", "danger", "details", "error",
    "example", "failure", "faq", "hint", "important", "info", "message", "note", "question",
    "seealso", "success", "summary", "tip", "tldr", "todo", "warning",
})
# fmt: on
CALLOUT_END: Final = "</aside>"


def callout_name(kind: str, title: str) -> str:
    """Return the line that names a callout: its kind, and its title if that says more."""
    kind, title = kind.strip().lower().removeprefix("callout-").replace("-", " "), title.strip().strip('"')
    if kind in {"tab", "tabitem"}:
        return title or "Tab"
    if kind == "message" and title == "alert":  # Zenn
        return "Warning"
    name = kind[:1].upper() + kind[1:]
    return name if not title or title.lower() == kind else f"{name}: {title}"


def callout_start(kind: str, title: str = "") -> str:
    """Return the start of a callout as HTML."""
    name = escape(callout_name(kind, title))
    return f'<aside class="admonition"><p class="admonition-title">{name}</p>'
