from __future__ import annotations

from newsreader.domain.story_page import StoryPage
from newsreader.ui.history import History, Visit
from newsreader.ui.widgets.story_view import Position
from tests.builders import a_record


def visit(name: str, scroll: int = 0) -> Visit:
    return Visit(StoryPage(a_record(title=name), 1), Position(scroll, 2))


A, B, C = visit("a", 3), visit("b", 5), visit("c")


def test_a_new_history_leads_nowhere() -> None:
    history = History()
    assert history.back(A) is None
    assert history.forward(A) is None


def test_back_and_forward_return_to_the_place_that_was_left() -> None:
    history = History()
    history.leave(A)
    history.leave(B)
    assert history.back(C) == B
    assert history.back(B) == A
    assert history.back(A) is None
    assert history.forward(A) == B
    assert history.forward(B) == C
    assert history.forward(C) is None


def test_the_place_in_a_story_is_kept_as_it_was_when_going_back_from_it() -> None:
    history = History()
    history.leave(A)
    moved = visit("b", 9)
    assert history.back(moved) == A
    assert history.forward(A) == moved


def test_going_somewhere_new_forgets_what_was_ahead() -> None:
    history = History()
    history.leave(A)
    history.back(B)
    history.leave(A)
    assert history.forward(C) is None
    assert history.back(C) == A


def test_the_oldest_visits_are_forgotten_first() -> None:
    history = History()
    visits = [visit(str(number)) for number in range(1000)]
    for one in visits:
        history.leave(one)
    found = []
    present: Visit | None = C
    while present is not None and (present := history.back(present)) is not None:
        found.append(present)
    assert 100 <= len(found) < 1000
    assert found == visits[: -len(found) - 1 : -1]
