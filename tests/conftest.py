"""Surroundings that every test shares: no folder, theme or browser of the machine has a say."""

from __future__ import annotations

import gc
import os
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from newsreader.keymap.active import put_in_force
from newsreader.keymap.keymap import VIM

_HOME = tempfile.TemporaryDirectory(prefix="newsreader-tests-")


def _isolate() -> None:
    """Set the environment up; Textual reads its part when it is imported, so this comes first."""
    for name in tuple(os.environ):
        is_textuals = name.startswith("TEXTUAL_") and not name.startswith("TEXTUAL_SNAPSHOT_")
        if is_textuals or name in ("NEWSREADER_CORPUS", "BROWSER", "NO_COLOR"):
            del os.environ[name]
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    for name in ("CACHE", "CONFIG", "DATA", "STATE"):
        os.environ[f"XDG_{name}_HOME"] = str(Path(_HOME.name) / name.lower())
    # A shell without job control starts its background jobs with SIGINT ignored, and programs inherit that.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


_isolate()

# The same examples on every machine, however slow it is; `--hypothesis-profile=search` looks for new ones.
settings.register_profile("search", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("same", settings.get_profile("search"), derandomize=True)
settings.load_profile("same")


def pytest_collection_finish() -> None:
    """Exempt all imported modules from garbage collection: it took half of the time of a screen test."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 10)


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    _HOME.cleanup()


@pytest.fixture(autouse=True)
def usual_look() -> Iterator[None]:
    """No test sees the screen as another one has divided it."""
    yield
    (Path(_HOME.name) / "state" / "newsreader" / "look.json").unlink(missing_ok=True)


@pytest.fixture(autouse=True)
def signal_handlers() -> Iterator[None]:
    """The program takes over the signals that end it; give them back after each test."""
    names = [name for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    handlers = {name: signal.getsignal(getattr(signal, name)) for name in names}
    yield
    for name, handler in handlers.items():
        signal.signal(getattr(signal, name), handler)


@pytest.fixture(autouse=True)
def keys_of_who_has_set_none() -> Iterator[None]:
    """The keymap is that of the process; a test that changes it changes it for itself alone."""
    yield
    put_in_force(VIM)
