from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsreader.corpus import file_reader
from newsreader.corpus.file_reader import SIZE_LIMIT, ReadFile, read_file
from newsreader.corpus.scan import scan
from newsreader.domain.dates import Moment
from newsreader.domain.record import Image, Provider
from tests.builders import a_corpus, a_front_matter
from tests.real_records import real_records


def read(tmp_path: Path, content: str | bytes, path: str = "_news/a.md") -> ReadFile:
    """What a file of a corpus holds."""
    return read_file(a_corpus(tmp_path, {path: content}), path.encode())


def the_reason(found: ReadFile) -> str:
    """The only defect of a file that holds nothing."""
    assert (found.record, found.document, found.topic) == (None, None, None)
    (defect,) = found.defects
    assert defect.line == 0
    return defect.reason


@pytest.mark.parametrize("path", ["_news/a.md", "_news/a.txt", "a.markdown", "deep/er/a.html"])
def test_a_file_with_front_matter_is_a_record(tmp_path: Path, path: str) -> None:
    found = read(tmp_path, a_front_matter("The body."), path)
    assert found.record is not None
    assert (found.record.path, found.record.title, found.record.body) == (
        path,
        "WHO issues first global report",
        "The body.",
    )
    assert found.document is not None
    assert (found.document.body, found.topic, found.defects) == ("The body.", None, ())


def test_a_file_without_front_matter_is_nothing_and_no_problem(tmp_path: Path) -> None:
    assert read(tmp_path, "# Code of conduct\n\nBe kind.\n", "CODE_OF_CONDUCT.md") == ReadFile()


def test_an_empty_file_is_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, b"") == ReadFile()


@pytest.mark.parametrize("taxonomy", ["organization", "topic"])
def test_a_file_that_describes_an_organization_is_no_record(tmp_path: Path, taxonomy: str) -> None:
    path = "_data/organizations/who.int.md"
    assert read(tmp_path, f"---\ntaxonomy: {taxonomy}\nname: WHO\n---\n", path) == ReadFile()
    broken = read(tmp_path, f"---\ntaxonomy: {taxonomy}\nname: a: b\n---\n", path)
    assert (broken.record, [defect.line for defect in broken.defects]) == (None, [3])


def test_a_file_in_the_folder_of_topics_is_a_topic(tmp_path: Path) -> None:
    found = read(tmp_path, "taxonomy: topic\nname: AI\n---\n", "_data/topics/00-ai.yaml")
    assert found.topic is not None
    assert (found.topic.name, found.record, found.defects) == ("AI", None, ())


def test_defects_of_yaml_and_of_values_are_told_together(tmp_path: Path) -> None:
    found = read(tmp_path, "---\ntitle: A\nquality: high\nexcerpt: a: b\n---\n")
    assert found.record is not None
    assert sorted(defect.line for defect in found.defects) == [3, 4]


@pytest.mark.parametrize("path", [b"missing.md", b"no/such/folder.md", b"\xff.md", b"x" * 300])
def test_a_file_that_went_away_is_a_problem(tmp_path: Path, path: bytes) -> None:
    assert the_reason(read_file(tmp_path, path)).startswith("cannot be read: ")


def test_a_file_that_may_not_be_read_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    root = a_corpus(tmp_path, {"a.md": a_front_matter()})
    monkeypatch.setattr(os, "open", refuse)
    assert the_reason(read_file(root, b"a.md")) == "cannot be read: Permission denied"


def test_an_error_without_words_is_told_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> int:
        raise OSError("the disk is gone")

    monkeypatch.setattr(os, "open", fail)
    assert the_reason(read_file(tmp_path, b"a.md")) == "cannot be read: the disk is gone"


def test_a_folder_in_the_place_of_a_file_is_a_problem_and_leaves_nothing_open(tmp_path: Path) -> None:
    (tmp_path / "a.md").mkdir()
    free = os.dup(0)
    os.close(free)
    assert the_reason(read_file(tmp_path, b"a.md")) == "cannot be read: not a regular file"
    again = os.dup(0)
    os.close(again)
    assert again == free


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_named_pipe_is_a_problem_and_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")
    found: list[ReadFile] = []
    reading = Thread(target=lambda: found.append(read_file(tmp_path, b"a.md")), daemon=True)
    reading.start()
    reading.join(timeout=10)
    assert not reading.is_alive()
    assert the_reason(found[0]) == "cannot be read: not a regular file"


def test_a_huge_file_is_left_out(tmp_path: Path) -> None:
    with (tmp_path / "a.md").open("wb") as file:
        file.truncate(SIZE_LIMIT + 1)
    assert the_reason(read_file(tmp_path, b"a.md")) == "larger than 16 MB; it is left out"


def test_a_file_of_exactly_the_limit_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = a_front_matter().encode()
    monkeypatch.setattr(file_reader, "SIZE_LIMIT", len(content))
    assert read(tmp_path, content).record is not None
    assert read(tmp_path, content + b"x").record is None


def test_a_newsletter_with_a_long_body_is_read_whole(tmp_path: Path) -> None:
    body = "\n".join(f"<p>Paragraph {number} of a newsletter</p>" for number in range(1_500))
    found = read(tmp_path, a_front_matter(body, content=body))
    assert found.record is not None
    assert (found.record.body, found.record.extra["content"], found.defects) == (body, body, ())


def test_a_name_with_bytes_that_are_no_text_is_shown_escaped(tmp_path: Path) -> None:
    path = b"caf\xe9\x1b[31m.md"
    try:
        (Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + path))).write_text(a_front_matter(title=None))
    except OSError:
        pytest.skip("this file system takes no such names")
    found = read_file(tmp_path, path)
    assert found.record is not None
    assert (found.record.path, found.record.title) == ("caf\\xe9.md", "caf\\xe9.md")


HOSTILE: dict[str, Callable[[], str]] = {
    "brackets": lambda: "a: " + "[" * 100_000,
    "braces": lambda: "a: " + "{a: " * 100_000,
    "dashes": lambda: "a:\n " + "- " * 100_000,
    "aliases": lambda: "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9) if n else 'lol'}]\n" for n in range(9)
    ),
    "merge keys": lambda: "".join(
        f"a{n}: &a{n}\n  k{n}: 1\n" + (f"  <<: [{', '.join([f'*a{n - 1}'] * 9)}]\n" if n else "")
        for n in range(9)
    ),
    "alias in itself": lambda: "a: &a\n  k: [*a]",
    "long text again and again": lambda: f"a: &a {'x' * 50_000}\ntype: [{', '.join(['*a'] * 10_000)}]",
    "many keys": lambda: "".join(f"k{n}: {n}\n" for n in range(60_000)),
}


@pytest.mark.parametrize("attack", HOSTILE)
def test_front_matter_that_would_never_end_is_a_problem_and_its_sound_keys_are_kept(
    tmp_path: Path, attack: str
) -> None:
    found = read(tmp_path, f"---\ntitle: A\ntype: video\n{HOSTILE[attack]()}\nexcerpt: B\n---\nThe body.\n")
    assert found.record is not None
    assert (found.record.title, found.record.body) == ("A", "The body.")
    assert found.defects
    assert all(len(defect.reason) < 500 for defect in found.defects)


@given(
    st.binary(max_size=200),
    st.sampled_from([b"a.md", b"topics/a.yaml", b"_data/topics/b.yml"]),
    st.sampled_from([b"", b"---\n", b"---\ntitle: ", b"name: ", b"\xef\xbb\xbf---\n"]),
    st.sampled_from([b"", b"\n---\n", b"\n---", b"\r\n---\r\nbody"]),
)
@settings(max_examples=150)
def test_no_bytes_make_reading_a_file_fail(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, path: bytes, before: bytes, after: bytes
) -> None:
    root = tmp_path_factory.getbasetemp()
    found = read(root, before + data + after, path.decode())
    assert all(defect.line >= 0 and defect.reason for defect in found.defects)


def test_every_real_file_reads_without_a_defect() -> None:
    root = real_records() / "site"
    found = {path: read_file(root, path) for path in scan(root).files}
    assert {path: read.defects for path, read in found.items() if read.defects} == {}
    records = [read.record for read in found.values() if read.record]
    assert len(records) > 200
    assert sum(read.topic is not None for read in found.values()) == 7
    assert {path for path, read in found.items() if not (read.record or read.topic)} >= {b"README.md"}
    assert all(record.links() for record in records if record.path.startswith("_news/"))


def test_one_real_record_has_the_values_that_are_in_it() -> None:
    found = read_file(real_records(), b"one-record.txt")
    record: Any = found.record
    page = (
        "https://www.forbes.com/sites/janakirammsv/2021/06/27/"
        "pytorch-gains-momentum-with-push-from-facebook-and-microsoft/"
    )
    assert found.defects == ()
    assert record.title == "PyTorch Gains Momentum With Push From Facebook And Microsoft"
    assert record.excerpt.startswith("Thanks to Facebook and Microsoft, PyTorch is on its way")
    assert record.moment == Moment(1_624_774_140, day_only=False)
    assert (record.original_url, record.web_url, record.amp_url) == (page, page, page + "amp/")
    assert record.cached_amp_url == f"https://www-forbes-com.cdn.ampproject.org/c/s/{page[8:]}amp/"
    assert (record.category, record.type, record.quality, record.heat) == ("news", "article", 121, 141)
    assert (record.published, record.removed, record.topics) == (
        True,
        False,
        ("Facebook AI", "AI", "Microsoft AI"),
    )
    logo = Image("https://everyday-cc.github.io/ai/assets/images/organizations/forbes.com-50x50.jpg", 50, 50)
    assert record.provider == Provider("Forbes", "forbes.com", (logo,))
    assert [(image.width, image.height) for image in record.images] == [(1000, 525)]
    assert [entry.title[:30] for entry in record.related] == [
        "Learning From Microsoft’s Imag",
        "AI Governance Market Growing P",
    ]
    assert [entry.quality for entry in record.related] == [91, 15]
    assert [entry.moment for entry in record.related] == [
        Moment(1_624_917_480, False),
        Moment(1_624_967_040, False),
    ]
    assert [bool(entry.amp_url) for entry in record.related] == [True, False]
    assert (record.sealed_size, record.sealed[-25:]) == (400, ";z44Mvn2YAy3ww8uaEx/hyA==")
    assert (record.body, dict(record.extra)) == ("", {})


def test_a_file_that_grows_while_it_is_opened_is_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = os.fstat

    def look_too_early(descriptor: int) -> os.stat_result:
        status = list(look(descriptor))
        status[stat.ST_SIZE] = 3
        return os.stat_result(status)

    monkeypatch.setattr(os, "fstat", look_too_early)
    record = read(tmp_path, a_front_matter(title="Whole")).record
    assert record is not None
    assert record.title == "Whole"
