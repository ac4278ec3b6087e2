"""`baobab survey …`: what is typed, and which work it is. Exit codes as those of `baobab`."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.clock import Clock
from bot.commands.ways import in_loop, told_kindly
from bot.config import read_settings
from bot.errors import FormNotGood
from bot.surveys.models import Audience

survey = typer.Typer(help="Surveys: check a form, try it, publish it.", no_args_is_help=True)


@survey.command("check")
def survey_check(
    file: Annotated[Path, typer.Argument(help="An XLSForm: .xlsx, .xls, .csv or .md.")],
) -> None:
    """Say everything that is wrong with a form, by sheet, row and column."""
    from bot.commands.survey import reading_of, told  # converts forms

    with told_kindly():
        reading = in_loop(reading_of(file))
        for line in told(reading):
            print(line)
        if reading.edition is None:
            raise typer.Exit(1)


@survey.command("rehearse")
def survey_rehearse(
    file: Annotated[Path, typer.Argument(help="An XLSForm: .xlsx, .xls, .csv or .md.")],
    language: Annotated[
        str | None, typer.Option(help="A language of the form: its code or its name.")
    ] = None,
    answers: Annotated[
        Path | None, typer.Option(help="A file of answers (JSON); then it plays by itself.")
    ] = None,
) -> None:
    """Take a survey in the terminal; at the end comes its record, as one line of JSON."""
    import orjson

    from bot.commands.rehearsal import rehearse  # a terminal's library
    from bot.commands.survey import good
    from bot.config import HOME
    from bot.i18n import Catalogues
    from bot.surveys.library import read_plan

    with told_kindly():
        given = None
        if answers is not None:
            try:
                given = orjson.loads(answers.read_bytes())
            except (OSError, ValueError):
                raise FormNotGood([f"{answers} cannot be read as JSON."]) from None
            if not isinstance(given, dict):
                raise FormNotGood([f"{answers} must hold an object: names and answers."])
        edition, _ = in_loop(good(file))
        plan = read_plan(edition.source)
        catalogues = Catalogues(HOME / "locales")
        print(rehearse(plan, language, given, catalogues, read_settings().zone))


@survey.command("publish")
def survey_publish(
    file: Annotated[str, typer.Argument(help="A form, or the name of one in content/surveys.")],
    audience: Annotated[Audience, typer.Option(help="Who is asked.")] = Audience.EVERYONE,
    closes: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The last day: 2026-12-31.")
    ] = None,
) -> None:
    """Let people take a form; a newer form with the same form_id is its next version."""
    from bot.commands.survey import in_content, publish  # reads the database

    with told_kindly():
        settings = read_settings()
        day = closes.date() if closes else None
        work = publish(in_content(file, settings), settings, Clock(settings.clock), audience, day)
        for line in in_loop(work):
            print(line)


@survey.command("list")
def survey_list() -> None:
    """List the surveys: open or closed, for whom, how many were sent."""
    from bot.commands.survey import listed  # reads the database

    with told_kindly():
        settings = read_settings()
        for line in in_loop(listed(settings, Clock(settings.clock))):
            print(line)


@survey.command("close")
def survey_close(
    name: Annotated[str, typer.Argument(help="The form_id of the survey.")],
) -> None:
    """Let nobody take a survey any more; what was sent stays."""
    from bot.commands.survey import close  # reads the database

    with told_kindly():
        settings = read_settings()
        for line in in_loop(close(name, settings, Clock(settings.clock))):
            print(line)


@survey.command("export")
def survey_export(
    file: Annotated[Path, typer.Argument(help="A form, such as content/surveys/….md.")],
    to: Annotated[Path, typer.Argument(help="The spreadsheet to write (.xlsx).")],
) -> None:
    """Write a form as a spreadsheet."""
    from bot.commands.survey import export  # loads the library for spreadsheets

    with told_kindly():
        for line in export(file, to):
            print(line)
