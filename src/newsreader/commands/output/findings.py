"""Findings of a check as text, JSON, SARIF 2.1.0, or GitHub workflow commands."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from newsreader import __version__
from newsreader.corpus.scan import display_path
from newsreader.domain.checks.rules import RULES, Finding, Severity
from newsreader.domain.sanitize import SafeText

_SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_BASE = "CORPUS"


class Findings(NamedTuple):
    """The findings of a check. `root` is the corpus, `here` the current folder."""

    listed: Sequence[Finding]
    root: Path
    here: Path


def as_text(findings: Findings) -> Iterator[str]:
    """Format one line a finding: `path:line: reason [rule]`."""
    for path, line, rule, reason in findings.listed:
        yield f"{_escape_path(path)}{f':{line}' if line else ''}: {reason} [{rule}]\n"


def as_json(findings: Findings) -> Iterator[str]:
    """Format one object: the corpus, the number of errors and warnings, and the findings."""
    counts = Counter(finding.severity for finding in findings.listed)
    listed = [
        {
            "path": _escape_path(finding.path),
            "line": finding.line or None,
            "rule": finding.rule,
            "severity": finding.severity,
            "reason": finding.reason,
        }
        for finding in findings.listed
    ]
    result = {
        "corpus": _escape_path(bytes(findings.root)),
        "errors": counts[Severity.ERROR],
        "warnings": counts[Severity.WARNING],
        "findings": listed,
    }
    yield json.dumps(result, ensure_ascii=False, indent=2) + "\n"


def as_github(findings: Findings) -> Iterator[str]:
    """Format one workflow command a finding; paths are relative to the current folder."""
    prefix = _path_prefix(findings.root, findings.here)
    for finding in findings.listed:
        path, line, rule, reason = finding
        where = f"file={_printable(_property(prefix + display_path(path)))}"
        where += f",line={line}" if line else ""
        yield f"::{finding.severity} {where},title={_property(rule)}::{_message(reason)}\n"


def as_sarif(findings: Findings) -> Iterator[str]:
    """Format one log with one run; paths are relative to the corpus."""
    broken = {finding.rule for finding in findings.listed}
    rules = [rule for rule in RULES.values() if rule.id in broken]
    numbers = {rule.id: number for number, rule in enumerate(rules)}
    driver = {
        "name": "newsreader",
        "semanticVersion": __version__,
        "rules": [
            {
                "id": rule.id,
                "shortDescription": {"text": rule.about},
                "help": {"text": rule.advice},
                "defaultConfiguration": {"level": rule.severity},
            }
            for rule in rules
        ],
    }
    run = {
        "tool": {"driver": driver},
        "originalUriBaseIds": {_BASE: {"uri": f"file://{_uri(bytes(findings.root)).rstrip('/')}/"}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, numbers[finding.rule]) for finding in findings.listed],
    }
    log = {"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}
    yield json.dumps(log, ensure_ascii=False, indent=2) + "\n"


FORMATS: dict[str, Callable[[Findings], Iterator[str]]] = {
    "text": as_text,
    "json": as_json,
    "sarif": as_sarif,
    "github": as_github,
}


def _result(finding: Finding, number: int) -> dict[str, object]:
    path, line, rule, reason = finding
    place: dict[str, object] = {"artifactLocation": {"uri": _uri(path), "uriBaseId": _BASE}}
    if line:
        place["region"] = {"startLine": line}
    return {
        "ruleId": rule,
        "ruleIndex": number,
        "level": finding.severity,
        "message": {"text": reason},
        "locations": [{"physicalLocation": place}],
    }


def _escape_path(path: bytes) -> SafeText:
    """Escape line breaks, control and invisible characters in a path."""
    return _printable(display_path(path))


def _printable(text: str) -> SafeText:
    if text.isprintable():
        return SafeText(text)
    return SafeText(
        "".join(
            character if character.isprintable() else character.encode("unicode_escape").decode("ascii")
            for character in text
        )
    )


def _path_prefix(root: Path, here: Path) -> str:
    """Return the prefix from the current folder to a corpus below it; empty for any other corpus."""
    try:
        prefix = root.resolve().relative_to(here.resolve()).as_posix()
    except ValueError:
        return ""
    return "" if prefix == "." else f"{prefix}/"


def _uri(path: bytes) -> str:
    return quote(path, safe="/")


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
