"""The JSON of records is what its schemas say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import jsonschema
import pytest

from newsreader.commands.docs.model import ManualPage, pages
from newsreader.commands.docs.schemas import schemas_page
from newsreader.commands.output.record_json import ADDED
from newsreader.commands.output.schemas import JSON_OUTPUTS, SCHEMA_NAMES, JsonOutput, schema
from newsreader.domain.mark_changes import Identity, MarkChange
from newsreader.domain.marks import Mark
from newsreader.domain.story_roles import MembershipReason
from newsreader.library.marks.store import Marks
from newsreader.settings import paths
from tests.builders import a_corpus, a_front_matter
from tests.unit.commands.conftest import Run
from tests.unit.commands.web_pages import a_page, served_corpus
from tests.web.server import PageServer, Reply

ROOT = Path(__file__).parents[3]
SCHEMA = schema("record")
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


@pytest.mark.parametrize("name", SCHEMA_NAMES)
def test_every_schema_is_valid_and_has_a_version(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema(name))
    assert schema(name)["$id"].endswith(f"/{name}-{schema(name)['version']}.json")
    assert set(schema(name)["required"]) <= schema(name)["properties"].keys()


def test_the_schema_of_records_has_the_keys_and_reasons_of_the_program() -> None:
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


OWN_OUTPUTS = [output for output in JSON_OUTPUTS if output.schema in SCHEMA_NAMES]
FEED = (
    '<rss version="2.0"><channel>'
    "<item><title>One</title><guid>1</guid><pubDate>Mon, 28 Jun 2021 10:00:00 GMT</pubDate></item>"
    "</channel></rss>"
)


@pytest.fixture(scope="module")
def server() -> Iterator[PageServer]:
    with PageServer() as server:
        yield server


@pytest.fixture
def fetching(server: PageServer, run: Run, tmp_path: Path) -> Path:
    """A corpus of pages that are and are not there, a source that works, one that fails, and some marks."""
    urls = {"there": server.add("/there", a_page("There")), "gone": server.url("/gone")}
    root = served_corpus(tmp_path, urls)
    server.add("/feed", Reply(FEED))
    with paths.config_file().open("a", encoding="utf-8") as file:
        for name in ("feed", "gone"):
            file.write(f'[sources.{name}]\ncorpus = "{root}"\nfeed = "{server.url(f"/{name}")}"\n')
    one = Identity.named("https://news.example/a")
    with closing(Marks(paths.marks_file())) as marks:
        marks.set("here", [MarkChange(one, mark, "a b" if mark.is_text else 1, "A") for mark in Mark])
    return root


def written(output: JsonOutput, run: Run, root: Path) -> list[object]:
    """The values that a command writes about a corpus whose pages are served, or about the sample."""
    arguments = [*output.command.split(), *output.options.split()]
    if output.command in ("fetch", "links"):
        arguments += ["--corpus", str(root)]
    elif output.command == "sync":
        arguments += ["feed", "gone", "--corpus", str(root)]
    elif output.command == "sources":
        run("sync", "feed", "--corpus", root)
    elif output.command in ("show", "related", "explain"):
        arguments += ["a966671a4a03610e"]
    elif output.command == "check":
        arguments += ["--strict"]
    text = run(*arguments).out
    if output.shape == "lines":
        return [json.loads(line) for line in text.splitlines()]
    value = json.loads(text)
    return list(value) if output.shape == "array" else [value]


@pytest.mark.parametrize("output", OWN_OUTPUTS, ids=lambda output: f"{output.command} {output.options}")
def test_the_output_of_commands_matches_their_schema(output: JsonOutput, run: Run, fetching: Path) -> None:
    described = schema(output.schema)
    validator = jsonschema.Draft202012Validator(described)
    values = written(output, run, fetching)
    assert values
    for value in values:
        validator.validate(value)
        assert isinstance(value, dict)
        if output.schema != "record":  # which has the keys of its file
            assert value.keys() == described["properties"].keys()


def offered(page: ManualPage, parent: str = "") -> Iterator[tuple[str, str]]:
    """The JSON formats that a command offers."""
    name = f"{parent} {page.name}".strip()
    for option in page.options:
        if "--format" in option.flags:
            yield from ((name, f"--format {form}") for form in option.choices if "json" in form)
        elif "--json" in option.flags and "the same as" not in option.words:
            yield name, "--json"
    for action in page.actions:
        yield from offered(action, name)


def test_every_json_output_has_a_schema() -> None:
    listed = {(output.command, output.options) for output in JSON_OUTPUTS}
    assert {found for page in pages() for found in offered(page)} <= listed


def test_the_page_about_schemas_is_current() -> None:
    page = (ROOT / "docs" / "schemas.md").read_text(encoding="utf-8")
    assert page == "\n".join(schemas_page()) + "\n", "python docs/make_reference.py writes it anew"
