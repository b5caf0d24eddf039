"""Numbers for paths: in the order of the paths, kept when others come in between."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from hypothesis import given
from hypothesis import strategies as st

from newsreader.library.index import path_ranks
from newsreader.library.index.path_ranks import GAP, Neighbours, number

paths = st.binary(min_size=1, max_size=3)
sets_of_paths = st.sets(paths, max_size=20)


def neighbours_in(known: Mapping[bytes, int]) -> Callable[[bytes], Neighbours]:
    def find(path: bytes) -> Neighbours:
        before = [known[other] for other in known if other < path]
        after = min((other for other in known if other > path), default=None)
        return Neighbours(max(before, default=0), after, 0 if after is None else known[after])

    return find


def insert(known: Mapping[bytes, int], added: Iterable[bytes]) -> dict[bytes, int] | None:
    return path_ranks.insert(added, neighbours_in(known))


def in_order(places: dict[bytes, int]) -> bool:
    numbers = [places[path] for path in sorted(places)]
    return all(low < high for low, high in zip([0, *numbers], numbers, strict=False))


@given(sets_of_paths)
def test_dealt_numbers_are_in_the_order_of_the_paths_and_far_apart(paths: set[bytes]) -> None:
    places = number(paths)
    assert places.keys() == paths
    assert in_order(places)
    assert all(number % GAP == 0 for number in places.values())


@given(st.lists(sets_of_paths, min_size=1, max_size=6))
def test_whatever_comes_later_finds_its_place_and_moves_nothing(arrivals: list[set[bytes]]) -> None:
    places: dict[bytes, int] = {}
    for arrived in arrivals:
        added = arrived - places.keys()
        inserted = insert(places, added)
        assert inserted is not None
        assert inserted.keys() == added
        places = {**places, **inserted}
        assert in_order(places)


@given(st.dictionaries(paths, st.none(), max_size=12), sets_of_paths)
def test_a_number_is_never_given_where_there_is_no_room(known: dict[bytes, None], added: set[bytes]) -> None:
    """Neighbours that are only two apart have room for one."""
    close_together = {path: 2 * (rank + 1) for rank, path in enumerate(sorted(known))}
    inserted = insert(close_together, added - known.keys())
    if inserted is not None:
        assert in_order({**close_together, **inserted})


def test_a_gap_that_is_used_up_asks_for_a_new_deal() -> None:
    assert insert({b"a": 7, b"c": 8}, [b"b"]) is None
    assert insert({b"a": 7, b"c": 9}, [b"b"]) == {b"b": 8}


def test_there_is_always_room_at_the_end() -> None:
    assert insert({b"a": 7}, [b"b", b"c"]) == {b"b": 7 + GAP, b"c": 7 + 2 * GAP}


def test_the_first_path_of_all_has_room_before_it() -> None:
    places = insert(number([b"m"]), [b"a"])
    assert places is not None
    assert 0 < places[b"a"] < GAP


def test_adding_nothing_gives_no_numbers() -> None:
    assert insert(number([b"a", b"b"]), []) == {}
    assert insert({}, []) == {}


def test_neighbours_are_looked_up_once_for_paths_that_follow_one_another() -> None:
    known = {b"b": GAP, b"n": 2 * GAP}
    asked: list[bytes] = []

    def find(path: bytes) -> Neighbours:
        asked.append(path)
        return neighbours_in(known)(path)

    assert path_ranks.insert([b"a", b"c", b"d", b"m", b"x", b"z"], find) is not None
    assert asked == [b"a", b"c", b"x"]


def test_a_gap_that_is_used_up_before_others_asks_for_new_numbers() -> None:
    def neighbours(path: bytes) -> Neighbours:
        return Neighbours(1, b"c", 2) if path < b"c" else Neighbours(2, None, 0)

    assert path_ranks.insert([b"b", b"d"], neighbours) is None
