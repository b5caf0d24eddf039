"""`make fuzz CASES=… SEED=… TARGET=…`: run the targets and print a table.

Each target runs in a process of its own, so that one that ends without a word is found as well.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import time
from multiprocessing.connection import Connection
from multiprocessing.sharedctypes import Synchronized

from tests.fuzz.mutator import Mutator
from tests.fuzz.runner import Failure, Outcome, keep, run_target
from tests.fuzz.target import Target
from tests.fuzz.targets import TARGETS


def main(arguments: list[str]) -> int:
    """Run the targets; return 1 if a case failed."""
    parser = argparse.ArgumentParser(prog="make fuzz")
    parser.add_argument("--cases", type=int, default=100_000, help="of all targets together")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="of the random numbers")
    parser.add_argument("--target", default="", help="comma-separated names; all without it")
    options = parser.parse_args(arguments)
    names = options.target.split(",") if options.target else list(TARGETS)
    if unknown := set(names) - set(TARGETS):
        parser.error(f"no target {', '.join(sorted(unknown))}; there are {', '.join(TARGETS)}")
    targets = [TARGETS[name] for name in names]
    shares = sum(target.share for target in targets)
    total = failed = 0
    seconds = 0.0
    _print(f"seed {options.seed}")
    _print(f"{'target':<20}{'cases':>12}{'failures':>10}{'CPU s':>10}{'slowest ms':>12}")
    for target in targets:
        outcome = _run_apart(target, max(1, options.cases * target.share // shares), options.seed)
        total, failed, seconds = (
            total + outcome.cases,
            failed + len(outcome.failures),
            seconds + outcome.seconds,
        )
        _print(_row(target.name, outcome.cases, len(outcome.failures), outcome.seconds, outcome.slowest))
        for case, error in outcome.failures:
            _print(f"  {keep(target.name, case)}\n  {type(error).__name__}: {ascii(str(error))[:300]}")
    _print(_row("all", total, failed, seconds, 0.0))
    return int(failed > 0)


def _row(name: str, cases: int, failures: int, seconds: float, slowest: float) -> str:
    slowest_text = f"{slowest * 1000:>12.1f}" if slowest else ""
    return f"{name:<20}{cases:>12,}{failures:>10}{seconds:>10.1f}{slowest_text}"


def _run_apart(target: Target, cases: int, seed: int) -> Outcome:
    """Run a target in processes; one that dies costs the case that it was at."""
    context = multiprocessing.get_context("fork")
    number = context.Value("q", 0, lock=False)
    parts: list[Outcome] = []
    first = 0
    while first < cases:
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=_work, args=(target.name, range(first, cases), seed, number, sender))
        process.start()
        sender.close()
        try:
            parts.append(receiver.recv())
            first = cases
        except EOFError:
            process.join()
            died = int(number.value)
            case = Mutator(target.seeds, target.pieces, seed).case(died)
            error = RuntimeError(f"the process ended with status {process.exitcode}")
            parts.append(Outcome(target.name, died - first + 1, (Failure(case, error),), 0.0, 0.0))
            first = died + 1
        process.join()
    failures = tuple(failure for part in parts for failure in part.failures)
    seconds, slowest = sum(part.seconds for part in parts), max(part.slowest for part in parts)
    return Outcome(target.name, sum(part.cases for part in parts), failures, seconds, slowest)


def _work(name: str, numbers: range, seed: int, number: Synchronized[int], sender: Connection) -> None:
    def begin(started: int) -> None:
        number.value = started

    outcome = run_target(TARGETS[name], numbers, seed, begin=begin)
    # Not every exception can be sent to another process.
    failures = tuple(
        failure._replace(error=RuntimeError(f"{type(failure.error).__name__}: {failure.error}"))
        for failure in outcome.failures
    )
    sender.send(outcome._replace(failures=failures))


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
