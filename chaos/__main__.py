"""Kill the bot at random moments while much goes wrong; then count what became of everything."""

import argparse
import asyncio
import random
import sys
import tempfile
from pathlib import Path

import asyncpg

from bot.clock import Clock
from chaos.databases import NEW
from chaos.table import report
from chaos.trial import Outcome, Plan, Trial

KILLS = 200


async def tried(name: str, plan: Plan) -> Outcome:
    def told(kills: int) -> None:
        if kills % 20 == 0:
            print(f"{name}: killed {kills} times", file=sys.stderr)

    with tempfile.TemporaryDirectory(prefix="baobab-chaos-") as folder:
        async with NEW[name](Path(folder)) as url:
            return await Trial(plan, url, Path(folder), told).run()


async def main() -> int:
    parser = argparse.ArgumentParser(prog="make chaos", description=__doc__)
    parser.add_argument("--kills", type=int, default=KILLS, help="on each database")
    parser.add_argument("--seed", type=int, help="repeats the choices of a run")
    parser.add_argument("--database", choices=[name.lower() for name in NEW], help="only this one")
    asked = parser.parse_args()
    seed = asked.seed if asked.seed is not None else random.randrange(10**6)
    plan = Plan(kills=asked.kills, seed=seed)
    outcomes = {}
    for name in NEW:
        if asked.database not in {None, name.lower()}:
            continue
        print(f"{name}: {plan.kills} kills, seed {seed}", file=sys.stderr)
        try:
            outcomes[name] = await tried(name, plan)
        except (OSError, asyncpg.PostgresError) as error:
            if asked.database or name == "SQLite":
                raise
            print(f"{name} is left out ({type(error).__name__}).", file=sys.stderr)
    print(f"{Clock().now():%-d %B %Y}, seed {seed}\n\n{report(outcomes)}")
    return int(any(outcome.broken for outcome in outcomes.values()))


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
