"""Small corpora of many programs, each file with the facts that a reader has to tell of it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsreader.corpus.fields import build_record
from newsreader.corpus.file_reader import read_file
from newsreader.corpus.formats.reading import read_document
from newsreader.corpus.mapping.detection import Site, detect
from newsreader.corpus.mapping.presets import PRESETS
from newsreader.corpus.mapping.translate import translate
from newsreader.domain.corpus_options import CorpusOptions
from newsreader.domain.dates import iso
from newsreader.domain.record import Record
from newsreader.domain.sanitize import clean_line
from tests.builders import a_corpus, a_front_matter

CORPORA = Path(__file__).parents[2] / "corpora"
EXPECTED: dict[str, dict[str, Any]] = json.loads((CORPORA / "expected.json").read_text(encoding="utf-8"))


def facts(record: Record) -> dict[str, object]:
    """What a record says, by the names in the table."""
    return {
        "title": record.title,
        "day": iso(record.moment)[:10] if record.moment else None,
        "excerpt": record.excerpt,
        "topics": list(record.topics),
        "authors": list(record.provider.authors),
        "link": record.original_url or record.web_url,
        "provider": record.provider.label,
        "image": record.images[0].url if record.images else "",
        "front": record.on_front_page,
        "category": record.category,
        "language": record.language,
        "type": record.type,
        "other": sorted(record.extra),
    }


@pytest.mark.parametrize("path", EXPECTED)
@pytest.mark.parametrize("together", [False, True], ids=["alone", "among others"])
def test_facts_of_other_programs_records_are_told(
    path: str, together: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    expected = dict(EXPECTED[path])
    kind, _, inner = path.partition("/")
    read = read_file(CORPORA, path.encode()) if together else read_file(CORPORA / kind, inner.encode())
    if expected.pop("record", True) is False:
        assert (read.record, read.defects) == (None, ())
        return
    assert read.record is not None
    assert read.defects == ()
    assert expected.pop("body", "") in read.record.body
    unwanted = expected.pop("not_in_body", None)
    assert unwanted is None or unwanted not in read.record.body
    if together and "image" in expected and "://" not in expected["image"] and "/" in expected["image"]:
        expected["image"] = f"{kind}/{expected['image']}"
    told = facts(read.record)
    assert {name: told[name] for name in expected} == expected


def test_a_sample_of_less_than_two_hundred_files_tells_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {f"notes/{number}.md": "---\ntitle: A\ncssclasses: [wide]\n---\nText.\n" for number in range(300)}
    opened: list[object] = []
    root = a_corpus(tmp_path, files)
    real = os.open

    def noted(path: str, *rest: int) -> int:
        opened.append(path)
        return real(path, *rest)

    monkeypatch.setattr("os.open", noted)
    found = detect(root)
    assert found.main.preset.name == "obsidian"
    assert found.files_read == len(opened) == 100
    detect(root)
    assert len(opened) == 100


@pytest.mark.parametrize(("kind", "preset"), [(kind, kind) for kind in PRESETS if (CORPORA / kind).is_dir()])
def test_the_program_is_detected_from_its_folder(kind: str, preset: str) -> None:
    found = detect(CORPORA / kind)
    assert found.main.preset.name == preset
    assert found.files_read < 200


def test_the_record_format_is_never_taken_for_another(tmp_path: Path) -> None:
    native = a_front_matter(title="A", tags="[x]", description="D", date="2001-01-01", author="B")
    root = a_corpus(tmp_path, {"_news/a.md": native, "_news/no-title.md": "---\ncategory: news\n---\n# H\n"})
    assert detect(root).main.preset.name == "native"
    read = read_file(root, b"_news/no-title.md")
    assert read.record is not None
    assert read.record.title == "no-title.md"
    assert [defect.rule for defect in read.defects] == ["missing-title"]


bytes_like = st.one_of(
    st.binary(max_size=300),
    st.builds(
        lambda opening, text, closing: (opening + text + closing).encode("utf-8", "surrogatepass"),
        st.sampled_from(
            ["+++\n", "{", "---json\n", ";;;\n", "---\n", "Title: A\n", "title:: A\n", "# A\n", ""]
        ),
        st.text(alphabet='abtile:=[]{}",.#+-;0123456789\n \\é《\u202e\x1b*_!|`<>', max_size=200),
        st.sampled_from(["\n+++\nBody", "}\n\nBody", "\n---\nBody", "\n;;;\nBody", "\n\nBody", ""]),
    ),
)


@settings(max_examples=300)
@given(bytes_like, st.booleans())
def test_no_bytes_make_reading_fail(data: bytes, bare: bool) -> None:
    document = read_document(data, bare=bare)
    if document is not None:
        translated = translate(CORPORA, document, "posts/2021-05-06-a.md", Site(), CorpusOptions())
        record, defects = build_record(translated, "posts/2021-05-06-a.md")
        assert all(
            defect.line <= data.count(b"\n") + data.count(b"\r") + 1
            for defect in (*document.defects, *defects)
        )
        for text in (record.title, record.excerpt, *record.topics, *record.provider.authors):
            assert clean_line(text) == text
