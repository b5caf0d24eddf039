"""The picture of a story: on request or by itself, gone with the story, and never in the way."""

from __future__ import annotations

import asyncio
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from newsreader.domain.sanitize import clean_line
from newsreader.domain.setting_values import GlyphSet, Pictures
from newsreader.render.picture_fit import Cell, Room
from newsreader.ui.dialogs.chooser import ChooserScreen
from newsreader.ui.pictures import canvas, controller
from newsreader.ui.pictures.capabilities import USUAL_CELL, PictureProtocol
from newsreader.ui.pictures.rasterize import Shown, draw
from newsreader.ui.widgets.picture_view import PictureView
from newsreader.web.fetch import client as fetching
from newsreader.web.fetch.protocol import PICTURE, Failed, PictureFetched, Stage
from newsreader.web.http.errors import NO_IMAGES, Failure
from tests.builders import a_front_matter
from tests.ui.fetcher_here import FetcherHere
from tests.ui.harness import (
    DEFAULTS,
    main_screen,
    press,
    reading_files,
    screen_text,
    settle,
    status,
    story_title,
    until,
)
from tests.web.pictures import a_picture, encoded

ALWAYS = DEFAULTS._replace(pictures=Pictures.ALWAYS)
PNG = encoded(a_picture(160, 90), "PNG")


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal with all colours, and no network."""
    monkeypatch.setattr(fetching, "Fetcher", FetcherHere)
    monkeypatch.setattr(FetcherHere, "made", [])
    monkeypatch.setattr(controller, "REST", 0.01)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    for name in ("TMUX", "STY", "ZELLIJ"):
        monkeypatch.delenv(name, raising=False)


def _url(name: str) -> str:
    return f"https://pics.example/{name}.jpg"


def _story(name: str, heat: int, **more: Any) -> str:
    page = f"https://who.int/{name}"
    images = [{"url": _url(name), "title": f"A view of {name}", "attribution": "WHO"}]
    keys: dict[str, Any] = {"images": images, "webUrl": page, "originalUrl": page}
    return a_front_matter(title=f"Report on {name}", heat=heat, **{**keys, **more})


FILES = {
    "_news/1.md": _story("Geneva", 300),
    "_news/2.md": _story("Delhi", 200),
    "_news/3.md": _story("nothing", 100, images=None),
}


def _reading(folder: Path, **more: Any) -> AbstractAsyncContextManager[Pilot[None]]:
    return reading_files(folder, FILES, **more)


def _view(pilot: Pilot[None]) -> PictureView:
    return main_screen(pilot).query_one(PictureView)


def _fetcher() -> FetcherHere:
    return FetcherHere.made[-1]


async def _bring(pilot: Pilot[None], number: int = 1) -> None:
    """Let the picture that was asked for come."""
    _fetcher().answer(PictureFetched(number, PNG, 1_600, 900))
    await until(pilot, lambda: _view(pilot).is_shown)
    await settle(pilot)


def _rows_of_blocks(pilot: Pilot[None]) -> list[str]:
    return [line for line in screen_text(pilot).splitlines() if "▀▀▀▀" in line]


async def test_a_picture_comes_when_it_is_asked_for_and_goes_again(tmp_path: Path) -> None:
    async with _reading(tmp_path) as pilot:
        assert FetcherHere.made == []
        await press(pilot, "i")
        assert [request["do"] for request in _fetcher().asked.values()] == [PICTURE]
        assert _fetcher().asked[1]["url"] == _url("Geneva")
        assert status(pilot).fetching == "reading the picture from pics.example …; esc stops it"
        _fetcher().answer(Stage(1, "reading the picture from pics.example (120 kB) …"))
        await until(pilot, lambda: "(120 kB) …; esc stops it" in status(pilot).fetching)
        await _bring(pilot)
        assert status(pilot).fetching == ""
        assert len(_rows_of_blocks(pilot)) >= 4
        assert "A view of Geneva · WHO" in screen_text(pilot)
        assert "Report on Geneva" in screen_text(pilot)
        await press(pilot, "i")
        assert _rows_of_blocks(pilot) == []
        await press(pilot, "i")
        await until(pilot, lambda: _view(pilot).is_shown)
        assert len(_fetcher().asked) == 1  # it was still at hand


async def test_the_picture_keeps_its_proportions_and_takes_half_of_the_pane_at_most(tmp_path: Path) -> None:
    async with _reading(tmp_path, size=(200, 24)) as pilot:
        await press(pilot, "i")
        await _bring(pilot)
        view = _view(pilot)
        assert view.parent is not None
        assert view.outer_size.height <= view.parent.size.height // 2  # type: ignore[attr-defined]
        assert view._lines[0].cell_length == pytest.approx(len(view._lines) * 2 * 16 / 9, abs=2)


async def test_another_story_takes_the_picture_away_at_once(tmp_path: Path) -> None:
    async with _reading(tmp_path) as pilot:
        await press(pilot, "i")
        await _bring(pilot)
        await press(pilot, "j")
        assert story_title(pilot) == "Report on Delhi"
        assert _rows_of_blocks(pilot) == []


async def test_marks_of_the_story_leave_its_picture_where_it_is(tmp_path: Path) -> None:
    async with _reading(tmp_path) as pilot:
        await press(pilot, "i")
        await _bring(pilot)
        await press(pilot, "f")
        assert _view(pilot).is_shown


async def test_an_answer_that_comes_after_its_story_is_not_shown(tmp_path: Path) -> None:
    async with _reading(tmp_path) as pilot:
        await press(pilot, "i", "j")
        assert _fetcher().cancelled == [1]
        _fetcher().answer(PictureFetched(1, PNG, 160, 90))
        await press(pilot, "i")
        assert _fetcher().asked[2]["url"] == _url("Delhi")
        assert not _view(pilot).is_shown
        await _bring(pilot, 2)
        assert "A view of Delhi" in screen_text(pilot)


async def test_escape_gives_up_what_is_under_way_and_nothing_else(tmp_path: Path) -> None:
    async with _reading(tmp_path) as pilot:
        await press(pilot, "3", "i", "escape")
        assert _fetcher().cancelled == [1]
        assert status(pilot).fetching == ""
        assert status(pilot).message == "Stopped; the picture was not fetched."
        assert pilot.app.focused is not None
        assert pilot.app.focused.id == "story"


async def test_asking_twice_asks_the_network_once(tmp_path: Path) -> None:
    async with _reading(tmp_path) as pilot:
        await press(pilot, "i", "i")
        assert len(_fetcher().asked) == 1
        assert status(pilot).message == "This picture is being read …; esc stops it"


@pytest.mark.parametrize(
    ("kind", "words", "said"),
    [
        (
            Failure.UNREADABLE,
            "pics.example: the picture is broken (it is cut off)",
            "pics.example: the picture is broken (it is cut off); o opens the page.",
        ),
        (
            Failure.UNREACHABLE,
            "pics.example: nobody listens there",
            "pics.example: nobody listens there; i tries again.",
        ),
        (Failure.UNREADABLE, NO_IMAGES, NO_IMAGES),
        (
            Failure.UNSAFE,
            "10.0.0.1: a private address",
            "10.0.0.1: a private address; private_addresses in the settings allows it.",
        ),
    ],
)
async def test_what_went_wrong_is_said_with_the_next_step(
    kind: Failure, words: str, said: str, tmp_path: Path
) -> None:
    async with _reading(tmp_path) as pilot:
        await press(pilot, "i")
        _fetcher().answer(Failed(1, kind, words, _url("Geneva")))
        await until(pilot, lambda: status(pilot).message == said)
        assert status(pilot).fetching == ""
        await press(pilot, "i")
        assert len(_fetcher().asked) == 2


async def test_a_picture_that_cannot_be_drawn_is_said_to_be_so(tmp_path: Path) -> None:
    async with _reading(tmp_path) as pilot:
        await press(pilot, "i")
        _fetcher().answer(PictureFetched(1, b"no PNG", 160, 90))
        await until(pilot, lambda: status(pilot).message.startswith("The picture cannot be drawn"))
        assert not _view(pilot).is_shown


async def test_a_story_without_a_picture_says_so(tmp_path: Path) -> None:
    async with _reading(tmp_path) as pilot:
        await press(pilot, "j", "j", "i")
        assert status(pilot).message == "There is no picture in this story."
        assert FetcherHere.made == []


async def test_a_missing_extra_is_told_with_the_command_that_brings_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(controller, "_is_installed", lambda: False)
    async with _reading(tmp_path) as pilot:
        await press(pilot, "i")
        assert status(pilot).message == NO_IMAGES
        assert FetcherHere.made == []


@pytest.mark.parametrize("why", ["no colours", "sixteen colours", "plain signs"])
async def test_where_nothing_can_be_drawn_the_browser_is_offered(
    why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = DEFAULTS
    if why == "no colours":
        monkeypatch.setenv("NO_COLOR", "1")
    elif why == "sixteen colours":
        monkeypatch.setenv("COLORTERM", "")
        monkeypatch.setenv("TERM", "xterm-16color")
    else:
        settings = DEFAULTS._replace(glyphs=GlyphSet.ASCII)
    async with _reading(tmp_path, settings=settings) as pilot:
        await press(pilot, "i")
        assert isinstance(pilot.app.screen, ChooserScreen)
        assert "cannot be drawn" in screen_text(pilot)
        assert "Open it in the browser" in screen_text(pilot)
        await press(pilot, "escape")
        assert FetcherHere.made == []


async def test_where_there_is_no_room_that_is_said(tmp_path: Path) -> None:
    async with _reading(tmp_path, size=(100, 11)) as pilot:
        await press(pilot, "i")
        assert status(pilot).message == "There is no room for a picture here; o opens the page."
        assert FetcherHere.made == []


async def test_a_picture_goes_where_its_room_goes_and_comes_back_with_it(tmp_path: Path) -> None:
    async with _reading(tmp_path) as pilot:
        await press(pilot, "i")
        await _bring(pilot)
        before = len(_view(pilot)._lines)
        await pilot.resize_terminal(120, 12)
        await until(pilot, lambda: not _view(pilot).is_shown)
        await pilot.resize_terminal(120, 40)
        await until(pilot, lambda: len(_view(pilot)._lines) == before)


async def test_with_one_pane_the_story_comes_with_its_picture(tmp_path: Path) -> None:
    async with _reading(tmp_path, size=(60, 24)) as pilot:
        await press(pilot, "i")
        assert pilot.app.focused is not None
        assert pilot.app.focused.id == "story"
        await _bring(pilot)
        assert max(len(line) for line in _rows_of_blocks(pilot)) <= 60


async def test_the_picture_follows_the_story_alone_and_back(tmp_path: Path) -> None:
    async with _reading(tmp_path, size=(80, 40)) as pilot:
        await press(pilot, "i")
        await _bring(pilot)
        narrow = _view(pilot)._lines[0].cell_length
        await press(pilot, "Z")
        await until(pilot, lambda: _view(pilot)._lines[0].cell_length > narrow)
        await press(pilot, "Z")
        await until(pilot, lambda: _view(pilot)._lines[0].cell_length == narrow)


async def test_pictures_come_by_themselves_where_the_settings_say_so(tmp_path: Path) -> None:
    async with _reading(tmp_path, settings=ALWAYS) as pilot:
        await until(pilot, lambda: bool(FetcherHere.made))
        assert status(pilot).fetching == ""  # nobody waits for it
        await _bring(pilot)
        await press(pilot, "j")
        await until(pilot, lambda: len(_fetcher().asked) == 2)
        await _bring(pilot, 2)
        await press(pilot, "i")
        assert not _view(pilot).is_shown
        await press(pilot, "3")
        await asyncio.sleep(0.05)
        await settle(pilot)
        assert not _view(pilot).is_shown  # put away is put away
        assert len(_fetcher().asked) == 2


async def test_scrolling_through_the_list_asks_for_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(controller, "REST", 60)
    async with _reading(tmp_path, settings=ALWAYS) as pilot:
        await press(pilot, "j", "k", "j", "k")
        assert FetcherHere.made == []


async def test_by_itself_nothing_comes_where_it_cannot_be_shown(tmp_path: Path) -> None:
    plain = ALWAYS._replace(glyphs=GlyphSet.ASCII)
    async with _reading(tmp_path, settings=plain) as pilot:
        await asyncio.sleep(0.05)
        await settle(pilot)
        assert FetcherHere.made == []
        assert status(pilot).message == ""
    one_pane = tmp_path / "one pane"
    async with _reading(one_pane, settings=ALWAYS, size=(60, 24)) as pilot:
        await asyncio.sleep(0.05)
        await settle(pilot)
        assert FetcherHere.made == []
        await press(pilot, "enter")
        await until(pilot, lambda: bool(FetcherHere.made))


async def test_a_picture_that_comes_by_itself_is_waited_for_once_it_is_asked_for(tmp_path: Path) -> None:
    async with _reading(tmp_path, settings=ALWAYS) as pilot:
        await until(pilot, lambda: bool(FetcherHere.made))
        await press(pilot, "i")
        assert status(pilot).fetching == "reading the picture from pics.example …; esc stops it"
        await press(pilot, "escape")
        assert _fetcher().cancelled == [1]
        assert len(_fetcher().asked) == 1


async def test_words_of_strangers_are_no_markup_and_no_commands(tmp_path: Path) -> None:
    title = "[bold]x[/] \x1b[31mred"
    files = {"_news/1.md": _story("Geneva", 1, images=[{"url": _url("Geneva"), "title": title}])}
    async with reading_files(tmp_path, files) as pilot:
        await press(pilot, "i")
        await _bring(pilot)
        assert f" {clean_line(title)} " in screen_text(pilot)


async def test_in_kitty_the_picture_itself_is_sent_and_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm-kitty")
    async with _reading(tmp_path) as pilot:
        sent: list[str] = []
        assert pilot.app._driver is not None
        monkeypatch.setattr(pilot.app._driver, "write", sent.append)
        await press(pilot, "i")
        await _bring(pilot)
        assert "\U0010eeee" in screen_text(pilot)
        commands = "".join(sent)
        assert commands.startswith("\x1b_Gi=")
        assert "a=p,U=1" in commands
        await press(pilot, "j")
        assert "a=d,d=I" in "".join(sent)


async def test_sixel_is_drawn_over_the_lines_that_were_painted_and_never_over_a_dialog(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "foot")
    monkeypatch.setattr(canvas, "cell_size", lambda: Cell(10, 20))
    async with _reading(tmp_path) as pilot:
        await press(pilot, "i")
        await _bring(pilot)
        view = _view(pilot)
        edge = view.render_lines(view.outer_size.region)[-1]
        top, left = view.content_region.y + 1, view.content_region.x + 1
        assert f"\x1b7\x1b[{top};{left}H\x1bP" in edge.render(pilot.app.console)
        assert edge.cell_length == view.outer_size.width
        await press(pilot, "question_mark")
        edge = view.render_lines(view.outer_size.region)[-1]
        assert "\x1bP" not in edge.render(pilot.app.console)


def test_half_blocks_show_two_pixels_in_each_cell() -> None:
    drawing = draw(Shown(PNG, 160, 90), PictureProtocol.HALF_BLOCKS, Room(32, 20), USUAL_CELL)
    assert drawing.size == Room(32, 9)
    assert [line.text for line in drawing.lines] == ["▀" * 32] * 9
    top = next(iter(drawing.lines[0])).style
    assert top is not None
    assert top.color is not None
    assert top.color.triplet is not None
    assert top.color.triplet.red > 200
    assert (drawing.before, drawing.after) == ("", "")


def test_kitty_gets_a_large_picture_in_pieces_and_the_signs_that_it_stands_for() -> None:
    png = encoded(a_picture(400, 400).effect_spread(200), "PNG")
    drawing = draw(Shown(png, 400, 400), PictureProtocol.KITTY, Room(10, 5), Cell(8, 16))
    assert drawing.size == Room(10, 5)
    assert {line.cell_length for line in drawing.lines} == {10}
    *pieces, placing = drawing.before.split("\x1b\\")[:-1]
    assert len(pieces) > 1
    assert all("m=1;" in piece for piece in pieces[:-1])
    assert "m=0;" in pieces[-1]
    assert placing.endswith("c=10,r=5,q=2")
    assert max(len(piece) for piece in pieces) < 4_200


def test_the_terminal_is_never_asked() -> None:
    from textual_image import _terminal
    from textual_image.renderable import sixel, tgp

    draw(Shown(PNG, 160, 90), PictureProtocol.HALF_BLOCKS, Room(32, 20), USUAL_CELL)
    for ask in (sixel.query_terminal_support, tgp.query_terminal_support):
        assert ask() is False
    with pytest.raises(_terminal.TerminalError):
        _terminal.capture_terminal_response("", "")
