"""What a visit leaves for the next one."""

from __future__ import annotations

from pathlib import Path

from newsreader.app.visits import remembered_view, save_visit
from newsreader.domain.ranking import Order
from newsreader.domain.view import Scope, View
from newsreader.library import Library
from newsreader.state.visits import Visit, read_visit

PLAIN = View()


def library_at(tmp_path: Path) -> Library:
    return Library(tmp_path, tmp_path / "cache", visits=tmp_path / "visits")


def test_a_visit_ends_where_the_next_one_starts(tmp_path: Path) -> None:
    last = View(topic="Robots", order=Order.NEW, order_chosen=True)
    save_visit(library_at(tmp_path), PLAIN, PLAIN, Visit(0, last, "a.md", 3))
    visit = library_at(tmp_path).last_visit
    assert visit is not None
    assert (visit.view, visit.path, visit.line) == (last, "a.md", 3)


def test_options_of_one_start_are_not_those_of_the_next(tmp_path: Path) -> None:
    save_visit(library_at(tmp_path), PLAIN, PLAIN, Visit(0, View(topic="Robots"), "a.md", 3))
    asked = View(Scope.EVERYTHING, filter="cats", order=Order.HOT, order_chosen=True)
    library = library_at(tmp_path)
    save_visit(library, PLAIN, asked, Visit(0, asked, "b.md", 5))
    assert library.visit_file is not None
    visit = read_visit(library.visit_file)
    assert visit is not None
    assert (visit.view, visit.path, visit.line) == (View(topic="Robots"), "a.md", 3)
    save_visit(library_at(tmp_path), PLAIN, View(topic="Robots"), Visit(0, View(topic="Robots"), "b.md", 5))
    assert (visit := read_visit(library.visit_file)) is not None
    assert (visit.path, visit.line) == ("b.md", 5)


def test_what_the_reader_changed_is_remembered() -> None:
    asked = View(Scope.EVERYTHING, filter="cats", order=Order.HOT, order_chosen=True)
    assert remembered_view(PLAIN, asked, asked) == PLAIN
    assert remembered_view(PLAIN, asked, asked._replace(filter="dogs")) == View(filter="dogs")
    assert remembered_view(PLAIN, asked, asked._replace(order=Order.OLD)) == View(
        order=Order.OLD, order_chosen=True
    )


def test_a_corpus_without_a_place_for_visits_remembers_nothing(tmp_path: Path) -> None:
    save_visit(Library(tmp_path, tmp_path), PLAIN, PLAIN, Visit(0))
    assert list(tmp_path.iterdir()) == []
