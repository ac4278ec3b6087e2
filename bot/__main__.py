"""The `baobab` command. Exit codes: 0 done, 1 refused with a reason, 2 wrong usage."""

import asyncio
import gc
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from bot.clock import Clock
from bot.commands.survey_line import survey
from bot.commands.ways import in_loop, told_kindly, until_told_to_stop
from bot.config import Settings, read_settings
from bot.errors import SettingsProblem
from bot.people.models import Group, Role

command = typer.Typer(
    help="Baobab: a Telegram bot for health events, in people's own languages.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
command.add_typer(survey, name="survey")


def main() -> None:
    """Run the command line."""
    command()


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
    """Print a link that gives a role, to one person, once."""
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
