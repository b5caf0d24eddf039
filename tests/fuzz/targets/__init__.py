"""All targets by name."""

from __future__ import annotations

from typing import Final

from tests.fuzz.target import Target
from tests.fuzz.targets import bodies, files, language, messages, pages, records, terminal, text

TARGETS: Final[dict[str, Target]] = {
    target.name: target
    for module in (records, text, language, bodies, pages, files, messages, terminal)
    for target in module.TARGETS
}
