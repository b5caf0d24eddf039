"""The rules that a corpus is checked against."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """The severity of a finding."""

    ERROR = "error"
    """A value or file could not be read as intended; the reader lists it as a problem."""
    WARNING = "warning"
    """Everything could be read, but the publisher of the corpus should know."""


class CheckRule(NamedTuple):
    """A rule. `about` describes a violation, `advice` its correction; both are sentences."""

    id: str
    severity: Severity
    about: str
    advice: str


_E, _W = Severity.ERROR, Severity.WARNING

# fmt: off
RULES = {
    rule.id: rule
    for rule in (
        CheckRule("unreadable", _E, "A file or folder cannot be opened.",
                  "Correct its permissions, or take it out of the corpus."),
        CheckRule("too-large", _E, "A file is larger than any record.", "Take it out of the corpus."),
        CheckRule("parser-stopped", _E, "The parser died of a file, or did not come to an end.",
                  "Look at the front matter for absurd nesting, and write it anew."),
        CheckRule("not-utf8", _E, "A file is not text in UTF-8.", "Save it in UTF-8."),
        CheckRule("unclosed-front-matter", _E, "The front matter has no end.",
                  "Put a line with --- below its last key."),
        CheckRule("invalid-yaml", _E, "The front matter or topic file is no valid YAML.",
                  "Correct the line; most often a quote or a bracket is missing."),
        CheckRule("invalid-toml", _E, "The front matter between lines with +++ is no valid TOML.",
                  "Correct the line; most often a quote or a bracket is missing."),
        CheckRule("invalid-json", _E, "The front matter in braces is no valid JSON.",
                  "Correct the line; most often a comma or a quote is missing."),
        CheckRule("wrong-value", _E, "A value is not what its key asks for.",
                  "Write a value of the kind that the message names."),
        CheckRule("missing-title", _E, "A record has no title, or a topic no name.",
                  "Add the key title, to a topic the key name."),
        CheckRule("missing-key", _W, "A key is missing or empty that records of this type need.",
                  "Add the key."),
        CheckRule("misspelled-key", _W, "An unknown key looks like a known one.",
                  "Correct its spelling; capitals count."),
        CheckRule("repeated-key", _W, "A key stands twice in one map; only the last one counts.",
                  "Remove one of them."),
        CheckRule("unusable-url", _W,
                  "An address is no http or https URL with a host, so no browser is given it.",
                  "Correct the address."),
        CheckRule("url-debris", _W, "An address has &amp; where & is meant.", "Write & alone."),
        CheckRule("date-mismatch", _W, "The day in the file name is that of publication in no time zone.",
                  "Correct the file name or publishedDateTime."),
        CheckRule("future-date", _W, "The day of publication has not come yet.",
                  "Correct publishedDateTime; until then the record stands above all others."),
        CheckRule("amp-cache-rule", _W,
                  "cdnAmpWebUrl is not where the AMP cache keeps the page at ampWebUrl.",
                  "Write the address that the message names, or remove the key."),
        CheckRule("duplicate-url", _W, "Two records stand at the same page.",
                  "Remove one of them, or correct its address."),
        CheckRule("related-self", _W, "A record lists itself as related.", "Remove the entry."),
        CheckRule("related-repeated", _W, "A record lists the same page twice as related.",
                  "Remove one entry."),
        CheckRule("related-unresolved", _W, "A related entry names a record that the corpus does not have.",
                  "Add the record, correct the entry, or remove it."),
        CheckRule("item-unresolved", _W, "A collection names a record that the corpus does not have.",
                  "Add the record, correct the path, or remove it."),
        CheckRule("topic-without-file", _W, "A record names a topic that no topic file describes.",
                  "Add a topic file, or correct the name. Not told where there are no topic files at all."),
        CheckRule("topic-parent-unknown", _W,
                  "The parent of a topic is no topic, or the topic stands below itself.",
                  "Write the name of another topic as the parent."),
        CheckRule("duplicate-topic", _W, "Two topic files describe one topic.", "Remove one of them."),
    )
}
# fmt: on
"""By id, errors first."""


class Finding(NamedTuple):
    """A violation of a rule.

    `path` is relative to the corpus, as bytes with `/`; `line` counts from 1, 0 if unknown.
    """

    path: bytes
    line: int
    rule: str
    reason: str

    @property
    def severity(self) -> Severity:
        """The severity of its rule."""
        return RULES[self.rule].severity
