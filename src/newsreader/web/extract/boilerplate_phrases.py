"""Boilerplate lines between the paragraphs of articles, in several languages."""

from __future__ import annotations

import re
from typing import Final

# The start of a line with a link to another page.
_LEADS: Final = (
    r"read (?:more|also|next|the full)|also read|more (?:on|about|from|in) |related|see also|don.t miss",
    r"continue reading|recommended|watch|listen",
    r"weiterlesen|lesen sie|mehr (?:zum|zu|dazu)|auch interessant|siehe auch",
    r"lire (?:aussi|la suite|également)|à lire|voir aussi",
    r"lea (?:también|más)|le puede interesar|te puede|ver también|leia (?:também|mais)|veja também",
    r"leggi anche|lees (?:ook|meer)|läs (?:också|mer)|les også|czytaj (?:też|także|więcej)",
    r"читайте|関連|あわせて読みたい|اقرأ|קראו (?:גם|עוד)",
)
# Whole lines.
_LABELS: Final = (
    r"advertisement|advertising|ad|sponsored(?: content)?",
    r"(?:story|article) continues below(?: (?:this )?(?:ad|advertisement))?",
    r"anzeige|werbung|publicité|publicidad|publicidade|pubblicità|reklama|reclame|annons",
    r"広告|إعلان|פרסומת|реклама",
    r"share(?: this)?(?: article| story| page)?|share on \w+|copy link|link copied|print(?: this page)?",
    r"tweet|email|teilen|partager|compartir|compartilhar|condividi",
    r"skip to (?:main )?content|back to top|sign up(?: now| here)?|subscribe(?: now)?|log in|sign in",
    r"loading ?…?|\d+ (?:comments?|shares?)|comments?|\d+ min(?:ute)?s? read|tags?:?|topics:?|follow us|save",
    r"related(?: (?:articles|content|coverage|news|posts|stories|topics))?|more (?:news|stories)",
    r"listen to this article|\d{1,3}",
)
_LEAD: Final = re.compile(rf"\W*(?:{'|'.join(_LEADS)})", re.IGNORECASE)
_LABEL: Final = re.compile(rf"\W*(?:{'|'.join(_LABELS)})\W*", re.IGNORECASE)
_LABEL_LIMIT: Final = 60


def lead_of(text: str) -> str:
    """Return the start of a line that announces a link to another page, such as "Read more"."""
    found = _LEAD.match(text)
    return found[0] if found else ""


def is_label(text: str) -> bool:
    """Return whether a line is only the label of an advertisement, a button or a gallery picture."""
    return len(text) <= _LABEL_LIMIT and _LABEL.fullmatch(text) is not None
