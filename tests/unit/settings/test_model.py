"""The settings file: each value that may be set, and what is said of one that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsreader.domain.dates import DateForm
from newsreader.domain.ranking import DAY, Order
from newsreader.domain.setting_values import Density, GlyphSet, ListColumn, Notify
from newsreader.domain.view import AgesFrom
from newsreader.settings.model import Settings, load_settings


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def test_without_a_file_the_defaults_are_used(path: Path) -> None:
    assert load_settings(path) == (Settings(), [], {})


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('browser = ["firefox", "%s"]', Settings(browser=("firefox", "%s"))),
        ("browser = []", Settings()),
        ("half_life_days = 0.5", Settings(half_life=DAY // 2)),
        ('order = "new"', Settings(order=Order.NEW)),
        ('theme = "nord"', Settings(theme="nord")),
        ("watch = false", Settings(watch=False)),
        ("first_frame = false", Settings(first_frame=False)),
        ('ages_from = "today"', Settings(ages_from=AgesFrom.TODAY)),
        ('glyphs = "ascii"', Settings(glyphs=GlyphSet.ASCII)),
        ("fold_stories = false", Settings(fold_stories=False)),
        ("restore = false", Settings(restore=False)),
        ('density = "compact"', Settings(density=Density.COMPACT)),
        ('columns = ["heat", "age"]', Settings(columns=(ListColumn.AGE, ListColumn.HEAT))),
        ('dates = "iso"', Settings(dates=DateForm.ISO)),
        ('corpora = { ai = "~/ai" }', Settings(corpora={"ai": "~/ai"})),
        ("mark_read_after = 0", Settings(mark_read_after=0.0)),
        ('mark_read_after = "off"', Settings(mark_read_after=None)),
        ("mark_coverage = false", Settings(mark_coverage=False)),
        ('refresh = "2h"', Settings(refresh=7_200)),
        ('notify = "osc777"', Settings(notify=Notify.OSC777)),
        ('downloads = "~/podcasts"', Settings(downloads="~/podcasts")),
    ],
)
def test_each_setting_can_be_set(path: Path, line: str, expected: Settings) -> None:
    path.write_text(line, encoding="utf-8")
    assert load_settings(path) == (expected, [], {line.partition(" ")[0]: 1})


@pytest.mark.parametrize(
    ("line", "needed"),
    [
        ('browser = "firefox"', "a list of a command and its arguments is needed"),
        ("browser = [1]", "a list of a command and its arguments is needed"),
        ('downloads = " "', "a folder is needed"),
        ("downloads = 1", "a folder is needed"),
        ('notify = "yes"', "one of off, auto, osc9, osc99, osc777 is needed"),
        ("half_life_days = 0", "a number of days between 0.01 and 10000 is needed"),
        ("half_life_days = true", "a number of days between 0.01 and 10000 is needed"),
        ('order = "newest"', "one of top, hot, quality, new, old, match is needed"),
        ("order = [1]", "one of top"),
        ("theme = 3", "the name of a theme is needed"),
        ('columns = ["heat", "weight"]', "a list of any of provider, age"),
        ('corpora = ["a"]', "names of folders are needed"),
        ("corpora = { a = 3 }", "names of folders are needed"),
        ('watch = "yes"', "true or false is needed"),
        ("ages_from = 7", "one of newest, today is needed"),
        ('glyphs = "emoji"', "one of auto, unicode, ascii is needed"),
        ("mark_read_after = -1", 'a number of seconds up to 3600 or "off" is needed'),
        ("mark_read_after = true", 'a number of seconds up to 3600 or "off" is needed'),
        ('ordr = "new"', "did you mean order?"),
        ("qqq = 1", "known keys are corpora, browser"),
    ],
)
def test_an_error_is_reported_with_its_line_and_the_default_is_used(
    path: Path, line: str, needed: str
) -> None:
    path.write_text(f"# mine\n\n{line}\nfold_stories = false\n", encoding="utf-8")
    settings, (complaint,), _ = load_settings(path)
    assert settings == Settings(fold_stories=False)
    assert complaint.startswith(f"{path}:3: ")
    assert needed in complaint


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"watch = \n", "not valid TOML"),
        (b"# \xff\n", "cannot be read"),
        (b"watch = " + b"[" * 100_000, "not valid TOML"),
        (b"watch = " + b"{a=" * 100_000, "not valid TOML"),
        (b"half_life_days = " + b"9" * 5_000, "not valid TOML"),
    ],
)
def test_an_unreadable_file_leaves_all_defaults(path: Path, content: bytes, words: str) -> None:
    path.write_bytes(content)
    settings, (complaint,), _ = load_settings(path)
    assert settings == Settings()
    assert str(path) in complaint
    assert words in complaint


def test_a_byte_order_mark_is_accepted(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbfwatch = false\n")
    assert load_settings(path) == (Settings(watch=False), [], {"watch": 1})
