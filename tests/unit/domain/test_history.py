from __future__ import annotations

from newsreader.domain.history import History

A, B, C = ("a", 3), ("b", 5), ("c", 0)


def test_a_new_history_leads_nowhere() -> None:
    history = History[tuple[str, int]]()
    assert history.back(A) is None
    assert history.forward(A) is None


def test_back_and_forward_return_to_the_place_that_was_left() -> None:
    history = History[tuple[str, int]]()
    history.leave(A)
    history.leave(B)
    assert history.back(C) == B
    assert history.back(B) == A
    assert history.back(A) is None
    assert history.forward(A) == B
    assert history.forward(B) == C
    assert history.forward(C) is None


def test_the_place_in_a_story_is_kept_as_it_was_when_going_back_from_it() -> None:
    history = History[tuple[str, int]]()
    history.leave(A)
    moved = ("b", 9)
    assert history.back(moved) == A
    assert history.forward(A) == moved


def test_going_somewhere_new_forgets_what_was_ahead() -> None:
    history = History[tuple[str, int]]()
    history.leave(A)
    history.back(B)
    history.leave(A)
    assert history.forward(C) is None
    assert history.back(C) == A


def test_the_oldest_visits_are_forgotten_first() -> None:
    history = History[tuple[str, int]]()
    visits = [(str(number), 0) for number in range(1000)]
    for one in visits:
        history.leave(one)
    found = []
    present: tuple[str, int] | None = C
    while present is not None and (present := history.back(present)) is not None:
        found.append(present)
    assert 100 <= len(found) < 1000
    assert found == visits[: -len(found) - 1 : -1]
