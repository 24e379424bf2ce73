"""The table. With names of parts, only those."""

import signal
import sys
from collections.abc import Callable, Iterator

from tests.bench import (
    acts,
    attendance,
    changes,
    choosing,
    countdown,
    following,
    growth,
    keys,
    start,
)
from tests.bench.figures import Figure

PARTS: dict[str, Callable[[], Iterator[Figure]]] = {
    "start": start.measure,
    "countdown": countdown.measure,
    "time": countdown.measure_error,
    "keys": keys.measure,
    "changes": changes.measure,
    "growth": growth.measure,
    "acts": acts.measure,
    "choosing": choosing.measure,
    "attendance": attendance.measure,
    "following": following.measure,
}


def main(chosen: list[str]) -> int:
    unknown = [each for each in chosen if each not in PARTS]
    if unknown:
        print(f"There is no part {unknown[0]!r}: choose of {', '.join(PARTS)}.", file=sys.stderr)
        return 2
    # The programs that it watches end with it; without a terminal they would run on.
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    print("| what | measured | promised | |\n|---|---|---|---|", flush=True)
    missed = False
    for name in chosen or PARTS:
        for figure in PARTS[name]():
            print(figure.row, flush=True)
            missed |= figure.kept is False
    return int(missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
