"""Marks: set, undone, redone, merged, by several instances at once, and never lost."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.domain.mark_changes import Identity, MarkChange, MarkStep, identity_of
from newsreader.domain.marks import Mark, MarkSet
from newsreader.domain.record import Record
from newsreader.library.marks import schema
from newsreader.library.marks.attached import KIND, attach_marks
from newsreader.library.marks.schema import MarksError
from newsreader.library.marks.store import MOST_STEPS, DatedChange, Marks, Merged
from newsreader.library.marks.watch import marks_changes
from tests.builders import a_record

A, B, C = (Identity.named(f"https://news.example/{name}") for name in "abc")


def read(*identities: Identity, value: int = 1) -> list[MarkChange]:
    return [MarkChange(identity, Mark.READ, value) for identity in identities]


def note(text: str, identity: Identity = A) -> MarkChange:
    return MarkChange(identity, Mark.NOTE, text)


def _identity(record: Record) -> Identity:
    return identity_of(record.urls(), record.path)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "marks.sqlite"


@pytest.fixture
def marks(path: Path) -> Iterator[Marks]:
    with closing(Marks(path)) as marks:
        yield marks


def _can_be_read(path: Path) -> bool:
    with closing(sqlite3.connect(":memory:")) as connection:
        return attach_marks(connection, path)


def _set(marks: Marks) -> dict[tuple[str, str], int | str]:
    """All that is marked, by name and kind."""
    return {
        (dated.change.identity.name, dated.change.mark.word): dated.change.value
        for dated in marks.all()
        if dated.change.value
    }


# -- what a story is called ------------------------------------------------------------------------


def test_a_story_is_known_by_its_page_wherever_its_file_lies() -> None:
    one = a_record(web_url="http://www.who.int/news/a/?utm_source=x", path="_news/a.md")
    other = a_record(web_url="", original_url="https://who.int/news/a", path="_archive/b.md")
    assert _identity(one) == _identity(other) == Identity.named("https://who.int/news/a")


@pytest.mark.parametrize("url", ["", "https://who.int/", "javascript:alert(1)"])
def test_a_record_without_a_page_of_its_own_is_known_by_its_path(url: str) -> None:
    record = a_record(original_url=url, web_url=url, path="_news/ä.md")
    assert _identity(record).name == "path:_news/ä.md"


def test_marks_have_words_and_flags() -> None:
    assert [mark.word for mark in Mark] == ["read", "starred", "later", "note", "tags", "hidden"]
    assert [mark.flag for mark in Mark] == [flag for flag in MarkSet if flag]


# -- one instance ----------------------------------------------------------------------------------


def test_what_is_set_is_there_after_a_restart(path: Path, marks: Marks) -> None:
    assert marks.set("Read two", read(A, B)) == 2
    assert marks.set("Read two", read(A, B)) == 0
    assert marks.set("Noted", [note("  a \x1b[31mred\n\n\n\n\nnote  ")]) == 1
    marks.close()
    with closing(Marks(path)) as again:
        assert again.notice == ""
        assert again.get(A, Mark.READ) == 1
        assert again.get(C, Mark.READ) == 0
        assert again.get(A, Mark.NOTE) == "a red\n\nnote"
        assert again.get(C, Mark.NOTE) == ""
        assert again.undo() == MarkStep("Noted", 1)
        assert again.undo() == MarkStep("Read two", 2)
        assert again.undo() is None
        assert _set(again) == {}
        assert again.redo() == MarkStep("Read two", 2)
        assert again.redo() == MarkStep("Noted", 1)
        assert again.redo() is None


def test_a_new_step_takes_the_place_of_those_that_were_undone(marks: Marks) -> None:
    marks.set("one", read(A))
    marks.undo()
    marks.set("two", read(B))
    assert marks.redo() is None
    assert marks.undo() == MarkStep("two", 1)
    assert marks.undo() is None


def test_marks_that_are_set_silently_are_no_step(marks: Marks) -> None:
    assert marks.set("Marked 1 as read", read(A)) == 1
    assert marks.set_silently([*read(A), *read(B)]) == 1
    assert marks.get(B, Mark.READ) == 1
    assert marks.undo() == MarkStep("Marked 1 as read", 1)
    assert marks.undo() is None
    assert marks.get(B, Mark.READ) == 1


def test_only_so_many_steps_are_kept_but_every_mark(marks: Marks) -> None:
    for number in range(MOST_STEPS + 5):
        marks.set("one more", read(Identity.named(str(number))))
    undone = 0
    while marks.undo():
        undone += 1
    assert undone == MOST_STEPS
    assert len(_set(marks)) == 5


def test_titles_come_along_and_are_kept_when_none_is_given(marks: Marks) -> None:
    marks.set("one", [MarkChange(A, Mark.READ, 1, "A \x1b[31mtitle")])
    marks.set("two", [MarkChange(A, Mark.STARRED, 1)])
    assert {dated.change.title for dated in marks.all()} == {"A title"}


# -- marks from elsewhere --------------------------------------------------------------------------


def test_of_marks_from_two_machines_the_newest_wins(path: Path) -> None:
    with closing(Marks(path, now=lambda: 100.0)) as marks:
        marks.set("here", [*read(A, B), note("mine")])
        elsewhere = [
            DatedChange(MarkChange(A, Mark.READ, 0), 200_000),
            DatedChange(MarkChange(B, Mark.READ, 0), 50_000),
            DatedChange(note("mine"), 300_000),
            DatedChange(MarkChange(C, Mark.STARRED, 1, "New"), 1),
        ]
        assert marks.merge("Imported", elsewhere) == Merged(taken=2, known=1, older=1)
        assert _set(marks) == {(B.name, "read"): 1, (A.name, "note"): "mine", (C.name, "starred"): 1}
        assert marks.merge("Imported", elsewhere) == Merged(taken=0, known=3, older=1)
        assert marks.undo() == MarkStep("Imported", 2)
        assert marks.get(A, Mark.READ) == 1


# -- random sequences against a model --------------------------------------------------------------

names = st.sampled_from([A, B, C])
changes = st.one_of(
    st.builds(MarkChange, names, st.sampled_from([Mark.READ, Mark.STARRED, Mark.LATER]), st.integers(0, 1)),
    st.builds(MarkChange, names, st.just(Mark.NOTE), st.sampled_from(["", "one", "two"])),
)
actions = st.one_of(
    st.lists(changes, min_size=1, max_size=4), st.sampled_from(["undo", "undo", "redo", "restart"])
)


class Model:
    """What marks should do, without a database."""

    def __init__(self) -> None:
        self.values: dict[tuple[Identity, Mark], int | str] = {}
        self.done: list[list[tuple[tuple[Identity, Mark], int | str, int | str]]] = []
        self.undone: list[list[tuple[tuple[Identity, Mark], int | str, int | str]]] = []

    def set(self, wanted: list[MarkChange]) -> None:
        step = []
        for change in wanted:
            place = (change.identity, change.mark)
            before = self.values.get(place, "" if change.mark is Mark.NOTE else 0)
            if before != change.value:
                self.values[place] = change.value
                step.append((place, before, change.value))
        if step:
            self.done.append(step)
            self.undone.clear()

    def undo(self) -> bool:
        if not self.done:
            return False
        self.undone.append(self.done.pop())
        for place, before, _ in reversed(self.undone[-1]):
            self.values[place] = before
        return True

    def redo(self) -> bool:
        if not self.undone:
            return False
        self.done.append(self.undone.pop())
        for place, _, after in self.done[-1]:
            self.values[place] = after
        return True

    def all(self) -> dict[tuple[str, str], int | str]:
        return {(identity.name, mark.word): value for (identity, mark), value in self.values.items() if value}


@given(st.lists(st.tuples(st.booleans(), actions), max_size=30))
def test_two_instances_agree_with_the_model_whatever_they_do(
    steps: list[tuple[bool, list[MarkChange] | str]],
) -> None:
    model = Model()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "marks.sqlite"
        instances = [Marks(path), Marks(path)]
        try:
            for who, action in steps:
                marks = instances[who]
                if action == "restart":
                    marks.close()
                    instances[who] = Marks(path)
                elif action == "undo":
                    assert (marks.undo() is not None) == model.undo()
                elif action == "redo":
                    assert (marks.redo() is not None) == model.redo()
                else:
                    marks.set("step", action)  # type: ignore[arg-type]
                    model.set(action)  # type: ignore[arg-type]
                assert _set(instances[not who]) == model.all()
        finally:
            for marks in instances:
                marks.close()


AT_WORK = """
import sys
from newsreader.domain.mark_changes import Identity, MarkChange
from newsreader.domain.marks import Mark
from newsreader.library.marks.store import Marks
from pathlib import Path
marks = Marks(Path(sys.argv[1]))
number = 0
while True:
    changes = [MarkChange(Identity.named(f"{number}-{part}"), Mark.READ, 1) for part in range(3)]
    marks.set(str(number), changes)
    print(number, flush=True)
    number += 1
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no kill -9 here")
@pytest.mark.parametrize("steps", [1, 2, 7, 30])
def test_a_kill_loses_at_most_the_step_in_flight(path: Path, steps: int) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", AT_WORK, str(path)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        told = [process.stdout.readline() for _ in range(steps)]
        os.kill(process.pid, signal.SIGKILL)
        told += process.stdout.readlines()
    done = len([line for line in told if line.endswith("\n")])
    with closing(Marks(path)) as marks:
        assert marks.notice == ""
        kept = {name.partition("-")[0] for name, _ in _set(marks)}
        assert len(_set(marks)) == 3 * len(kept)
        assert len(kept) in (done, done + 1)
        assert kept == {str(number) for number in range(len(kept))}


# -- the file --------------------------------------------------------------------------------------


def test_marks_of_the_first_version_are_brought_up_to_date_after_a_copy(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as old:
        old.executescript((Path(__file__).parent / "marks_version_1.sql").read_text(encoding="utf-8"))
    assert not _can_be_read(path)
    with closing(Marks(path)) as marks:
        assert _set(marks) == {(A.name, "read"): 1, (A.name, "note"): "kept", (B.name, "starred"): 1}
        assert marks.undo() is None
        marks.set("one", read(C))
        assert marks.undo() == MarkStep("one", 1)
    assert _can_be_read(path)
    (copy,) = path.parent.glob("marks-version-1*.sqlite")
    with closing(sqlite3.connect(copy)) as kept:
        assert kept.execute("SELECT count(*) FROM mark").fetchone() == (3,)
        assert kept.execute("PRAGMA user_version").fetchone() == (1,)


def test_marks_of_the_second_version_are_read_before_they_are_brought_up_to_date(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as old:
        old.executescript((Path(__file__).parent / "marks_version_2.sql").read_text(encoding="utf-8"))
    assert _can_be_read(path)
    with closing(Marks(path)) as marks:
        assert _set(marks) == {(A.name, "read"): 1, (A.name, "note"): "kept", (B.name, "starred"): 1}
        assert marks.undo() == MarkStep("Starred “b”", 1)
        assert marks.redo() == MarkStep("Starred “b”", 1)
        marks.set("tagged", [MarkChange(A, Mark.TAGS, "Work, #ai ai")])
        assert marks.get(A, Mark.TAGS) == "ai work"
    assert _can_be_read(path)
    (copy,) = path.parent.glob("marks-version-2*.sqlite")
    with closing(sqlite3.connect(copy)) as kept:
        assert kept.execute("SELECT count(*) FROM mark").fetchone() == (3,)


def test_a_copy_never_takes_the_place_of_another(path: Path) -> None:
    path.parent.mkdir()
    script = (Path(__file__).parent / "marks_version_1.sql").read_text(encoding="utf-8")
    for _ in range(3):
        path.unlink(missing_ok=True)
        with closing(sqlite3.connect(path)) as old:
            old.executescript(script)
        Marks(path).close()
        assert path.exists()
    assert len(list(path.parent.glob("marks-version-1*.sqlite"))) == 3


def test_every_migration_leads_to_tables_that_are_kept_in_the_tests() -> None:
    """A new version needs a file of the one before it beside this test."""
    kept = sorted(Path(__file__).parent.glob("marks_version_*.sql"))
    assert len(kept) == KIND.version - 1
    assert len(schema.MIGRATIONS) == KIND.version


@pytest.mark.parametrize("sound", [0.0, 0.3, 0.6, 0.9])
def test_of_a_damaged_file_what_can_be_read_is_kept_and_the_file_put_aside(path: Path, sound: float) -> None:
    with closing(Marks(path)) as marks:
        for number in range(3_000):
            marks.set(
                "step", [MarkChange(Identity.named(f"https://news.example/{number}"), Mark.READ, 1, "Title")]
            )
    size = path.stat().st_size
    with path.open("r+b") as file:
        start = file.seek(int(size * sound) // 4096 * 4096)
        file.write(b"\xa5" * min(4 * 4096, size - start))
    with closing(Marks(path)) as marks:
        assert "The marks were damaged" in marks.notice
        kept = _set(marks)
        assert len(kept) > 2_500
        assert marks.set("goes on", read(C)) == 1
        assert marks.undo() == MarkStep("goes on", 1)
    (damaged,) = path.parent.glob("marks-damaged-*.sqlite")
    assert damaged.stat().st_size == size
    with closing(Marks(path)) as marks:
        assert marks.notice == ""


def test_a_file_that_is_no_database_is_put_aside(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"my diary\n" * 900)
    with closing(Marks(path)) as marks:
        assert "0 were recovered" in marks.notice
    (aside,) = path.parent.glob("marks-damaged-*.sqlite")
    assert aside.read_bytes().startswith(b"my diary")


def test_a_database_of_another_program_or_a_later_version_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE diary (day)")
    with pytest.raises(MarksError, match="not a database of marks"):
        Marks(path)
    path.unlink()
    Marks(path).close()
    with closing(sqlite3.connect(path)) as later:
        later.execute(f"PRAGMA user_version = {KIND.version + 1}")
    with pytest.raises(MarksError, match="later version"):
        Marks(path)
    assert not _can_be_read(path)


def test_a_folder_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("")
    with pytest.raises(MarksError, match="cannot be opened"):
        Marks(tmp_path / "state" / "marks.sqlite")
    assert not _can_be_read(tmp_path / "state" / "marks.sqlite")


def test_marks_that_cannot_be_written_are_told_and_nothing_is_half_done(marks: Marks) -> None:
    marks.set("one", read(A))
    marks._connection.execute("PRAGMA query_only = 1")
    with pytest.raises(MarksError, match="nothing was marked"):
        marks.set("two", read(B))
    assert _set(marks) == {(A.name, "read"): 1}


def test_a_migration_that_fails_leaves_the_marks_as_they_were(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as old:
        old.executescript((Path(__file__).parent / "marks_version_1.sql").read_text(encoding="utf-8"))
    monkeypatch.setattr(schema, "MIGRATIONS", (schema.MIGRATIONS[0], "CREATE TABLE step (a);\nNO SQL;\n"))
    with pytest.raises(MarksError, match="cannot be opened"):
        Marks(path)
    monkeypatch.undo()
    with closing(Marks(path)) as marks:
        assert len(_set(marks)) == 3


def test_marks_that_are_locked_are_not_taken_for_damaged(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Marks(path).close()

    def locked(_: Path) -> sqlite3.Connection:
        raise sqlite3.OperationalError("database is locked")

    monkeypatch.setattr(schema, "_connect", locked)
    with pytest.raises(MarksError, match="locked"):
        Marks(path)
    assert list(path.parent.glob("*damaged*")) == []


def test_what_breaks_in_the_middle_leaves_nothing_behind(marks: Marks) -> None:
    def broken() -> Iterator[DatedChange]:
        yield DatedChange(MarkChange(A, Mark.READ, 1), 1)
        raise RuntimeError("broken")

    with pytest.raises(RuntimeError, match="broken"):
        marks.merge("Imported", broken())
    assert _set(marks) == {}
    assert marks.set("goes on", read(B)) == 1


def test_what_was_marked_otherwise_since_is_not_undone(marks: Marks) -> None:
    marks.set("one", read(A, B))
    marks._connection.execute("UPDATE mark SET value = 0 WHERE key = ?", (A.key,))
    assert marks.undo() == MarkStep("one", 1)
    assert marks.redo() == MarkStep("one", 2)


# -- noticing others -------------------------------------------------------------------------------


class Looks(Event):
    """Takes a step before each look, and ends after the last."""

    def __init__(self, *steps: Callable[[], object]) -> None:
        super().__init__()
        self._steps = iter(steps)

    def wait(self, timeout: float | None = None) -> bool:
        step = next(self._steps, None)
        if step is None:
            self.set()
        else:
            step()
        return self.is_set()


def test_the_marks_of_others_are_noticed_once_and_own_ones_never(path: Path, marks: Marks) -> None:
    step = ""

    def named(name: str, act: Callable[[], object]) -> Callable[[], object]:
        def take() -> None:
            nonlocal step
            step = name
            act()

        return take

    with closing(Marks(path)) as other:
        looks = Looks(
            named("nothing", lambda: None),
            named("own", lambda: marks.set("one", read(A))),
            named("other", lambda: other.set("two", read(C))),
            named("nothing more", lambda: None),
            named("other, then own", lambda: (other.set("three", read(B)), marks.set("four", [note("x")]))),
            named("own undo", marks.undo),
            named("own merge", lambda: marks.merge("five", [DatedChange(note("y", B), 1)])),
            named("other undo", other.undo),
            named("only read", lambda: (list(other.all()), _can_be_read(path))),
        )
        noticed = [step for _ in marks_changes(lambda: marks, looks)]
    assert noticed == ["other", "other, then own", "other undo"]


def test_what_others_set_before_the_first_look_is_noticed(path: Path, marks: Marks) -> None:
    with closing(Marks(path)) as other:
        other.set("one", read(A))
    assert marks.changed_elsewhere()
    assert not marks.changed_elsewhere()


def test_what_another_process_sets_is_noticed(path: Path, marks: Marks) -> None:
    script = (
        "import sqlite3, sys\nconnection = sqlite3.connect(sys.argv[1])\n"
        "with connection: connection.execute('INSERT INTO mark VALUES (1, 2, 1, 3)')"
    )
    subprocess.run([sys.executable, "-c", script, str(path)], check=True)
    assert marks.changed_elsewhere()


def test_marks_that_are_not_open_yet_are_waited_for(path: Path, marks: Marks) -> None:
    opened: list[Marks] = []

    def set_elsewhere() -> None:
        with closing(Marks(path)) as other:
            other.set("one", read(A))

    looks = Looks(lambda: None, set_elsewhere, lambda: opened.append(marks), lambda: None)
    assert len(list(marks_changes(lambda: next(iter(opened), None), looks))) == 1


def test_closed_marks_have_no_changes(marks: Marks) -> None:
    marks.close()
    assert not marks.changed_elsewhere()


def test_own_marks_are_set_while_another_thread_looks(marks: Marks) -> None:
    done = Event()
    seen: list[bool] = []

    def look() -> None:
        seen.append(marks.changed_elsewhere())
        while not done.is_set():
            seen.append(marks.changed_elsewhere())

    thread = Thread(target=look)
    thread.start()
    try:
        for number in range(100):
            marks.set("some", read(A, B, C, value=number % 2))
    finally:
        done.set()
        thread.join(10)
    assert seen
    assert not any(seen)
