"""The JSON of records is what `docs/record.schema.json` says."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from newsreader.commands.output.record_json import ADDED, VERSION
from newsreader.domain.story_roles import MembershipReason
from tests.builders import a_corpus, a_front_matter
from tests.unit.commands.conftest import Run

SCHEMA = json.loads((Path(__file__).parents[3] / "docs" / "record.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def test_the_schema_is_valid_and_has_the_version_of_the_program() -> None:
    VALIDATOR.check_schema(SCHEMA)
    assert SCHEMA["$id"].endswith(f"record-{VERSION}.json")
    assert f"Version {VERSION}." in SCHEMA["description"]
    assert set(ADDED) <= SCHEMA["properties"].keys()
    assert SCHEMA["$defs"]["reason"]["enum"] == [reason.words for reason in MembershipReason]


@pytest.mark.parametrize("command", [("list", "--all"), ("stories", "--all"), ("stories",)])
def test_the_sample_matches_the_schema(run: Run, command: tuple[str, ...]) -> None:
    records = json.loads(run(*command, "--json").out)
    assert len(records) >= 40
    for record in records:
        VALIDATOR.validate(record)
        assert record.keys() >= set(SCHEMA["required"])


def test_a_shown_story_matches_the_schema(run: Run) -> None:
    for form in ("json", "jsonl"):
        VALIDATOR.validate(json.loads(run("show", "a966671a4a03610e", "--format", form, "--sealed").out))


def test_odd_records_match_the_schema(tmp_path: Path, run: Run) -> None:
    odd = {
        "title": 12,
        "excerpt": ["a", "list"],
        "publishedDateTime": "never",
        "originalUrl": {"a": "map"},
        "quality": "many",
        "heat": "7",
        "published": "perhaps",
        "provider": "Only a name",
        "topics": {"a": "map"},
        "images": "https://a.example/picture",
        "related": {"title": "One map in place of a list", "publishedDateTime": 12.5},
        "type": None,
        "secured": 12,
        "updatedDateTime": [1],
        "id": 1,
        "score": "own",
        "story": "own",
    }
    root = a_corpus(tmp_path, {"odd.md": a_front_matter(**odd), "empty.md": "---\nx: 1\n---\n"})
    records = json.loads(run("list", "--all", "--corpus", root, "--json").out)
    assert len(records) == 2
    for record in records:
        VALIDATOR.validate(record)


def test_the_schema_rejects_invalid_records() -> None:
    assert not VALIDATOR.is_valid({"id": "x"})
