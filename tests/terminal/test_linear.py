"""Dialogues with the prompt through pipes, as a script has them, and through a terminal as a person has."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from newsreader.settings.paths import shipped
from tests.terminal.driver import Terminal
from tests.terminal.test_hostile import FORBIDDEN, make_hostile_corpus
from tests.unit.browser.fake_browsers import Desk

pytestmark = pytest.mark.terminal

SAMPLE = shipped("sample_content")
LINEAR: list[str | Path] = [sys.executable, "-m", "newsreader", "--linear"]
PATIENCE = 60.0
"""Seconds; far more than a dialogue needs, even on a busy machine."""

Talk = Callable[..., str]


@pytest.fixture
def folders(home: Path) -> dict[str, str]:
    """An environment with folders of the user in which only the sample is indexed."""
    names = {"CACHE": ".cache", "CONFIG": ".config", "STATE": ".local/state"}
    places = {f"XDG_{name}_HOME": str(home / folder) for name, folder in names.items()}
    return {**os.environ, **places, "COLUMNS": "100", "PYTHONUTF8": "1"}


def run(
    typed: str, folders: dict[str, str], *arguments: str | Path, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*LINEAR, *arguments],
        input=typed.encode(),
        env={**folders, **environment},
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )


@pytest.fixture
def talk(folders: dict[str, str]) -> Talk:
    """Holds a dialogue and gives all that was told."""

    def hold(*typed: str, options: tuple[str | Path, ...] = (SAMPLE,), **environment: str) -> str:
        ended = run("".join(f"{line}\n" for line in typed), folders, *options, **environment)
        assert ended.returncode == 0, ended.stderr
        assert b"Traceback" not in ended.stderr
        assert b"\x1b" not in ended.stdout + ended.stderr
        return ended.stdout.decode()

    return hold


def answers(told: str) -> dict[str, str]:
    """What followed each thing that was typed; of a repeated one the last."""
    first, *rest = re.split(r"(?m)^> ?", told)
    return {"": first} | {part.partition("\n")[0]: part.partition("\n")[2] for part in rest}


def test_from_the_list_to_a_related_story_to_its_page_in_the_browser(talk: Talk, tmp_path: Path) -> None:
    browsers = tmp_path / "browsers"
    browsers.mkdir()
    desk = Desk(browsers)
    desk.install("fakefox")
    told = answers(talk("1", "r 4", "o", "b", "u", "u 2", BROWSER=str(browsers / "fakefox"), DISPLAY=":0"))
    assert "1 to 20 of 40, front page, top." in told[""]
    assert "\n1. OpenAI releases GPT-4" in told[""]
    assert told["1"].startswith("Story 1 of 40.\nOpenAI releases GPT-4")
    assert "r 4. Lightning AI CEO slams" in told["1"]
    assert told["r 4"].startswith("Lightning AI CEO slams")
    assert told["o"] == "Opened the original page at venturebeat.com with fakefox.\n"
    assert told["b"] == told["1"].replace("on the front page\n", "on the front page\nread\n")
    assert "u 2. AMP: nbcnews.com (or a)\nhttps://www.nbcnews.com/news/amp/rcna74916\n" in told["u"]
    assert told["u 2"] == "Opened the AMP page at nbcnews.com with fakefox.\n"
    lightning, amp = desk.received("fakefox")
    assert lightning.startswith("https://venturebeat.com/")
    assert amp == "https://www.nbcnews.com/news/amp/rcna74916"


def test_the_same_script_finds_the_same_list_each_time(talk: Talk) -> None:
    script = ("/ chips", "S new", "v", "page 5", "")
    assert talk(*script) == talk(*script)


def test_the_pages_of_the_list(talk: Talk) -> None:
    told = answers(talk("page 3", "", "back page", "back page", "G", "next", "g", "list 9", "list 99"))
    assert told["page 3"].startswith("1 to 3 of 40, front page, top.\n1. ")
    assert told[""].startswith("4 to 6 of 40")
    assert told["back page"] == "This is the beginning of the list.\n"
    assert told["G"].startswith("40 to 40 of 40")
    assert told["next"] == "This is the end of the list.\n"
    assert told["g"].startswith("1 to 3 of 40")
    assert told["list 9"].startswith("9 to 11 of 40")
    assert told["list 99"] == "There is no row 99; the list goes from 1 to 40.\n"


def test_options_narrow_the_first_list(talk: Talk) -> None:
    options = (SAMPLE, "--topic", "vision", "--sort", "new", "--all", "--filter", "heat>=1")
    assert "of 4, everything, new, Computer Vision, filter “heat>=1”." in talk(options=options)


def test_an_unknown_topic_is_refused_with_the_nearest(folders: dict[str, str]) -> None:
    ended = run("", folders, SAMPLE, "--topic", "Google A1")
    assert ended.returncode == 2
    assert ended.stderr.decode() == "newsreader: There is no topic “Google A1”. Did you mean “Google AI”?\n"


def test_the_list_is_narrowed_by_filter_and_place(talk: Talk) -> None:
    told = answers(
        talk(
            "/ who",
            "/ heat>>3",
            "/",
            "topics",
            "topic 3",
            "topic ai in",
            "topic",
            "types",
            "type course",
            "home",
        )
    )
    assert told["/ who"].startswith("1 to 4 of 4, front page, match, filter “who”.")
    assert told["/ heat>>3"].startswith("At “>3”, character 6 of the filter: ")
    assert told["/"].startswith("1 to 20 of 40")
    assert "  topic 3. Computer Vision, 6." in told["topics"].splitlines()
    assert told["topic 3"].startswith("1 to 6 of 6, front page, top, Computer Vision.")
    assert told["topic ai in"].startswith("“ai in” matches ")
    assert told["topic"].startswith("1 to 20 of 40")
    assert "course, " in told["types"]
    assert "front page, top, type course." in told["type course"]
    assert told["home"].startswith("1 to 20 of 40")


def test_orders_and_scope(talk: Talk) -> None:
    told = answers(talk("s", "S", "S old", "S best", "v"))
    fixed = answers(talk("/ chips sort:new", "s"))
    assert told["s"].startswith("Order: hot, hottest stories first.\n1 to 20 of 40, front page, hot.")
    assert "S hot: hottest stories first, this list.\n" in told["S"]
    assert "front page, old." in told["S old"]
    assert told["S best"].startswith("There is no order “best” here.")
    assert told["v"].startswith("1 to 20 of 109, everything, old.")
    assert fixed["s"].startswith("The filter says sort:new; ")


def test_reports_are_put_below_their_story(talk: Talk) -> None:
    told = answers(talk("+ 1", "2", "+", "+ 16", "c"))
    assert "of 44, front page, top.\n1. OpenAI releases" in told["+ 1"]
    assert "\n2. " in told["+ 1"]
    assert "report of the story above, related of the lead, " in " ".join(told["+ 1"].split())
    assert told["2"].startswith("Story 2 of 44.\n")
    assert "of 40, front page, top." in told["+"]
    assert told["+ 16"] == "No other report of this story is known.\n"
    assert "every report." in told["c"]


def test_marks_are_set_undone_and_kept(talk: Talk) -> None:
    told = answers(talk("m 1-3", "f 2", "L 2", "undo", "2", "E look at this again", "E", "M", "no", "list 1"))
    assert told["m 1-3"] == "Marked 3 stories as read; “undo” undoes it.\n"
    assert told["f 2"].startswith("Starred “")
    assert told["undo"].startswith("Undone: Saved “")
    assert told["E"] == "Note: look at this again\n"
    assert "stories as read? yes or no: no\nNothing was marked.\n" in told["M"]
    again = answers(talk("n", "/ is:starred", "1", "undo", "redo"))
    assert "2. Ford and VW close down Argo AI" in again[""]
    assert "AMP, starred, with a note." in again[""]
    assert again["n"].startswith("Story 4 of 40.")
    assert "1 to 1 of 1" in again["/ is:starred"]
    assert "Note\nlook at this again\n" in again["1"]
    assert again["undo"].startswith("Undone: Noted something on “")
    assert again["redo"].startswith("Redone: Noted something on “")


def test_tags_are_set_listed_found_and_removed(talk: Talk) -> None:
    told = answers(talk("#", "2", "# Work ai -home", "tags", "/ tag:=work", "# -work", "# ,"))
    assert told["#"] == "No story has a tag. # and a word tags the open one.\n"
    assert told["# Work ai -home"].startswith("Tagged “Ford and VW close down")
    assert told["tags"] == "#ai  1\n#work  1\n"
    assert "1 to 1 of 1" in told["/ tag:=work"]
    assert " -#work; “undo” undoes it." in told["# -work"].replace("\n", " ")
    assert told["# ,"].startswith("Tags are words")
    assert "tagged" in answers(talk("list"))["list"]


def test_a_story_is_read_by_hand_alone_where_that_is_set(talk: Talk, folders: dict[str, str]) -> None:
    settings = Path(folders["XDG_CONFIG_HOME"]) / "newsreader" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('mark_read_after = "off"\ndates = "iso"\ncolumns = ["age"]\n', encoding="utf-8")
    told = answers(talk("1", "n", "m", "list"))
    assert "do taxes. 2023-03-14, unread.\n" in told[""]
    assert told["n"].startswith("Story 2 of 40.")
    assert told["m"].startswith("Marked “Ford and VW close down")
    assert "unit. 2022-10-27.\n" in told["list"]


def test_all_of_the_list_is_marked_after_a_yes(talk: Talk) -> None:
    told = answers(talk("topic 3", "M", "yes", "M", "n"))
    assert told["M"] == "Everything here is read.\n"
    assert told["n"] == "No unread story comes after this one in the list.\n"


def test_searches_are_saved_shown_changed_and_taken_back(talk: Talk) -> None:
    told = answers(
        talk(
            "saved 1",
            "/ chips",
            "save small chips",
            "home",
            "saved",
            "saved small chips",
            "rename 1 big",
            "undo",
        )
    )
    assert told["saved 1"] == "There is no saved search with the number 1.\n"
    assert told["save small chips"] == "Saved the search “small chips”; “undo” undoes it.\n"
    assert re.fullmatch(r"saved 1\. small chips, \d+\.\n", told["saved"])
    assert "filter “chips”" in told["saved small chips"]
    assert told["undo"] == "Undone: Renamed “small chips” to “big”; “redo” redoes it.\n"
    again = answers(talk("redo", "delete 1", "saved"))
    assert again["redo"] == "Nothing to redo.\n"
    assert again["delete 1"] == "Deleted the saved search “small chips”; “undo” undoes it.\n"
    assert again["saved"].startswith("No search is saved.")


def test_what_the_corpus_tells_of_itself(talk: Talk) -> None:
    told = answers(talk("e 1", "T", "trends 1", "y 1", "Y 1-2", "providers", "provider forbes.com", "R", "!"))
    assert "Place 1 of 40; by heat it would be 4th. The list: front page, top." in told["e 1"]
    assert "Heat 402 gives 8.7 points." in told["e 1"]
    assert "hot: 4th of 40, hottest stories first." in told["e 1"]
    assert "trends 1. Week of Mon 13 Mar 2023, 1.\n" in told["T"]
    assert "front page, top, filter “date:2023-03-13..2023-03-19”." in told["trends 1"]
    assert told["y 1"] == "https://www.nbcnews.com/tech/tech-news/openai-gpt-4-rcna74916\n"
    assert "forbes.com, top" not in told["provider forbes.com"]
    assert told["R"].startswith("No file has changed.\n")
    assert told["!"] == "Every file could be read.\n"


def test_what_is_mistyped_is_told(talk: Talk) -> None:
    told = answers(
        talk("opne", "o", "r 1", "r", "topics 3", "b", "m x", "rename 1", "save", "undo", "? undo")
    )
    assert (
        told["opne"]
        == "There is no command “opne”. Did you mean “open”? A question mark lists all commands.\n"
    )
    assert told["o"] == "No story is open; the number of a row reads its story.\n"
    assert told["r"] == "A number is needed.\n"
    assert told["topics 3"] == "“topics” takes no argument.\n"
    assert told["undo"] == "Nothing to undo.\n"
    assert told["? undo"].startswith("undo: Undo the last change")


def test_a_link_that_cannot_be_opened_is_told_with_its_address(talk: Talk) -> None:
    told = answers(talk("1", "o", BROWSER="/nowhere/browser"))
    assert "rcna74916" in told["o"]


def test_quit_ends_the_dialogue(talk: Talk) -> None:
    told = talk("q", "topics")
    assert "> q\n" in told
    assert "topic 1." not in told


def test_nobody_reading_on_is_no_error(folders: dict[str, str]) -> None:
    with subprocess.Popen(
        [*LINEAR, SAMPLE],
        env=folders,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        process.stdin.write(b"help\n" * 50)
        process.stdin.close()
        errors = process.stderr.read().decode()
        assert process.wait(PATIENCE) == 141
    assert "Traceback" not in errors
    assert "Exception ignored" not in errors
    assert "Broken" not in errors


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_disk_is_told(folders: dict[str, str]) -> None:
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            [*LINEAR, SAMPLE],
            env=folders,
            stdin=subprocess.DEVNULL,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert ended.returncode == 2
    assert b"newsreader: Nothing more can be written (No space left on device)." in ended.stderr
    assert b"Traceback" not in ended.stderr


def test_a_terminal_without_signs_gets_plain_ones(folders: dict[str, str]) -> None:
    plain = {**folders, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "TERM": "dumb", "PYTHONUTF8": "0"}
    ended = run("/ who\n4\n/ “é”\ntopic ü\n", plain, SAMPLE)
    assert ended.returncode == 0
    assert ended.stdout.isascii()
    assert b'filter "who"' in ended.stdout


def test_bytes_that_are_no_text_do_no_harm(folders: dict[str, str]) -> None:
    ended = subprocess.run(
        [*LINEAR, SAMPLE],
        input=b"\xff\xfe\x00\x1b[2J\n/ \x1b]52;c;ZXZpbA==\x07\n" + b"x" * 100_000 + b"\nq\n",
        env=folders,
        capture_output=True,
        check=False,
        timeout=PATIENCE,
    )
    assert ended.returncode == 0
    assert b"\x1b" not in ended.stdout
    assert b"Traceback" not in ended.stderr


def test_hostile_records_are_plain_text(folders: dict[str, str], tmp_path: Path) -> None:
    numbers = "".join(f"{number}\nu\nY\ne\n" for number in (1, 2, 3))
    places = "topics\ntopic 1\nproviders\ntypes\ntype 1\nT\n/ end\nsave end\nsaved\n"
    typed = f"v\n{numbers}! 1\nr 1\nr 5\nr 9\n!\n{places}"
    ended = run(typed, folders, make_hostile_corpus(tmp_path / "corpus"), BROWSER="/nowhere/browser")
    assert ended.returncode == 0
    for forbidden in (*FORBIDDEN, b"\x1b", b"\x07"):
        assert forbidden not in ended.stdout + ended.stderr, forbidden
    # What looks like markup is text like any other.
    assert b"[@click=app.quit]press[/]" in ended.stdout


def test_files_with_problems_are_listed_and_opened(talk: Talk, tmp_path: Path) -> None:
    root = tmp_path / "corpus"
    root.mkdir()
    (root / "a.md").write_text("---\ntitle: A good one\nheat: no number\n---\n", encoding="utf-8")
    told = answers(talk("!", "! 1", "! 2", "R", options=(root,)))
    assert told["!"].startswith("! 1. a.md:3: ")
    assert "What could be read is a story." in told["!"]
    assert told["! 1"].startswith("Story 1 of 1.\nA good one\n")
    assert told["! 2"] == "There is no problem with the number 2.\n"


def test_changed_files_come_with_a_refresh(folders: dict[str, str], tmp_path: Path) -> None:
    root = tmp_path / "corpus"
    root.mkdir()
    (root / "a.md").write_text("---\ntitle: First\n---\n", encoding="utf-8")
    with subprocess.Popen(
        [*LINEAR, root],
        env=folders,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        while (line := process.stdout.readline()) and not line.startswith("1. First"):
            pass
        (root / "b.md").write_text("---\ntitle: Second\n---\n", encoding="utf-8")
        told, _ = process.communicate("R\n", timeout=PATIENCE)
    assert "The list is up to date.\n1 to 2 of 2" in told


def test_a_damaged_index_is_built_again(folders: dict[str, str]) -> None:
    run("", folders, SAMPLE)
    index = next((Path(folders["XDG_CACHE_HOME"]) / "newsreader").glob("*.sqlite"))
    index.write_bytes(b"no database at all" * 1_000)
    ended = run("1\n", folders, SAMPLE)
    assert ended.returncode == 0, ended.stderr
    assert b"Story 1 of 40." in ended.stdout


def test_an_empty_corpus_is_explained(talk: Talk, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "README.md").write_text("nothing", encoding="utf-8")
    told = answers(talk("v", "1", "n", "G", "", options=(tmp_path / "empty",)))
    assert told["G"] == "Nothing to list: everything, top. " + told["v"].partition("top. ")[2]
    assert "1 Markdown file without metadata: to read them, set" in " ".join(told["v"].split())
    assert told["1"] == "The list is empty.\n"


def test_a_missing_folder_is_told(folders: dict[str, str], tmp_path: Path) -> None:
    ended = run("", folders, tmp_path / "nowhere")
    assert ended.returncode == 2
    assert b"there is no such folder" in ended.stderr


def test_the_interface_is_not_loaded(folders: dict[str, str]) -> None:
    script = (
        "import sys; from newsreader.cli import main; main(sys.argv[1:]);"
        " print(*{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script, "--linear", SAMPLE],
        input=b"1\nR\nu\ntopics\nT\n/ who\nm 1\n?\n",
        env={name: value for name, value in folders.items() if not name.startswith("COV")},
        capture_output=True,
        check=True,
        timeout=PATIENCE,
    )
    loaded = set(ended.stderr.decode().split())
    assert "newsreader" in loaded
    assert loaded.isdisjoint({"textual", "yaml", "frontmatter", "httpx"})


def test_a_person_is_prompted_and_may_interrupt_a_line(home: Path) -> None:
    with Terminal([*LINEAR, SAMPLE], columns=100, rows=60, env={"TERM": "xterm"}, home=home) as terminal:
        terminal.wait_for("1 to 20 of 40")
        terminal.wait_for(r"^>$")
        terminal.send("topi")
        terminal.wait_for("> topi")
        terminal.interrupt()
        terminal.wait_for("Once more ctrl-c leaves.")
        terminal.send("page 2\r")
        terminal.wait_for("1 to 2 of 40")
        terminal.wait_for(r"^>$")
        terminal.interrupt()
        terminal.wait_for(r"(?s)(Once more ctrl-c leaves\..*){2}")
        terminal.interrupt()
        assert terminal.wait_exit() == 130
        assert b"\x1b[?" not in terminal.raw


def test_the_end_of_input_ends_the_dialogue_on_a_dumb_terminal(home: Path) -> None:
    with Terminal([*LINEAR, SAMPLE], columns=100, rows=60, env={"TERM": "dumb"}, home=home) as terminal:
        terminal.wait_for(r"^>$")
        terminal.send("<ctrl+d>")
        assert terminal.wait_exit() == 0
        assert b"\x1b" not in terminal.raw


def test_an_interrupted_script_ends_with_its_status(folders: dict[str, str]) -> None:
    with subprocess.Popen(
        [*LINEAR, SAMPLE], env=folders, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        while (line := process.stdout.readline()) and not line.startswith(b"20. "):
            pass
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert b"Traceback" not in errors


def test_a_person_goes_on_where_the_last_visit_ended_and_a_script_does_not(
    home: Path, folders: dict[str, str]
) -> None:
    with Terminal([*LINEAR, SAMPLE], columns=100, rows=60, home=home) as terminal:
        terminal.wait_for(r"^>$")
        terminal.send("topic 3\rq\r")
        assert terminal.wait_exit() == 0
    with Terminal([*LINEAR, SAMPLE], columns=100, rows=60, home=home) as terminal:
        terminal.wait_for("1 to 6 of 6, front page, top, Computer Vision.")
        terminal.wait_for(r"^>$")
        terminal.send("q\r")
        assert terminal.wait_exit() == 0
    ended = run("", folders, SAMPLE)
    assert b"1 to 20 of 40, front page, top.\n" in ended.stdout
