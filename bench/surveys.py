"""What a question of a survey costs, beside a booking by the same bot."""

import sys
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from statistics import median

from bench.contenders import BAOBAB, SHOWN, Contender, Step, booking, prepared, settings
from bench.databases import databases
from bench.measuring import Bench, Figures
from bench.server import Update, tap
from bot.clock import Clock
from bot.config import HOME
from bot.db import open_database
from bot.forms.xlsform import convert_trusted
from bot.surveys.desk import SurveyDesk
from bot.surveys.editions import source_of
from bot.surveys.models import Audience

STAFF = "content/surveys/barriers-to-senior-roles.md"
QUESTIONS = 200
PLACES = 5_000
"""Rows of the list that the last of three cascading questions chooses from."""
MEASURED = ("answer a question of 18", "answer a question of 200", "choose in 5,000 rows")
BOOK = "book"


def large_form() -> str:
    """A form of many questions, half of them shown by an answer before, with a cascade first."""
    survey = [
        "| survey | | | | | |",
        "| | type | name | label | relevant | choice_filter |",
        "| | select_one county | county | Which county? | | |",
        "| | select_one district | district | Which district? | | county = ${county} |",
        "| | select_one ward | ward | Which ward? | | district = ${district} |",
    ]
    for number in range(QUESTIONS - 3):
        shown = f"${{q{number - 1}}} = 'a'" if number % 2 else ""
        survey.append(f"| | select_one abc | q{number} | Question {number}? | {shown} | |")
    choices = ["| choices | | | | |", "| | list_name | name | label | county | district |"]
    choices += [f"| | abc | {name} | {name} | | |" for name in "abc"]
    choices += [f"| | county | c{number} | County {number} | | |" for number in range(5)]
    choices += [f"| | district | d{n} | District {n} | c{n % 5} | |" for n in range(100)]
    choices += [f"| | ward | w{n} | Ward {n} | | d{n % 100} |" for n in range(PLACES)]
    settings_ = ["| settings | | |", "| | form_title | form_id |", "| | Large | large |"]
    return "\n".join((*survey, *choices, *settings_))


def _steps(event: int) -> tuple[Step, ...]:
    """A booking, and the beginnings of both surveys, of which the staff survey is the first."""
    return (
        booking(event),
        _pressed("begin", "survey:1:begin", "take part"),
        _answer("agree", 1, 1, "agree", "What kind of work"),
        _answer("say what work", 1, 2, "both", "What kind of organisation"),
        _answer(MEASURED[0], 1, 3, "hospital", "Which pay band"),
        _pressed("begin the large one", "survey:2:begin", "Which county"),
        _answer("choose a county", 2, 1, "c0", "Which district"),
        _answer(MEASURED[2], 2, 2, "d0", "Which ward"),
        _answer("choose a ward", 2, 3, "w0", "Question 0?"),
        _answer(MEASURED[1], 2, 4, "a", "Question 1?"),
    )


def _pressed(name: str, data: str, shows: str) -> Step:
    def press(number: int, person: int) -> Update:
        return tap(number, person, data)

    return Step(name, press, SHOWN, shows)


def _answer(name: str, survey: int, revision: int, key: str, shows: str) -> Step:
    return _pressed(name, f"sq:{survey}:{revision}:pick:{key}:0", shows)


async def surveys(rounds: int, updates: int, folder: Path) -> list[tuple[Contender, Figures]]:
    """Bookings and questions on each database in every round."""
    crowd = updates + 1
    async with AsyncExitStack() as stack:
        urls = await stack.enter_async_context(databases(folder, "surveys"))
        found = []
        for name, url in urls.items():
            event = await prepared(url, rounds * crowd)
            await _publish(url)
            contender = Contender(f"Baobab on {name}", BAOBAB, _steps(event), settings(url), url)
            found.append((contender, Figures()))
        async with Bench(updates).open() as bench:
            for number in range(rounds):
                for contender, figures in found:
                    print(f"round {number + 1}: {contender.name} asks", file=sys.stderr)
                    await bench.round(contender, figures, number * crowd + 1)
        return found


async def _publish(url: str) -> None:
    forms = ((HOME / STAFF).read_bytes(), large_form().encode())
    database = await open_database(url)
    try:
        for form in forms:
            source = source_of(convert_trusted(form, "form.md"))
            async with database.work() as work:
                desk = SurveyDesk(work)
                await desk.publish(source, {}, Audience.EVERYONE, Clock().now())
    finally:
        await database.close()


def table(found: list[tuple[Contender, Figures]], updates: int) -> Iterator[str]:
    """The figures as Markdown; `updates` in each round of a step."""
    yield "| who and what | against a booking, time | against a booking, CPU | CPU an update |"
    yield "| --- | ---: | ---: | ---: |"
    for who, figures in found:
        count = len(figures.seconds[BOOK])
        for step in (BOOK, *MEASURED):
            took = [figures.seconds[step][n] / figures.seconds[BOOK][n] for n in range(count)]
            cpu = [figures.cpu[step][n] / figures.cpu[BOOK][n] for n in range(count)]
            each = median(figures.cpu[step]) / updates * 1e6
            yield (
                f"| {who.name}: {step} | {median(took):.2f} | {median(cpu):.2f} | {each:,.0f} µs |"
            )
