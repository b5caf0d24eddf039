"""Run the cases of a target, with a limit of CPU time for each."""

from __future__ import annotations

import hashlib
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from tests.fuzz.mutator import Mutator, from_stored, stored
from tests.fuzz.target import Target

CRASHES: Final = Path(__file__).parent / "crashes"
"""Inputs that failed once, in a folder a target; each must hold for ever."""


class TooSlowError(AssertionError):
    """A case took more CPU time than it may."""


class Failure(NamedTuple):
    """A case that failed, and why."""

    case: str
    error: BaseException


class Outcome(NamedTuple):
    """The result of a run of one target; times are CPU seconds."""

    name: str
    cases: int
    failures: tuple[Failure, ...]
    seconds: float
    slowest: float


def run_target(target: Target, numbers: range, seed: int, begin: Callable[[int], object] = int) -> Outcome:
    """Run the cases of these numbers; `begin` is called with each before it runs.

    Of failures with the same cause only the first is kept.
    """
    mutator = Mutator(target.seeds, target.pieces, seed)
    failures: dict[str, Failure] = {}
    slowest = 0.0
    begun = before = time.process_time()
    with _limited(target.seconds) as allow:
        for number in numbers:
            begin(number)
            case = mutator.case(number)
            allow()
            try:
                target.check(case)
            except Exception as error:  # noqa: BLE001 - any is a finding
                failures.setdefault(_cause(error), Failure(case, error))
            after = time.process_time()
            slowest, before = max(slowest, after - before), after
    return Outcome(target.name, len(numbers), tuple(failures.values()), before - begun, slowest)


def replay(target: Target, case: str) -> None:
    """Run one case; raise what is wrong with it."""
    with _limited(target.seconds) as allow:
        allow()
        target.check(case)


@contextmanager
def _limited(seconds: float) -> Iterator[Callable[[], object]]:
    """Yield a function that grants so much CPU time from now on."""

    def interrupt(*_: object) -> None:
        raise TooSlowError(f"a case took more than {seconds} s of CPU time")

    handler = signal.signal(signal.SIGVTALRM, interrupt)
    try:
        yield lambda: signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, handler)


def _cause(error: BaseException) -> str:
    """Return what failures of one kind share: the kind of exception and the lines that raised it."""
    traceback = error.__traceback__
    places = []
    while traceback is not None:
        places.append((traceback.tb_frame.f_code.co_filename, traceback.tb_lineno))
        traceback = traceback.tb_next
    return f"{type(error).__name__} {places[-3:]}"


def keep(name: str, case: str, folder: Path = CRASHES) -> Path:
    """Store the input of a failure; return its file."""
    content = stored(case)
    path = folder / name / hashlib.sha256(content).hexdigest()[:16]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def kept() -> Iterator[tuple[str, str]]:
    """Yield the target and the input of each stored failure."""
    for path in sorted(CRASHES.glob("*/*")):
        yield path.parent.name, from_stored(path.read_bytes())
