"""The environment that all tests share: isolated from the machine's folders, theme, browser and signals."""

from __future__ import annotations

import gc
import os
import signal
import sys
import tempfile
from collections.abc import Generator, Iterator
from functools import _lru_cache_wrapper
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from coverage import Coverage
from hypothesis import HealthCheck, is_hypothesis_test, settings

from newsreader.keymap.active import put_in_force
from newsreader.keymap.keymap import VIM

_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "TMUX", "WSL_DISTRO_NAME")
"""Variables that tell of displays and multiplexers, which a test must not use."""

_HOME = tempfile.TemporaryDirectory(prefix="newsreader-tests-")


def _isolate() -> None:
    """Set up the environment. Textual reads its variables when it is imported, so this comes first."""
    for name in tuple(os.environ):
        is_textuals = name.startswith("TEXTUAL_") and not name.startswith("TEXTUAL_SNAPSHOT_")
        if is_textuals or name in ("NEWSREADER_CORPUS", "BROWSER", "NO_COLOR", "COLORFGBG", *_SCREENS):
            del os.environ[name]
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    for name in ("CACHE", "CONFIG", "DATA", "STATE"):
        os.environ[f"XDG_{name}_HOME"] = str(Path(_HOME.name) / name.lower())


def _restore_signals() -> None:
    """Give the processes that tests start the default signal handlers.

    A shell ignores SIGINT and SIGQUIT in what it runs in the background, and `nohup` ignores SIGHUP. A child
    inherits an ignored signal, but gets the default for one that has a handler.
    """
    for name in ("SIGINT", "SIGQUIT", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_IGN:
            signal.signal(number, lambda *_: None)


_isolate()
_restore_signals()

# Pytest would collect garbage five times at its end, in each process, to report what `__del__` raised.
sys.unraisablehook = lambda _: None

# The same examples on every machine, however slow it is; `--hypothesis-profile=search` tries others.
settings.register_profile("search", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("same", settings.get_profile("search"), derandomize=True)
settings.load_profile("same")


def pytest_collection_finish() -> None:
    """Exempt all imported modules from garbage collection: it took half of the time of a screen test."""
    if Coverage.current() is not None:
        _import_covered()
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 10)


_LONGEST_ID = 80
"""Most characters of a value in the id of a test: all processes exchange the ids of all tests."""


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name a long value by its parameter and its length."""
    if isinstance(val, str | bytes) and len(val) > _LONGEST_ID:
        return f"{argname} of {len(val)}"
    return None


def pytest_unconfigure() -> None:
    """Remove the temporary home."""
    _HOME.cleanup()


_COVERED = ("domain", "corpus", "markup", "library", "app")
"""The packages that have to be covered."""

_MEASURED = tuple(Path(__file__).parent / "unit" / name for name in _COVERED)
"""Folders of tests that count for coverage, which slows a test down to half the speed.

The tests of a package that has to be covered reach each of its branches themselves.
"""


def _is_measured(item: pytest.Item) -> bool:
    """Whether a test counts for coverage: not if its examples are generated."""
    is_generated = is_hypothesis_test(getattr(item, "obj", None))
    return not is_generated and any(folder in item.path.parents for folder in _MEASURED)


def _import_covered() -> None:
    """Import what is covered while that is measured, whichever test would be the first to import it."""
    for name in _COVERED:
        package = import_module(f"newsreader.{name}")
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                import_module(module.name)


def _forget_results() -> None:
    """Clear the caches of functions that are covered, so that the next test runs them."""
    prefixes = tuple(f"newsreader.{name}." for name in _COVERED)
    for name, module in [*sys.modules.items()]:
        if name.startswith(prefixes):
            for value in vars(module).values():
                if isinstance(value, _lru_cache_wrapper):
                    value.cache_clear()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(
    item: pytest.Item, nextitem: pytest.Item | None
) -> Generator[None, object, object]:
    """Pause coverage during the tests that need not be measured."""
    measured = Coverage.current()
    if measured is None or _is_measured(item):
        return (yield)
    measured.stop()
    try:
        return (yield)
    finally:
        measured.start()
        if nextitem is not None and _is_measured(nextitem):
            _forget_results()


@pytest.fixture(autouse=True)
def default_layout() -> Iterator[None]:
    """Forget how a test has divided the screen, and its filters."""
    yield
    for name in ("look.json", "filters"):
        (Path(_HOME.name) / "state" / "newsreader" / name).unlink(missing_ok=True)


@pytest.fixture(autouse=True)
def signal_handlers() -> Iterator[None]:
    """Restore the signal handlers that the program has replaced."""
    names = [name for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    handlers = {name: signal.getsignal(getattr(signal, name)) for name in names}
    yield
    for name, handler in handlers.items():
        signal.signal(getattr(signal, name), handler)


@pytest.fixture(autouse=True)
def default_keymap() -> Iterator[None]:
    """Restore the keymap, which is global to the process."""
    yield
    put_in_force(VIM)
