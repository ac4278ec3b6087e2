from collections import Counter
from datetime import date

import pytest

from bench.contenders import SENT, SHOWN, Contender, Step
from bench.measuring import Figures
from bench.page import PAGE, PARTS, markers, put_between_the_markers, report
from bench.server import tap


def measured(
    name: str, seconds: list[float], calls: Counter[str], *more: Counter[str]
) -> tuple[Contender, Figures]:
    steps = tuple(
        Step(f"{each.total()} calls", lambda number, person: tap(number, person, ""), each, "")
        for each in (calls, *more)
    )
    figures = Figures(start=[1.0, 3.0, 2.0], idle=[50.0] * 3, busy=[60.0] * 3)
    for step in steps:
        figures.seconds[step.name] = seconds
        figures.cpu[step.name] = [0.5, 0.25, 1.0]
    return Contender(name, [], steps), figures


def test_the_table_compares_medians_of_the_same_number_of_calls() -> None:
    everybody = [
        measured("aiogram", [2.0, 1.0, 4.0], SENT, SHOWN, SHOWN + SENT),
        measured("python-telegram-bot, 256 at once", [10.0, 10.0, 10.0], SENT),
        measured("Baobab", [1.0, 5.0, 1.0], SHOWN),
    ]
    lines = report(everybody, 0.5, 1000, date(2026, 10, 17), 0.1).splitlines()
    assert lines[0].endswith(
        "Medians of 3 interleaved rounds of 1,000 updates, each from a person of their own."
    )
    assert [line for line in lines if line.startswith("| Baobab")] == [
        "| Baobab: 2 calls | 1,000 | 2 | 2.00 | 20.0 | 500 µs | 200 to 1,000 |",
        "| Baobab | 2.00 s | 4.00 | 50 MiB | 60 MiB |",
    ]


def test_a_busy_machine_is_told_of() -> None:
    everybody = [
        measured("aiogram", [2.0], SENT),
        measured("python-telegram-bot, 256 at once", [10.0], SENT),
    ]
    first = report(everybody, 0.5, 1000, date(2026, 10, 17), 2.25).splitlines()[0]
    assert first.endswith(
        "The machine was busy with other work (load 2.2): trust the ratios alone."
    )


BEGIN, END = markers("steps")


def test_only_what_stands_between_the_markers_is_replaced() -> None:
    other = "\n".join(markers("draining"))
    page = f"before\n{BEGIN}\nold \\1\n{END}\nafter\n{other}"
    assert put_between_the_markers(page, "steps", "new \\1") == (
        f"before\n{BEGIN}\nnew \\1\n{END}\nafter\n{other}"
    )


@pytest.mark.parametrize("page", ["", BEGIN, f"{BEGIN}{END}{BEGIN}{END}"])
def test_a_page_without_its_markers_is_left_alone(page: str) -> None:
    with pytest.raises(ValueError, match="the page must have one line"):
        put_between_the_markers(page, "steps", "new")


@pytest.mark.parametrize("part", PARTS)
def test_the_page_that_ships_has_the_markers(part: str) -> None:
    page = PAGE.read_text(encoding="utf-8")
    begin, end = markers(part)
    assert f"{begin}\nnew\n{end}" in put_between_the_markers(page, part, "new")
