"""A corpus is filled from the public listing of a site."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any

from newsreader.domain.sanitize import clean_block, clean_line
from newsreader.domain.view import Scope, View
from tests.real_records import real_records
from tests.ui.harness import a_library
from tests.web.server import PageServer
from tests.web.sites import a_plan, a_source, a_value, counts, files, read, run, serve_listing


def _as_read(value: Any) -> Any:
    """Return a sanitized value of the listing without nulls."""
    if isinstance(value, dict):
        return {key: _as_read(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [_as_read(inner) for inner in value]
    return (clean_block if "\n" in value else clean_line)(value) if isinstance(value, str) else value


def _check_equal(folder: Path, values: list[dict[str, Any]]) -> None:
    for value in values:
        found = read(folder, value["path"])
        assert found.defects == ()
        assert found.document is not None
        wanted = _as_read({key: value[key] for key in value if key not in ("path", "content")})
        assert {key: found.document.values[key] for key in wanted} == wanted
        assert found.document.values.keys() - wanted.keys() == {"category", "published", "lang"}
        assert found.document.body == clean_block(value["content"])
    assert list(files(folder)) == sorted(value["path"] for value in values)
    library = a_library(folder / "corpus", folder / "cache")
    with closing(library.reader()) as reader:
        assert reader.count(View(scope=Scope.EVERYTHING, fold=False)) == len(values)
        assert reader.problems() == []


async def test_an_empty_corpus_receives_the_records_of_all_pages(tmp_path: Path) -> None:
    values = [a_value(number) for number in range(1, 8)]
    with PageServer() as server:
        plan = a_plan(tmp_path, a_source(serve_listing(server, [values[:3], values[3:6], values[6:]])))
        assert counts(await run(plan)) == {"new": 7}
    _check_equal(tmp_path, values)


async def test_a_second_run_only_revalidates_and_writes_nothing(tmp_path: Path) -> None:
    values = [a_value(number) for number in range(1, 7)]
    with PageServer() as server:
        plan = a_plan(tmp_path, a_source(serve_listing(server, [values[:3], values[3:]])))
        await run(plan)
        before = {path: (tmp_path / "corpus" / path).stat() for path in files(tmp_path)}
        del server.requests[:]
        report = await run(plan)
        assert [request.path for request in server.requests] == ["/api/news/index.json"]
        assert all("if-none-match" in request.headers for request in server.requests)
    assert counts(report) == {}
    assert report.sources[0].in_words == "nothing new"
    assert {path: (tmp_path / "corpus" / path).stat() for path in files(tmp_path)} == before


async def test_real_records_are_the_same_as_in_their_listing(tmp_path: Path) -> None:
    page = json.loads((real_records() / "listing-page.json").read_text(encoding="utf-8"))
    values = page["value"]
    with PageServer() as server:
        plan = a_plan(tmp_path, a_source(serve_listing(server, [values[:10], values[10:20], values[20:]])))
        assert counts(await run(plan)) == {"new": len(values)}
        del server.requests[:]
        assert counts(await run(plan)) == {}
        assert all("if-none-match" in request.headers for request in server.requests)
    _check_equal(tmp_path, values)


async def test_a_clone_of_a_real_site_recognises_its_own_records(tmp_path: Path) -> None:
    records = real_records()
    page = json.loads((records / "listing-page.json").read_text(encoding="utf-8"))
    there = [value for value in page["value"] if (records / "site" / value["path"]).exists()]
    with PageServer() as server:
        plan = a_plan(tmp_path, a_source(serve_listing(server, [there])))
        for value in there:
            target = tmp_path / "corpus" / value["path"]
            target.parent.mkdir(exist_ok=True)
            target.write_bytes((records / "site" / value["path"]).read_bytes())
        before = files(tmp_path)
        assert counts(await run(plan)) == {"same": len(there)}
    assert files(tmp_path) == before
