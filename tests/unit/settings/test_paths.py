"""Where the program keeps its things."""

from __future__ import annotations

import sys
from pathlib import Path

import platformdirs
import pytest

from newsreader.settings import paths


@pytest.mark.parametrize("base", [None, "", " ", "/somewhere/else"])
@pytest.mark.parametrize("platform", ["linux", "darwin"])
def test_the_folders_match_platformdirs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, base: str | None, platform: str
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("CACHE", "STATE", "CONFIG"):
        monkeypatch.delenv(f"XDG_{name}_HOME", raising=False)
        if base is not None:
            monkeypatch.setenv(f"XDG_{name}_HOME", base)
    expected = (
        Path(platformdirs.user_cache_dir("newsreader")),
        Path(platformdirs.user_state_dir("newsreader")),
        Path(platformdirs.user_config_dir("newsreader")) / "config.toml",
    )
    monkeypatch.setattr(sys, "platform", platform)
    assert (paths.cache_dir(), paths.state_dir(), paths.config_file()) == expected


def test_shipped_folders_are_found_in_a_checkout() -> None:
    assert (paths.shipped("styles") / "newsreader.tcss").is_file()
    assert (paths.shipped("sample_content") / "_news").is_dir()
