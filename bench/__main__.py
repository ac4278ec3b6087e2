"""Baobab beside bare bots, and beside itself with more to do, in one run.

Each bot is a process of its own against one fast loopback server. The rounds of a part are
interleaved, so that whatever else the machine does falls on all alike, and medians are printed.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

import uvloop

from bench import broadcasts, draining, holding, page, planning, surveys, waiting
from bench.contenders import Contender, everybody, places_taken
from bench.measuring import Bench, Figures, import_time
from bench.processes import Stuck
from bot.clock import Clock

ROUNDS = 5
UPDATES = 1000
DELIVERIES = 50_000


async def measured(rounds: int, updates: int, folder: Path) -> page.Measured:
    """Every contender in every round."""
    crowd = updates + 1
    async with everybody(folder, rounds * crowd) as contenders:
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


async def tables(asked: argparse.Namespace, folder: Path) -> AsyncIterator[tuple[str, str]]:
    """Each part that is asked for, measured, and its tables as Markdown."""
    rounds, day = asked.rounds, Clock().now().date()

    def whole(what: str, load: float, lines: Iterable[str]) -> str:
        return "\n".join((page.heading(what, day, load), "", *lines))

    for part in asked.parts or page.PARTS:
        load = os.getloadavg()[0]
        many = f"{rounds} interleaved rounds"
        if part == "steps":
            found = await measured(rounds, asked.updates, folder)
            yield part, page.report(found, await import_time(rounds), asked.updates, day, load)
        elif part == "surveys":
            asked_of = await surveys.surveys(rounds, asked.updates, folder)
            what = f"{many} of {asked.updates:,} updates"
            yield part, whole(what, load, surveys.table(asked_of, asked.updates))
        elif part == "draining":
            drained = await draining.draining(rounds, asked.deliveries, folder)
            what = f"{many} of {asked.deliveries:,} messages"
            yield part, whole(what, load, draining.table(drained))
        elif part == "waiting":
            waits = await waiting.waiting(rounds, folder)
            what = f"all taps in {many} of up to {waiting.TAPS}"
            yield part, whole(what, load, waiting.table(waits))
        elif part == "planning":
            planned = await planning.planning(rounds, folder)
            yield part, whole(many, load, planning.table(planned))
        elif part == "broadcasts":
            sent = await broadcasts.broadcasts(rounds, asked.people, folder)
            what = f"{many}, to {asked.people:,} people each"
            yield part, whole(what, load, broadcasts.table(sent))
        else:
            held = await holding.holding(rounds, folder)
            what = f"{many} of {holding.IDLE:.0f} idle seconds"
            yield part, whole(what, load, holding.table(held))


async def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[[], *page.PARTS], help="only these")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--updates", type=int, default=UPDATES, help="in each round of a step")
    parser.add_argument("--deliveries", type=int, default=DELIVERIES, help="in each that drains")
    parser.add_argument(
        "--people", type=int, default=broadcasts.PEOPLE, help="whom each broadcast goes to"
    )
    parser.add_argument("--no-write", action="store_true", help="leave docs/performance.md alone")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="baobab-bench-") as folder:
        async for part, text in tables(asked, Path(folder)):
            print(f"\n{text}", flush=True)
            if not asked.no_write:
                before = page.PAGE.read_text(encoding="utf-8")
                after = page.put_between_the_markers(before, part, text)
                page.PAGE.write_text(after, encoding="utf-8")


if __name__ == "__main__":
    try:
        uvloop.run(main())
    except Stuck as stuck:
        sys.exit(str(stuck))
