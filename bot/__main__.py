"""The `baobab` command. Exit codes: 0 done, 1 refused with a reason, 2 wrong usage."""

import asyncio
import contextlib
import gc
import signal
import sys
from collections.abc import Callable, Coroutine, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from bot.clock import Clock
from bot.config import Settings, read_settings
from bot.errors import BaobabError, FormNotGood, ImportRefused, SettingsProblem
from bot.people.models import Group, Role
from bot.surveys.models import Audience

T = TypeVar("T")

command = typer.Typer(
    help="Baobab: a Telegram bot for health events, in people's own languages.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def main() -> None:
    """Run the command line."""
    command()


@contextlib.contextmanager
def told_kindly() -> Iterator[None]:
    """Turn what we know can go wrong into a reason on standard error and exit code 1."""
    try:
        yield
    except ImportRefused as refusal:
        for problem in refusal.problems:
            print(problem, file=sys.stderr)
        print("Nothing was taken in.", file=sys.stderr)
        raise typer.Exit(1) from None
    except BaobabError as error:
        print(str(error) or type(error).__name__, file=sys.stderr)
        raise typer.Exit(1) from None


def in_loop(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine, on uvloop where it exists."""
    factory: Callable[[], asyncio.AbstractEventLoop] | None = None
    with contextlib.suppress(ImportError):
        import uvloop  # only where it was built for this system

        factory = uvloop.new_event_loop
    with asyncio.Runner(loop_factory=factory) as runner:
        return runner.run(work)


async def until_told_to_stop(work: Coroutine[Any, Any, None]) -> None:
    """Run until the work ends or the process is told to stop: Ctrl-C, SIGTERM, a closed terminal.

    Only the first signal counts: a second one, such as the demo's SIGTERM after a Ctrl-C that
    reached its bot as well, would break off the orderly end that the first one began.
    """
    task = asyncio.ensure_future(work)
    told = asyncio.Event()

    def stop() -> None:
        if not told.is_set():
            told.set()
            task.cancel()

    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if name != signal.SIGHUP or signal.getsignal(name) != signal.SIG_IGN:  # nohup
            loop.add_signal_handler(name, stop)
    try:
        await task
    except asyncio.CancelledError:
        if not told.is_set():
            raise


@command.command()
def run() -> None:
    """Run the bot with the settings of this machine."""
    from bot.logs import configure_logs

    with told_kindly():
        settings = read_settings()
        configure_logs(settings.log_format)
        in_loop(until_told_to_stop(_run(settings)))


async def _run(settings: Settings) -> None:
    # What is loaded now stays for as long as the process: looking through it for rubbish, again
    # and again, would take up to a seventh of an answer's time.
    gc.disable()
    from bot.app import Baobab, load_the_rest  # other commands need none of it

    async with Baobab(settings) as baobab:
        gc.freeze()
        gc.enable()
        how = "webhook" if settings.webhook_url else "polling"
        print(f"Baobab is ready: @{baobab.house.username}, by {how}.", flush=True)
        await asyncio.to_thread(load_the_rest)
        gc.freeze()
        await baobab.run()


@command.command()
def demo(
    port: Annotated[
        int, typer.Option(min=0, max=65_535, help="Where the chat page listens; 0 for any.")
    ] = 8420,
    browser: Annotated[bool, typer.Option(help="Open the chat page in a browser.")] = True,  # noqa: FBT002 -- a command line option
    crowd: Annotated[
        int, typer.Option(min=0, max=50_000, help="More people, who want news and say nothing.")
    ] = 0,
) -> None:
    """Try the bot in a browser: no Telegram, no account, nothing leaves this machine."""
    from bot.commands.demo import run_demo  # the sandbox is not part of a bot that runs for real

    with told_kindly():
        in_loop(until_told_to_stop(run_demo(port=port, open_browser=browser, crowd=crowd)))


@command.command()
def check(
    content_only: Annotated[  # noqa: FBT002 -- a command line option
        bool, typer.Option("--content-only", help="Look at the content folder alone.")
    ] = False,
) -> None:
    """Say in plain words what is wrong with the settings, the content or the database."""
    from bot.commands.check import find_problems  # reads all there is to read

    with told_kindly():
        found = in_loop(find_problems(read_settings(), content_only=content_only))
        for line in found.ahead:
            print(line)
        for warning in found.warnings:
            print(f"Note: {warning}")
        for problem in found.problems:
            print(f"Problem: {problem}", file=sys.stderr)
        if found.problems:
            raise typer.Exit(1)
        print("Nothing is wrong.")


@command.command()
def migrate() -> None:
    """Bring the database to the schema of this version."""
    from bot.db import upgrade  # loads Alembic only when there is something to do

    with told_kindly():
        changed = in_loop(upgrade(read_settings().database_url))
        print("The database was upgraded." if changed else "The database is up to date.")


@command.command("import")
def import_(
    file: Annotated[
        Path, typer.Argument(help="A .ics, .csv or .xlsx file, or a folder of samples.")
    ],
) -> None:
    """Take in the events of a file: all of them, or none and the reasons."""
    # loads the readers of all three formats
    from bot.commands.bring import bring_in, bring_samples

    bring = bring_samples if file.is_dir() else bring_in
    with told_kindly():
        for line in in_loop(bring(file, read_settings(), Clock())):
            print(line)


@command.command()
def events() -> None:
    """List the events to come, with their numbers."""
    from bot.commands.listing import list_events  # reads the database

    with told_kindly():
        for line in in_loop(list_events(read_settings(), Clock())):
            print(line)


@command.command()
def poster(
    event: Annotated[int, typer.Argument(help="The number of the event.")],
    source: Annotated[
        str, typer.Option(help="Where the poster hangs, such as library; letters and digits.")
    ] = "poster",
    folder: Annotated[Path, typer.Option(help="Where to write the two files.")] = Path(),
    username: Annotated[
        str | None, typer.Option(help="The bot's username; asked of Telegram if not given.")
    ] = None,
    language: Annotated[str, typer.Option(help="Of the poster's words.")] = "en",
) -> None:
    """Make a poster with a QR code that opens an event, as SVG and PNG."""
    from bot.commands.poster import make_poster  # loads the drawing library
    from bot.events.links import EventLink

    with told_kindly():
        link = EventLink(event, source)
        work = make_poster(link, folder, read_settings(), username=username, language=language)
        for path in in_loop(work):
            print(path)


@command.command()
def invite(  # noqa: PLR0913, PLR0917 -- a command line's options
    role: Annotated[Role, typer.Argument(help="What whoever follows the link becomes.")],
    username: Annotated[
        str | None, typer.Option(help="The bot's username; asked of Telegram if not given.")
    ] = None,
    borough: Annotated[
        str, typer.Option(help="The only borough in which it holds; volunteers and organisers.")
    ] = "",
    group: Annotated[
        Group | None, typer.Option(help="For whom alone it holds; volunteers and organisers.")
    ] = None,
    label: Annotated[
        str, typer.Option(help="By what to know the person in /roles: 'Volunteer 3'. No name.")
    ] = "",
    days: Annotated[int, typer.Option(min=1, max=30, help="For how long the link works.")] = 7,
) -> None:
    """Print a link that gives a role, to one person, within a week."""
    from bot.commands.invite import Offer, make_invite  # reads the database

    with told_kindly():
        settings = read_settings()
        offer = Offer(role, borough, group, label, timedelta(days=days))
        work = make_invite(offer, settings, Clock(settings.clock), username=username)
        for line in in_loop(work):
            print(line)


@command.command()
def log(
    to: Annotated[
        Path | None, typer.Option(help="The .csv file to write; printed if not given.")
    ] = None,
) -> None:
    """Who did what that only some may do: roles, invites, surveys, broadcasts."""
    from bot.commands.log import export_log  # reads the database

    with told_kindly():
        settings = read_settings()
        if to is not None and to.exists():
            raise SettingsProblem(f"{to} is there already. Nothing was written.")
        content = in_loop(export_log(settings, Clock(settings.clock)))
        if to is None:
            print(content.decode("utf-8-sig"), end="")
            return
        try:
            to.write_bytes(content)
        except OSError as why:
            raise SettingsProblem(f"{to} cannot be written: {why.strerror}.") from None
        print(to)


survey = typer.Typer(help="Surveys: check a form, try it, publish it.", no_args_is_help=True)
command.add_typer(survey, name="survey")


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


@command.command()
def quiet(
    until: Annotated[
        datetime,
        typer.Option(
            formats=["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"],
            help="Such as '2026-11-25 14:00', in the organisation's wall time.",
        ),
    ],
) -> None:
    """After restoring a copy: send nothing that was due before the loss."""
    from bot.commands.quiet import keep_quiet  # reads the database

    with told_kindly():
        settings = read_settings()
        for line in in_loop(keep_quiet(settings, Clock(settings.clock), until)):
            print(line)


@command.command()
def backup(
    file: Annotated[Path, typer.Argument(help="The copy to make; it must not exist yet.")],
) -> None:
    """Copy a SQLite database while the bot runs, and its key beside it."""
    from bot.commands.backup import back_up  # nothing else needs it

    with told_kindly():
        for line in back_up(read_settings(), file):
            print(line)


if __name__ == "__main__":
    main()
