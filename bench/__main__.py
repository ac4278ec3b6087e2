"""Updates a second, side by side: Baobab's real steps and bare bots, in one run.

Each contender is a process of its own against one fast loopback server. The rounds are
interleaved, so that whatever else the machine does falls on all alike, and medians are printed.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

import uvloop

from bench import page
from bench.contenders import Contender, everybody, places_taken
from bench.measuring import Bench, Figures, import_time
from bench.processes import Stuck
from bot.clock import Clock

ROUNDS = 5
UPDATES = 1000


async def measured(rounds: int, updates: int) -> page.Measured:
    """Every contender in every round."""
    with tempfile.TemporaryDirectory(prefix="baobab-bench-") as folder:
        crowd = updates + 1
        async with everybody(Path(folder), rounds * crowd) as contenders:
            found = [(each, Figures()) for each in contenders]
            async with Bench(updates).open() as bench:
                for number in range(rounds):
                    for contender, figures in found:
                        print(f"round {number + 1}: {contender.name}", file=sys.stderr)
                        await bench.round(contender, figures, number * crowd + 1)
            for contender, _ in found:
                await _written(contender, rounds * crowd)
            return found


async def _written(contender: Contender, wanted: int) -> None:
    if contender.database and (taken := await places_taken(contender)) != wanted:
        raise Stuck(f"{contender.name}: {taken} places are taken where {wanted} people booked")


async def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--updates", type=int, default=UPDATES, help="in each round of a step")
    parser.add_argument("--no-write", action="store_true", help="leave docs/performance.md alone")
    asked = parser.parse_args()
    load = os.getloadavg()[0]
    found = await measured(asked.rounds, asked.updates)
    libraries = await import_time(asked.rounds)
    text = page.report(found, libraries, asked.updates, Clock().now().date(), load)
    print(text)
    if not asked.no_write:
        before = page.PAGE.read_text(encoding="utf-8")
        page.PAGE.write_text(page.put_between_the_markers(before, text), encoding="utf-8")


if __name__ == "__main__":
    try:
        uvloop.run(main())
    except Stuck as stuck:
        sys.exit(str(stuck))
