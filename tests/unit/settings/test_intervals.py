"""Intervals in the settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsreader.settings.intervals import read_interval, written_interval
from newsreader.settings.model import load_settings


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("off", 0), ("5m", 300), ("30m", 1_800), ("2h", 7_200), ("30d", 2_592_000)],
)
def test_an_interval_is_a_number_with_a_unit(written: str, seconds: int) -> None:
    assert read_interval(written) == seconds
    assert written_interval(seconds) == written


@pytest.mark.parametrize("written", ["4m", "31d", "30", "1w", "-5m", "٣0m", "", 30, True, None])
def test_others_are_refused(written: object) -> None:
    assert read_interval(written) is None


def test_all_sources_and_each_can_have_one(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    source = f'corpus = "{tmp_path}"\nfeed = "https://blog.example/"\n'
    file.write_text(
        f'refresh = "1h"\n[sources.a]\n{source}refresh = "off"\n[sources.b]\n{source}refresh = "1s"\n'
    )
    settings, complaints, _ = load_settings(file)
    assert settings.refresh == 3_600
    assert [one.refresh for one in settings.sources] == [0, None]
    assert complaints == [
        f'{file}:9: sources.b.refresh: an interval from 5m to 30d is needed, such as "30m", "2h" or "1d", '
        'or "off"; the default is used.'
    ]
    file.write_text("refresh = 60\n")
    settings, complaints, _ = load_settings(file)
    assert settings.refresh == 0
    assert "an interval from 5m to 30d is needed" in complaints[0]
