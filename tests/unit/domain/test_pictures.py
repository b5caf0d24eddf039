"""Which picture a story has, how many cells it takes, and what a terminal can draw it with."""

from __future__ import annotations

import pytest

from newsreader.domain.pictures import Picture, picture_of
from newsreader.domain.record import Image, Provider
from newsreader.render.picture_fit import Cell, Room, fit
from newsreader.ui.pictures.capabilities import PictureProtocol, best_protocol, cell_size
from tests.builders import a_record, a_related

PHOTO = Image("https://pics.example/photo.jpg", title="A ward in Geneva", attribution="WHO")
CELL = Cell(10, 20)
TRUE, MANY, FEW = "truecolor", "256", "standard"


def test_a_story_has_its_own_first_picture_with_title_and_attribution() -> None:
    record = a_record(images=(PHOTO, Image("https://pics.example/other.jpg")))
    assert picture_of(record) == Picture("https://pics.example/photo.jpg", "A ward in Geneva · WHO")


def test_what_cannot_be_fetched_is_passed_over() -> None:
    addresses = ("", "/assets/photo.jpg", "file:///etc/passwd", "data:image/png;base64,AAAA", PHOTO.url)
    assert picture_of(a_record(images=tuple(map(Image, addresses)))) == Picture(PHOTO.url)


def test_words_that_say_the_same_are_said_once() -> None:
    picture = picture_of(a_record(images=(PHOTO._replace(attribution=PHOTO.title),)))
    assert picture is not None
    assert picture.caption == "A ward in Geneva"


def test_a_picture_of_coverage_does_not_pass_for_the_storys_own() -> None:
    entries = (a_related(), a_related(images=(PHOTO,)), a_related(images=(Image("https://x.example/x.png"),)))
    assert picture_of(a_record(related=entries)) == Picture(
        PHOTO.url, "A ward in Geneva · WHO · from coverage by news.example"
    )
    nameless = a_related(images=(Image(PHOTO.url),), provider=Provider())
    assert picture_of(a_record(related=(nameless,))) == Picture(PHOTO.url, "from coverage")


def test_a_story_may_have_none() -> None:
    assert picture_of(a_record()) is None
    assert picture_of(a_record(related=(a_related(),))) is None


@pytest.mark.parametrize(
    ("size", "room", "cells"),
    [
        ((1_600, 900), Room(50, 20), Room(50, 14)),
        ((900, 1_600), Room(50, 20), Room(22, 20)),
        ((1_000, 1_000), Room(50, 20), Room(40, 20)),
        ((50, 50), Room(50, 20), Room(10, 5)),
        ((5_000, 3), Room(50, 20), Room(50, 1)),
        ((3, 5_000), Room(50, 20), Room(1, 20)),
        ((0, 0), Room(50, 20), Room(1, 1)),
    ],
)
def test_a_picture_takes_the_room_there_is_in_its_own_proportions(
    size: tuple[int, int], room: Room, cells: Room
) -> None:
    assert fit(*size, room, CELL) == cells


@pytest.mark.parametrize(
    ("environ", "colours", "protocol"),
    [
        ({"TERM": "foot"}, TRUE, PictureProtocol.SIXEL),
        ({"TERM": "foot-extra"}, MANY, PictureProtocol.SIXEL),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, TRUE, PictureProtocol.SIXEL),
        ({"TERM": "foot", "STY": "1.pts-0"}, TRUE, PictureProtocol.HALF_BLOCKS),
        ({"TERM": "xterm-kitty"}, TRUE, PictureProtocol.KITTY),
        ({"TERM": "xterm-ghostty"}, TRUE, PictureProtocol.KITTY),
        ({"TERM": "xterm-kitty"}, MANY, PictureProtocol.HALF_BLOCKS),
        ({"TERM": "xterm-kitty", "TMUX": "/tmp/tmux-1000/default,1,0"}, TRUE, PictureProtocol.HALF_BLOCKS),
        ({"TERM": "xterm-256color", "KITTY_WINDOW_ID": "1"}, TRUE, PictureProtocol.HALF_BLOCKS),
        ({"TERM": "tmux-256color"}, MANY, PictureProtocol.HALF_BLOCKS),
        ({}, TRUE, PictureProtocol.HALF_BLOCKS),
        ({"TERM": "xterm-kitty", "NO_COLOR": ""}, TRUE, None),
        ({"TERM": "xterm-color"}, FEW, None),
        ({"TERM": "vt100"}, None, None),
    ],
)
def test_the_surroundings_tell_how_to_draw(
    environ: dict[str, str], colours: str | None, protocol: PictureProtocol | None
) -> None:
    assert best_protocol(environ, colours, is_plain=False, knows_cells=True) is protocol


def test_a_plain_screen_has_no_pictures() -> None:
    assert best_protocol({"TERM": "xterm-kitty"}, TRUE, is_plain=True, knows_cells=True) is None


def test_sixel_would_run_over_the_story_where_the_size_of_cells_is_not_known() -> None:
    assert (
        best_protocol({"TERM": "foot"}, TRUE, is_plain=False, knows_cells=False)
        is PictureProtocol.HALF_BLOCKS
    )


def test_without_a_terminal_nobody_tells_the_size_of_cells() -> None:
    assert cell_size() is None
