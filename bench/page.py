"""The figures as Markdown, and their place in docs/performance.md."""

import os
import platform
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from statistics import median

from bench.contenders import AIOGRAM, PTB, Contender
from bench.measuring import Figures

PAGE = Path(__file__).parent.parent / "docs" / "performance.md"
PARTS = ("steps", "surveys", "draining", "waiting", "planning", "holding", "broadcasts")

BUSY = 0.7
Measured = list[tuple[Contender, Figures]]


def report(measured: Measured, libraries: float, updates: int, day: date, load: float) -> str:
    """Everything that was measured, as Markdown.

    Args:
        measured: who, and the figures.
        libraries: seconds to load python-telegram-bot and aiohttp alone.
        updates: in each round of a step.
        day: when.
        load: of the machine, before the bench began; 1 is a core's worth of other work.
    """
    rounds = len(measured[0][1].start)
    what = f"{rounds} interleaved rounds of {updates:,} updates, each from a person of their own"
    how = heading(what, day, load)
    return "\n".join((how, "", *_steps(measured, updates), "", *_processes(measured, libraries)))


def heading(what: str, day: date, load: float) -> str:
    """When and on what it was measured; `what` says of what these are medians."""
    how = f"{day:%d %B %Y}, {machine()}. Medians of {what}."
    if load > BUSY:
        how += f" The machine was busy with other work (load {load:.1f}): trust the ratios alone."
    return how


def machine() -> str:
    """What this was measured on, in a few words."""
    python = platform.python_version()
    return f"{os.cpu_count()} cores ({platform.machine()}, {platform.system()}), Python {python}"


def _steps(measured: Measured, updates: int) -> Iterator[str]:
    rates = _calls_a_second(measured, updates)
    yield (
        "| who and what | updates a second | calls an update | against aiogram, the same calls "
        "| against PTB, by calls | CPU an update | slowest to fastest round |"
    )
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    echo = next(rate for (who, _), rate in rates.items() if who == f"{PTB}, 256 at once")
    for who, figures in measured:
        for step in who.steps:
            seconds = figures.seconds[step.name]
            calls = step.calls.total()
            rate = updates / median(seconds)
            # aiogram's step with as many calls; all of its steps make different numbers of them
            same = next(rate for (name, n), rate in rates.items() if (name, n) == (AIOGRAM, calls))
            cpu = median(figures.cpu[step.name]) / updates * 1e6
            yield (
                f"| {who.name}: {step.name} | {rate:,.0f} | {calls} | {rate * calls / same:.2f} "
                f"| {rate * calls / echo:.1f} | {cpu:,.0f} µs "
                f"| {updates / max(seconds):,.0f} to {updates / min(seconds):,.0f} |"
            )


def _calls_a_second(measured: Measured, updates: int) -> Mapping[tuple[str, int], float]:
    return {
        (who.name, step.calls.total()): updates
        * step.calls.total()
        / median(figures.seconds[step.name])
        for who, figures in measured
        for step in who.steps
    }


def _processes(measured: Measured, libraries: float) -> Iterator[str]:
    yield "| who | ready after | against loading PTB and aiohttp | memory idle | memory at work |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for who, figures in measured:
        start = median(figures.start)
        yield (
            f"| {who.name} | {start:.2f} s | {start / libraries:.2f} "
            f"| {median(figures.idle):.0f} MiB | {median(figures.busy):.0f} MiB |"
        )
    yield f"| (loading PTB and aiohttp) | {libraries:.2f} s | 1.00 | | |"


def markers(part: str) -> tuple[str, str]:
    """The lines of the page between which a part's tables stand."""
    return f"<!-- measured, {part}: make bench writes from here -->", f"<!-- {part}: to here -->"


def put_between_the_markers(page: str, part: str, text: str) -> str:
    """The page with this text in the place of what was measured before of this part.

    Raises:
        ValueError: the page has no markers.
    """
    begin, end = markers(part)
    if page.count(begin) != 1 or page.count(end) != 1:
        raise ValueError(f"the page must have one line {begin!r} and one line {end!r}")
    between = re.compile(f"{re.escape(begin)}.*{re.escape(end)}", re.DOTALL)
    return between.sub(lambda _: f"{begin}\n{text}\n{end}", page)
