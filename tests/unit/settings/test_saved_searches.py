"""The file of saved searches: read with all its mistakes, changed without losing what a person wrote."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.domain.ranking import Order
from newsreader.domain.saved_search import SavedSearch
from newsreader.domain.view import Scope, View
from newsreader.settings.saved_searches import SearchesError, SearchesFile

BY_HAND = """\
# mine

# what the chip makers do
[[search]]
name = "chips"   # short
filter = 'chip OR "graphics card"'
order = "new"

[[search]]
name = "all of NLP"
topic = "NLP"
scope = "everything"
"""

CHIPS = SavedSearch("chips", filter='chip OR "graphics card"', order=Order.NEW)
NLP = SavedSearch("all of NLP", topic="NLP", scope=Scope.EVERYTHING)


@pytest.fixture
def file(tmp_path: Path) -> SearchesFile:
    path = tmp_path / "config" / "searches.toml"
    path.parent.mkdir()
    path.write_text(BY_HAND, encoding="utf-8")
    return SearchesFile(path)


def _names(file: SearchesFile) -> list[str]:
    return [search.name for search in file.read().searches]


def test_a_hand_written_file_is_read_in_its_order(file: SearchesFile) -> None:
    assert file.read() == ((CHIPS, NLP), ())


def test_a_missing_file_is_created_by_the_first_search(tmp_path: Path) -> None:
    file = SearchesFile(tmp_path / "none" / "yet" / "searches.toml")
    assert file.read() == ((), ())
    file.put(NLP)
    assert file.read() == ((NLP,), ())
    assert file.path.read_text(encoding="utf-8").startswith("# Saved searches of newsreader")
    assert list(file.path.parent.iterdir()) == [file.path]


def test_a_saved_view_round_trips() -> None:
    plain = View(order=Order.HOT)
    view = plain._replace(topic="AI", filter=" chip ", scope=Scope.EVERYTHING)
    assert SavedSearch.of("x", view).view(plain) == view._replace(filter="chip")
    chosen = view._replace(filter="", order=Order.OLD, order_chosen=True, provider="a.example", type="video")
    assert SavedSearch.of("x", chosen).view(View()) == chosen


def test_a_new_search_is_appended_and_one_of_the_same_name_replaced(file: SearchesFile) -> None:
    file.put(SavedSearch("more", filter='"a \\ b" "', provider="ü.example"))
    assert file.read().searches[2] == SavedSearch("more", filter='"a \\ b" "', provider="ü.example")
    file.put(SavedSearch("chips", type="video"))
    assert file.read().searches[:2] == (SavedSearch("chips", type="video"), NLP)
    assert "# what the chip makers do\n[[search]]" in file.path.read_text(encoding="utf-8")


def test_renaming_preserves_the_rest(file: SearchesFile) -> None:
    file.rename("all of NLP", 'say "language" \\o/')
    assert file.path.read_text(encoding="utf-8") == BY_HAND.replace(
        '"all of NLP"', '"say \\"language\\" \\\\o/"'
    )
    assert _names(file) == ["chips", 'say "language" \\o/']


def test_moving_keeps_comments_with_their_entry(file: SearchesFile) -> None:
    file.swap("all of NLP", "chips")
    text = file.path.read_text(encoding="utf-8")
    assert _names(file) == ["all of NLP", "chips"]
    assert text.startswith("# mine\n\n[[search]]")
    assert "# what the chip makers do\n[[search]]\nname" in text
    file.swap("all of NLP", "chips")
    assert file.path.read_text(encoding="utf-8") == BY_HAND


def test_a_change_can_be_undone_and_redone_exactly(file: SearchesFile) -> None:
    edit = file.delete("chips")
    assert _names(file) == ["all of NLP"]
    file.replay(edit.reversed())
    assert file.path.read_text(encoding="utf-8") == BY_HAND
    file.replay(edit)
    assert _names(file) == ["all of NLP"]


def test_a_file_changed_by_someone_else_is_not_undone(file: SearchesFile) -> None:
    edit = file.delete("chips")
    file.path.write_text("# empty\n", encoding="utf-8")
    with pytest.raises(SearchesError, match="changed by someone else"):
        file.replay(edit.reversed())
    assert file.path.read_text(encoding="utf-8") == "# empty\n"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda file: file.rename("gone", "x"), "no search “gone”"),
        (lambda file: file.delete("gone"), "no search “gone”"),
        (lambda file: file.swap("chips", "gone"), "no search “gone”"),
        (lambda file: file.rename("chips", "all of NLP"), "already a search “all of NLP”"),
    ],
)
def test_impossible_changes_are_reported(
    file: SearchesFile, change: Callable[[SearchesFile], object], words: str
) -> None:
    with pytest.raises(SearchesError, match=words):
        change(file)
    assert file.path.read_text(encoding="utf-8") == BY_HAND


@pytest.mark.parametrize(
    "text",
    [
        'search = [{name = "chips"}]\n',
        '[[search]]\nname = """\nchips"""\n',
        "[[search]]\nname = '''\n[[search]]\nchips'''\n",
        '[[search]]\n"na\\u006de" = "chips"\n',
    ],
)
def test_a_file_in_unsupported_notation_is_not_changed(file: SearchesFile, text: str) -> None:
    file.path.write_text(text, encoding="utf-8")
    (search,) = file.read().searches
    with pytest.raises(SearchesError, match="only an editor"):
        file.rename(search.name, "other")
    assert file.path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('[[search]]\nname = "x"\nfilter = "quality>=abc"\n', ":3: quality>=abc: a number is needed"),
        ('[[search]]\nfilter = "x"\n', ":1: a name is needed"),
        ('\n[[search]]\nname = "\\u001b "\n', ":3: a name is needed"),
        ("[[search]]\nname = 7\n", ":2: name must be a text in quotes"),
        ('[[search]]\nname = "x"\norder = "newest"\n', ":3: order must be one of top"),
        ('[[search]]\nname = "x"\norder = ["new"]\n', ":3: order must be one of top"),
        ('[[search]]\nname = "x"\n scope = true\n', ":3: scope must be one of front page, everything"),
        ('[[search]]\nname = "x"\n[[search]]\n\nname = "x"\n', ":5: there is another search “x”"),
        ('[[search]]\nname = "x"\nfliter = "y"\n', ":3: fliter is no key; did you mean filter?"),
        ('[[search]]\nname = "x"\nqqq = "y"\n', ":3: qqq is no key; there are name, filter"),
        ("[[search]\n", ":1: not valid TOML"),
        ('a = 1\nfilter = "x"\n', ":1: each saved search begins with a line [[search]]"),
        ('\n[search]\nname = "x"\n', ":2: each saved search begins with a line [[search]]"),
        ('search = ["x"]\n', ":1: each saved search begins with a line [[search]]"),
        ("x = " + "[" * 100_000, ": not valid TOML"),
        ("x = " + "9" * 5_000, ": not valid TOML"),
        ("#" * 1_000_001, ": too long"),
    ],
)
def test_errors_are_reported_with_file_and_line(file: SearchesFile, text: str, complaint: str) -> None:
    file.path.write_text(text, encoding="utf-8")
    complaints = file.read().complaints
    assert complaints[0].startswith(str(file.path))
    assert complaint in complaints[0]


def test_an_error_hides_no_other_search_and_survives_a_change(file: SearchesFile) -> None:
    wrong = '[[search]]\nname = "bad"\nfilter = "quality>=abc"\n'
    file.path.write_text(f"{wrong}\n{BY_HAND}", encoding="utf-8")
    assert _names(file) == ["chips", "all of NLP"]
    file.swap("chips", "all of NLP")
    assert wrong in file.path.read_text(encoding="utf-8")
    assert _names(file) == ["all of NLP", "chips"]


def test_a_file_that_is_not_text_or_unreadable_is_reported(file: SearchesFile) -> None:
    file.path.write_bytes(b"# ok\n# \xff\n")
    assert f"{file.path}:2: not UTF-8" in file.read().complaints[0]
    file.path.unlink()
    file.path.mkdir()
    assert "cannot be read" in file.read().complaints[0]
    with pytest.raises(SearchesError, match="cannot be read"):
        file.put(NLP)


@pytest.mark.skipif(sys.platform == "win32", reason="links and modes are those of POSIX")
def test_a_symbolic_link_and_the_file_mode_are_preserved(file: SearchesFile, tmp_path: Path) -> None:
    kept = tmp_path / "kept.toml"
    file.path.rename(kept)
    kept.chmod(0o640)
    file.path.symlink_to(kept)
    file.delete("chips")
    assert file.path.is_symlink()
    assert kept.stat().st_mode & 0o777 == 0o640
    assert "chips" not in kept.read_text(encoding="utf-8").replace("chip makers", "")


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="modes are those of POSIX")
def test_a_read_only_folder_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SearchesError, match="cannot be"):
        SearchesFile(tmp_path / "file" / "searches.toml").put(NLP)


@given(st.lists(st.text(max_size=30), max_size=5), st.text(max_size=40))
def test_any_name_and_filter_round_trips(names: list[str], provider: str) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        file = SearchesFile(Path(folder) / "searches.toml")
        wanted: dict[str, SavedSearch] = {}
        for name in names:
            search = SavedSearch.of(name, View(provider=provider))
            if search.name:
                file.put(search)
                wanted[search.name] = search
        assert file.read() == (tuple(wanted.values()), ())


def test_a_byte_order_mark_is_accepted(file: SearchesFile) -> None:
    file.path.write_bytes(b'\xef\xbb\xbf[[search]]\nname = "x"\n')
    read = file.read()
    assert [search.name for search in read.searches] == ["x"]
    assert read.complaints == ()
