"""Commands of the user: what reaches them, how they end, and what is said of it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from newsreader.app.external_commands import (
    ExternalCommandError,
    PreparedCommand,
    parse_typed,
    prepare,
    prepare_player,
    run_in_background,
    run_in_terminal,
)
from newsreader.domain.errors import NewsreaderError
from newsreader.domain.external_command import ExternalCommand, StoryForm
from newsreader.domain.placeholders import PlaceholderError
from newsreader.domain.record import Enclosure, Related
from newsreader.domain.story_page import StoryPage, entry_page
from tests.builders import a_record

HOSTILE = "-rf $(touch pwned) `id` \"quoted\" 'single' ; | & > x"


def _python(code: str, *arguments: str) -> ExternalCommand:
    return ExternalCommand("Python", (sys.executable, "-c", code, *arguments))


def _page(**values: object) -> StoryPage:
    return StoryPage(a_record(**values), 1)


def _written(command: ExternalCommand, page: StoryPage, folder: Path) -> list[str]:
    """The arguments and the input that a command got."""
    told = folder / "told.json"
    code = "import json,sys; json.dump([*sys.argv[2:], sys.stdin.read()], open(sys.argv[1], 'w'))"
    run = (sys.executable, "-c", code, str(told).replace("%", "%%"), *command.run)
    assert run_in_background(prepare(command._replace(run=run), page, folder)) == "“Test” is done."
    values: list[str] = json.loads(told.read_text(encoding="utf-8"))
    return values


def test_a_hostile_title_reaches_the_command_as_one_argument_and_as_its_input(tmp_path: Path) -> None:
    page = _page(title=HOSTILE)
    command = ExternalCommand("Test", ("--", "%t", "end"), input=StoryForm.JSON)
    dashes, title, end, text = _written(command, page, tmp_path)
    assert (dashes, title, end) == ("--", HOSTILE, "end")
    assert json.loads(text)["title"] == HOSTILE
    assert [path.name for path in tmp_path.iterdir()] == ["told.json"]


def test_without_an_input_a_command_reads_nothing(tmp_path: Path) -> None:
    assert _written(ExternalCommand("Test", ()), _page(), tmp_path) == [""]


def test_the_values_of_a_story(tmp_path: Path) -> None:
    page = _page(
        title="Title",
        path="a/b.md",
        original_url="https://news.example/a",
        amp_url="https://news.example/amp",
    )
    command = ExternalCommand("Show", ("show", "%u", "%a", "%t", "%f"))
    file = str(tmp_path.resolve() / "a/b.md")
    assert prepare(command, page, tmp_path).argv == (
        "show",
        "https://news.example/a",
        "https://news.example/amp",
        "Title",
        file,
    )
    bare = entry_page(Related(title="Nowhere"))
    for argument in ("%u", "%a", "%f"):
        with pytest.raises(PlaceholderError, match="This story has no"):
            prepare(ExternalCommand("Show", ("show", argument)), bare, tmp_path)


def test_how_a_command_ends_is_said() -> None:
    def end(code: str) -> str:
        return run_in_background(PreparedCommand(_python(code).run, "Test"))

    assert end("") == "“Test” is done."
    assert end("raise SystemExit(3)") == "“Test” failed with exit status 3."
    said = end("import sys; sys.exit('first\\nlast \\x1b[31m words')")
    assert said == "“Test” failed with exit status 1: last words"
    assert end("print('x' * 10**6); import sys; sys.stderr.write('x' * 10**6)") == "“Test” is done."
    assert end("import os; os.kill(os.getpid(), 9)") == "“Test” was ended by signal 9."


@pytest.mark.parametrize("argv", [("no-such-command-anywhere",), ("nul\0",)])
def test_a_command_that_cannot_be_started_is_named(argv: tuple[str, ...]) -> None:
    command = PreparedCommand(argv, "Test", "text")
    with pytest.raises(ExternalCommandError, match="“Test” could not be started"):
        run_in_background(command)
    with pytest.raises(ExternalCommandError, match="“Test” could not be started"):
        run_in_terminal(command)


def test_a_command_in_the_terminal_reads_the_story(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code = "import sys; print(sys.stdin.read().upper())"
    command = prepare(_python(code)._replace(input=StoryForm.MARKDOWN), _page(title="Words"), tmp_path)
    assert run_in_terminal(command) == "“Python” is done."
    assert "# WORDS" in capfd.readouterr().out


PLAYERS = (
    ("audio/*", ExternalCommand("mpv", ("mpv", "--", "%u"))),
    ("video/mp4", ExternalCommand("vlc", ("vlc", "--title=%t", "%e"))),
)


@pytest.mark.parametrize(
    ("enclosure", "argv"),
    [
        (Enclosure("https://news.example/1", "Audio/MPEG"), ("mpv", "--", "https://news.example/1")),
        (Enclosure("https://news.example/1.mp3"), ("mpv", "--", "https://news.example/1.mp3")),
        (Enclosure("https://news.example/2", "video/mp4"), ("vlc", "--title=T", "https://news.example/2")),
    ],
)
def test_an_enclosure_is_played_by_the_command_of_its_type(
    enclosure: Enclosure, argv: tuple[str, ...]
) -> None:
    assert prepare_player(enclosure, "T", PLAYERS).argv == argv


@pytest.mark.parametrize(
    ("enclosure", "words"),
    [
        (Enclosure("https://news.example/1", "video/webm"), 'No command plays video/webm. Add "video/[*]"'),
        (Enclosure("https://news.example/1"), "No command plays application/octet-stream"),
        (Enclosure("file:///etc/passwd", "audio/mpeg"), "This story has no address"),
    ],
)
def test_what_cannot_be_played_is_explained(enclosure: Enclosure, words: str) -> None:
    with pytest.raises(NewsreaderError, match=words):
        prepare_player(enclosure, "T", PLAYERS)


def test_a_typed_command_is_split_into_words_and_nothing_else() -> None:
    command = parse_typed("grep 'two words' $HOME > out; %t", StoryForm.HTML)
    assert command.run == ("grep", "two words", "$HOME", ">", "out;", "%t")
    assert (command.input, command.foreground) == (StoryForm.HTML, True)


@pytest.mark.parametrize(
    ("typed", "words"),
    [("", "A command is needed"), ("say 'x", "No closing quotation"), ("date +%d", "%d is no placeholder")],
)
def test_a_typed_command_that_makes_no_sense_is_refused(typed: str, words: str) -> None:
    with pytest.raises(NewsreaderError, match=words):
        parse_typed(typed, StoryForm.MARKDOWN)
