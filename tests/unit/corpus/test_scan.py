from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.corpus.scan import Change, KnownFile, Stamp, compare, display_path, scan, walk
from tests.builders import a_corpus

paths = st.sampled_from([b"a.md", b"b.md", b"shut/a.md", b"shut/deep/b.md", b"shutter/a.md", b"open/\xff.md"])
stamps = st.dictionaries(paths, st.builds(Stamp, st.integers(0, 2), st.integers(0, 2)))


def test_records_and_topics_are_found_and_nothing_else(tmp_path: Path) -> None:
    wanted = ["_news/2021/a.md", "b.markdown", "c.TXT", "d.html", "_data/topics/00-ai.yaml", "topics/x.YML"]
    other = ["_config.yml", "_data/other.yaml", "topics.yaml", "a.jpg", "md", "a.md~", ".git/a.md", "x/.a.md"]
    root = a_corpus(tmp_path, dict.fromkeys(wanted + other, "x"))
    found = scan(root)
    assert sorted(found.files) == sorted(os.fsencode(path) for path in wanted)
    assert found.unreadable == {}


def test_a_stamp_is_the_time_of_change_and_the_size(tmp_path: Path) -> None:
    root = a_corpus(tmp_path, {"a.md": "12345"})
    os.utime(root / "a.md", ns=(1, 1_624_774_140_123_456_789))
    (stamp,) = scan(root).files.values()
    assert stamp.size == 5
    assert stamp.mtime_ns == (root / "a.md").stat().st_mtime_ns


def test_an_empty_corpus_has_no_files(tmp_path: Path) -> None:
    assert scan(tmp_path)[:2] == ({}, {})


def test_a_corpus_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        scan(tmp_path / "missing")
    (tmp_path / "file").write_text("x")
    with pytest.raises(NotADirectoryError):
        scan(tmp_path / "file")


def test_a_corpus_may_be_reached_through_a_link(tmp_path: Path) -> None:
    root = a_corpus(tmp_path, {"a.md": "x"})
    (tmp_path / "link").symlink_to(root)
    assert list(scan(tmp_path / "link").files) == [b"a.md"]


def test_links_are_followed_to_files_inside_the_corpus_only(tmp_path: Path) -> None:
    root = a_corpus(tmp_path, {"folder/a.md": "inside"})
    (tmp_path / "secret.md").write_text("outside")
    (tmp_path / "corpus-too").mkdir()
    (tmp_path / "corpus-too" / "b.md").write_text("outside")
    (root / "inside.md").symlink_to(root / "folder" / "a.md")
    (root / "outside.md").symlink_to(tmp_path / "secret.md")
    (root / "relative.md").symlink_to("../secret.md")
    (root / "neighbour.md").symlink_to(tmp_path / "corpus-too" / "b.md")
    (root / "gone.md").symlink_to(root / "missing.md")
    (root / "round.md").symlink_to(root / "round.md")
    (root / "folder.md").symlink_to(root / "folder")
    found = scan(root)
    assert set(found.files) == {b"folder/a.md", b"inside.md"}
    assert found.files[b"inside.md"].size == len("inside")


def test_links_to_folders_are_not_followed_so_that_a_circle_ends(tmp_path: Path) -> None:
    root = a_corpus(tmp_path, {"folder/a.md": "x"})
    (root / "folder" / "up").symlink_to(root)
    (root / "out").symlink_to(tmp_path)
    (root / "etc").symlink_to("/etc")
    assert set(scan(root).files) == {b"folder/a.md"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_named_pipe_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "link.md").symlink_to(tmp_path / "pipe.md")
    assert scan(tmp_path).files == {}


def test_names_need_not_be_text(tmp_path: Path) -> None:
    name = b"caf\xe9\n\x1b.md"
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text("x")
    except OSError:
        pytest.skip("this file system takes no such names")
    assert list(scan(tmp_path).files) == [name]


@pytest.mark.parametrize(
    ("path", "shown"), [(b"_news/a.md", "_news/a.md"), ("é.md".encode(), "é.md"), (b"\xff.md", "\\xff.md")]
)
def test_a_path_is_shown_as_text(path: bytes, shown: str) -> None:
    assert display_path(path) == shown


def test_a_folder_that_cannot_be_read_is_told_and_the_rest_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = a_corpus(tmp_path, {"a.md": "x", "shut/b.md": "x", "far/shut/c.md": "x", "far/d.md": "x"})
    look = os.scandir

    def refuse(folder: bytes) -> object:
        if folder.endswith(b"shut"):
            raise PermissionError(13, "Permission denied")
        return look(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    found = scan(root)
    assert set(found.files) == {b"a.md", b"far/d.md"}
    assert found.unreadable == {b"shut": "Permission denied", b"far/shut": "Permission denied"}


def test_a_folder_that_can_be_listed_but_not_searched_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = a_corpus(tmp_path, {"a.md": "x", "shut/b.md": "x"})
    look = os.stat

    def refuse(path: Any, **options: Any) -> os.stat_result:
        if os.fsencode(path).endswith(b"shut/."):
            raise PermissionError(13, "Permission denied")
        return look(path, **options)

    monkeypatch.setattr(os, "access", lambda folder, _: not folder.endswith(b"shut"))
    monkeypatch.setattr(os, "stat", refuse)
    found = scan(root)
    assert set(found.files) == {b"a.md"}
    assert found.unreadable == {b"shut": "Permission denied"}


def test_a_corpus_that_cannot_be_read_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(folder: bytes) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(PermissionError):
        scan(tmp_path)


def differences(
    files: Mapping[bytes, Stamp], known: Mapping[bytes, Stamp], closed: Collection[bytes] = ()
) -> list[Change]:
    rows = [KnownFile(path, *stamp) for path, stamp in sorted(known.items())]
    return list(compare(sorted(files.items()), rows, closed))


def test_what_was_added_changed_and_deleted_is_told_apart() -> None:
    old, touched, grown = Stamp(1, 1), Stamp(2, 1), Stamp(1, 2)
    known = dict.fromkeys([b"same.md", b"touched.md", b"grown.md", b"gone.md", b"zz.md"], old)
    found = {b"same.md": old, b"touched.md": touched, b"grown.md": grown, b"new.md": old}
    assert differences(found, known) == [
        Change(b"gone.md", None, KnownFile(b"gone.md", 1, 1)),
        Change(b"grown.md", grown, KnownFile(b"grown.md", 1, 1)),
        Change(b"new.md", old, None),
        Change(b"touched.md", touched, KnownFile(b"touched.md", 1, 1)),
        Change(b"zz.md", None, KnownFile(b"zz.md", 1, 1)),
    ]


def test_files_below_a_folder_that_cannot_be_read_are_not_deleted() -> None:
    known = dict.fromkeys([b"shut/a.md", b"shut/deep/b.md", b"shutter/a.md", b"shut"], Stamp(1, 1))
    for files in ({}, {b"z.md": Stamp(1, 1)}):
        changes = differences(files, known, {b"shut"})
        assert [change.path for change in changes if change.stamp is None] == [b"shut", b"shutter/a.md"]


@given(stamps, stamps, st.sets(st.sampled_from([b"shut", b"open", b"shut/deep"])))
def test_changes_turn_what_is_known_into_what_was_found(
    files: dict[bytes, Stamp], known: dict[bytes, Stamp], closed: set[bytes]
) -> None:
    changes = differences(files, known, closed)
    after = dict(known)
    for path, stamp, before in changes:
        assert (before is not None) == (path in known)
        if stamp is None:
            del after[path]
        else:
            after[path] = stamp
    hidden = {path for path in known if any(path.startswith(folder + b"/") for folder in closed)}
    assert after == {path: known[path] for path in hidden} | files
    assert all(known.get(path) != files.get(path) for path, _, _ in changes)


def test_scanning_twice_finds_no_changes(tmp_path: Path) -> None:
    root = a_corpus(tmp_path, {"a.md": "x", "deep/b.md": "y"})
    assert not differences(scan(root).files, scan(root).files)


def test_files_are_found_in_the_order_of_their_paths_as_bytes(tmp_path: Path) -> None:
    names = [
        "a.md",
        "a/b.md",
        "a/b/c.md",
        "a-b.md",
        "a0/a.md",
        "b/a.md",
        "\U0001f600.md",
        "\uff5e.md",
        "é/a.md",
    ]
    root = a_corpus(tmp_path, dict.fromkeys(names, "x"))
    assert [path for path, _ in walk(root, [], {})] == sorted(name.encode() for name in names)
