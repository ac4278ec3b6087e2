"""`baobab demo`: a Telegram of our own, the unmodified bot beside it, and a page to talk on.

The bot runs as a process of its own, with the settings it would have for real, and is started
again when it dies; so the demo can pull its plug and show that nothing is lost.
"""

import asyncio
import contextlib
import os
import signal
import sys
import tempfile
import webbrowser
from pathlib import Path

from pydantic import SecretStr

from bot.broadcasts.crowd import CrowdStore
from bot.chat import ahead
from bot.clock import Clock
from bot.commands.bring import bring_samples
from bot.commands.demo_crowd import bring_crowd
from bot.commands.outlook import in_short
from bot.commands.sample_changes import SampleChanges
from bot.config import HOME, Settings
from bot.db import Database, open_database
from bot.errors import SettingsProblem
from bot.forms.xlsform import convert_trusted
from bot.people.content import Content
from bot.people.models import Role
from bot.people.roles import Roles
from bot.people.service import People
from bot.sandbox import Control, Demo, Sandbox
from bot.sandbox.demo import Due
from bot.surveys.desk import SurveyDesk
from bot.surveys.editions import source_of
from bot.surveys.models import Audience

PAUSE = 1.0  # seconds before a bot that died is started again
PEOPLE: tuple[tuple[str, str, tuple[Role, ...]], ...] = (
    ("Amina", "so", ()),
    ("Yusuf", "ar", ()),
    ("Marie", "fr", ()),
    ("Grace", "en", (Role.VOLUNTEER, Role.STEERING)),
    ("Kofi", "en", (Role.ADMIN, Role.ORGANISER)),
    ("Esi", "en", (Role.VOLUNTEER,)),
)
"""Who is there, the language of their Telegram, and their roles; the first is what the page says.
"""
SAMPLES = HOME / "content" / "events"
NOTHING_DUE = "No message is ahead. Book an event in one of the chats, and say yes to reminders."
HINTS = [
    "Press Start, pick a language, and say where you live. Try the postcode NW10.",
    "Find an event, book a place, and say yes to reminders.",
    "Press “Go to the next message” and see each reminder come. Answer it.",
    "Press “Event booked last: new time” and see what people with a place are told.",
    "Send /survey and answer one. Go back, change your language in the middle, and go on.",
    "Grace is a volunteer. As Grace, press Start and send /schedule to see what will be sent.",
    "Grace is in the Race Steering Group, too. As Grace, send a form of your own (.xlsx).",
    "Press “Make a group”, add Baobab to it, and as Grace choose the command /thisgroup there.",
    "As Grace, send /broadcast and write to people who want news (/news).",
    "Kofi or Esi lets it go out: as one of them, press Start and send /broadcast.",
    "Kofi is an admin. As Kofi, send /roles to invite somebody, and /log to see who did what.",
    "Type words to search, such as blood pressure. Type STOP, in any of the four languages.",
    "Pull the plug on the bot while you talk to it. It comes back and answers.",
]


class BotProcess:
    """The bot under test: a child process that is started again when it dies."""

    def __init__(self, environment: dict[str, str], home: Path) -> None:
        self._environment = environment
        self._home = home  # where no .env of a real bot lies
        self._child: asyncio.subprocess.Process | None = None

    async def run(self) -> None:
        """Keep the bot running until cancelled.

        Raises:
            SettingsProblem: it refuses to start.
        """
        try:
            while True:
                self._child = await asyncio.create_subprocess_exec(
                    sys.executable, "-m", "bot", "run",
                    env=self._environment, cwd=self._home, stdout=asyncio.subprocess.DEVNULL,
                    start_new_session=True,  # Ctrl-C is for the demo, which then stops the bot
                )  # fmt: skip
                if await self._child.wait() == 1:
                    raise SettingsProblem("The bot did not start; the reason stands above.")
                await asyncio.sleep(PAUSE)
        finally:
            if self._child is not None and self._child.returncode is None:
                self._child.terminate()
                await self._child.wait()

    def pull_the_plug(self) -> str:
        """Kill the bot as a power cut would."""
        if self._child is None or self._child.returncode is not None:
            return "The bot is down already. It is coming back."
        with contextlib.suppress(ProcessLookupError):
            self._child.send_signal(signal.SIGKILL)
        return "The bot was killed in the middle of its work. It is coming back."


async def run_demo(*, port: int, open_browser: bool, crowd: int = 0) -> None:
    """Run the sandbox, the bot and the chat page until cancelled.

    Raises:
        SettingsProblem: the port is taken, or the bot refuses to start.
    """
    async with contextlib.AsyncExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="baobab-demo-")))
        clock = Clock(home / "clock")
        demo = Demo(title="Baobab practice chat", hints=HINTS, nothing_due=NOTHING_DUE)
        sandbox = Sandbox(clock=clock, port=port, demo=demo)
        try:
            await sandbox.start()
        except OSError:
            raise SettingsProblem(
                f"Port {port} is taken. Try another: baobab demo --port 0"
            ) from None
        stack.push_async_callback(sandbox.stop)
        settings = Settings(
            # nothing that is set for a real bot; pydantic-settings takes both arguments
            _env_file=None,  # type: ignore[call-arg]
            _env_prefix="BAOBAB_DEMO_",
            token=SecretStr(sandbox.token),
            api_url=sandbox.url,
            database_url=f"sqlite+aiosqlite:///{home / 'demo.db'}",
            content=HOME / "content",
            clock=home / "clock",
        )
        await bring_samples(SAMPLES, settings, clock)
        database = await open_database(settings.database_url)
        await _publish_surveys(settings, database, clock)
        stack.push_async_callback(database.close)
        process = BotProcess(_environment(settings, sandbox.token), home)
        changes = SampleChanges(SAMPLES, home / "events", settings, database, clock)
        demo.next_due = _NextMessage(database, settings, clock)
        demo.controls += [
            Control("time", "Event booked last: new time", changes.new_time),
            Control("place", "Event booked last: new place", changes.new_place),
            Control("cancel", "Event booked last: cancel it", changes.cancel),
            Control("plug", "Pull the plug on the bot", process.pull_the_plug),
        ]
        for name, language, roles in PEOPLE:
            said = roles[0].value if roles else "resident"
            person = sandbox.people.add(first_name=name, language_code=language, role=said)
            demo.people.append(person["id"])
            if roles:
                await _give_roles(database, person["id"], language, roles, clock)
        await bring_crowd(sandbox, database, Content.read(settings.content), crowd, clock)
        print(f"The practice chat is at {sandbox.page_url}")
        print("Nothing here goes to Telegram. Stop with Ctrl-C.", flush=True)
        if open_browser:
            webbrowser.open(sandbox.page_url)
        await process.run()


class _NextMessage:
    """Looks for the next moment at which the bot sends something by itself."""

    def __init__(self, database: Database, settings: Settings, clock: Clock) -> None:
        self._database = database
        self._zone = settings.zone
        self._clock = clock

    async def __call__(self) -> Due | None:
        now = self._clock.now()
        async with self._database.reading() as work:
            coming = await ahead.coming(work, self._zone, now)
        # What is owed already leaves by itself, within seconds.
        found = next((each for each in coming if each.at > now and not each.owed), None)
        return None if found is None else (found.at, in_short(found))


async def _publish_surveys(settings: Settings, database: Database, clock: Clock) -> None:
    """Open every survey of the editors' folder to everybody."""
    for file in sorted((settings.content / "surveys").glob("*.md")):
        converted = await asyncio.to_thread(convert_trusted, file.read_bytes(), file.name)
        async with database.work() as work:
            desk = SurveyDesk(work)
            await desk.publish(source_of(converted), {}, Audience.EVERYONE, clock.now())


async def _give_roles(
    database: Database, number: int, language: str, roles: tuple[Role, ...], clock: Clock
) -> None:
    """Let somebody have roles before they say a word."""
    now = clock.now()
    async with database.work() as work:
        person = await People(work).greet(number, now)
        await People(work).choose_language(person.id, language)
        for role in roles:
            await Roles(work).give(person.id, role, now)
        await CrowdStore(work).trust(person.id, now)  # who tries a demo is new, but not to it


def _environment(settings: Settings, token: str) -> dict[str, str]:
    """The settings of the bot, and nothing of those meant for a real one."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("BAOBAB_")}
    return ours | {
        "BAOBAB_TOKEN": token,
        "BAOBAB_API_URL": settings.api_url,
        "BAOBAB_DATABASE_URL": settings.database_url,
        "BAOBAB_CLOCK": str(settings.clock),
        "BAOBAB_CONTENT": str(settings.content),
    }
