from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.sandbox import Sandbox
from tests.commands.conftest import Command

TOKEN = "123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
NOBODY = "http://127.0.0.1:9"  # the discard port: nothing listens there


async def test_help_names_every_command(baobab: Command) -> None:
    ended = await baobab("--help")
    assert ended.code == 0
    named = [line.split()[0] for line in ended.out.split("Commands:\n")[1].splitlines()]
    assert named == [
        "run", "demo", "check", "migrate", "import", "events", "poster", "invite",
        "log", "quiet",
        "backup", "survey",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"],
        ["import"],
        ["poster", "x"],
        ["demo", "--port", "99999"],
        ["invite"],
        ["invite", "king"],
        ["quiet"],
        ["quiet", "--until", "yesterday"],
    ],
)
async def test_wrong_usage_ends_with_2_and_says_how_it_goes(
    baobab: Command, words: list[str]
) -> None:
    ended = await baobab(*words)
    assert ended.code == 2
    assert "--help" in ended.err
    assert "Error: " in ended.err


REFUSALS = [
    (["run"], {}, ("BAOBAB_TOKEN is not set. Get one from BotFather in Telegram, or try the bot "
        "without Telegram: baobab demo")),
    (["run"], {"token": "a b"}, ("BAOBAB_TOKEN: copy it again from BotFather. It is a number, a "
        "colon, and then letters, digits, - or _")),
    (["run"], {"token": TOKEN, "api_url": NOBODY}, ("No Bot API answers at BAOBAB_API_URL "
        "(NotConnected). Is this machine online, and the address right?")),
    (["run"], {"token": TOKEN, "api_url": NOBODY, "content": "nowhere"},
        "organisation.yaml: the file is missing from the content folder, or cannot be read"),
    (["migrate"], {"database_url": "sqlite+aiosqlite:///no/folder/x.db"},
        ("The file no/folder/x.db cannot be opened. Does its folder exist, and may this user write "
        "there?")),
    (["migrate"], {"database_url": "sqlite+aiosqlite:///."},
        "The file . cannot be opened. Does its folder exist, and may this user write there?"),
    (["migrate"], {"database_url": "postgresql+asyncpg://u:secret@127.0.0.1:9/x"},
        ("PostgreSQL cannot be reached (ConnectionRefusedError). Check BAOBAB_DATABASE_URL: host, "
        "port, name, user and password.")),
    (["import", "no.csv"], {}, "There is no file “no.csv”. Is its name right?"),
    (["import", "."], {}, "There are no samples (.csv files) in .."),
    (["backup", "copy.db"], {}, "There is no database at baobab.db yet."),
    (["poster", "1", "--username", "a_bot"], {},
        "There is no event 1. `baobab events` lists them."),
    (["invite", "volunteer"], {},
        "Give --username, or set BAOBAB_TOKEN so that Telegram can be asked."),
    (["invite", "volunteer"], {"token": TOKEN, "api_url": NOBODY},
        "Telegram did not say who the bot is (ApiUnreachable). Give --username."),
    (["quiet", "--until", "2999-01-01 10:00"], {},
        "Name a time that has passed: what is due later would be lost."),
    (["poster", "1", "--language", "xx"], {}, "There is no language xx. Use en, so, ar, fr."),
]  # fmt: skip


@pytest.mark.parametrize(("words", "settings", "reason"), REFUSALS)
async def test_what_an_operator_can_get_wrong_ends_with_1_and_a_reason(
    baobab: Command, words: list[str], settings: dict[str, str], reason: str
) -> None:
    ended = await baobab(*words, **settings)
    assert ended.code == 1
    assert ended.err.splitlines()[0] == reason
    assert "Traceback" not in ended.err


async def test_migrating_twice_changes_nothing_the_second_time(
    baobab: Command, empty_database_url: str
) -> None:
    first = await baobab("migrate", database_url=empty_database_url)
    assert (first.code, first.out, first.err) == (0, "The database was upgraded.\n", "")
    second = await baobab("migrate", database_url=empty_database_url)
    assert (second.code, second.out, second.err) == (0, "The database is up to date.\n", "")


@pytest.fixture
def day(clock: Clock) -> str:
    return (clock.now() + timedelta(days=30)).date().isoformat()


@pytest.fixture
def file(tmp_path: Path, day: str) -> Path:
    file = tmp_path / "events.csv"
    head = "uid,kind,title,date,start,end,venue,capacity"
    file.write_text(f"{head}\none,expo,Sample day,{day},11:00,16:00,Hall,20\n", encoding="utf-8")
    return file


async def test_events_come_in_once_and_are_listed(
    baobab: Command, empty_database_url: str, file: Path, day: str
) -> None:
    taken = await baobab("import", file.name, database_url=empty_database_url)
    assert (taken.code, taken.out, taken.err) == (0, "1 events: 1 new.\n", "")
    again = await baobab("import", file.name, database_url=empty_database_url)
    assert (again.code, again.out, again.err) == (0, "1 events: 1 as they were.\n", "")
    listed = await baobab("events", database_url=empty_database_url)
    assert (listed.code, listed.out) == (0, f"    1  {day}  Sample day  (0 of 20 booked)\n")


async def test_a_wrong_row_keeps_the_whole_file_out(baobab: Command, file: Path, day: str) -> None:
    with file.open("a", encoding="utf-8") as more:
        more.write(f"two,expo,Wrong,{day},16:00,never,Hall,20\n")
    refused = await baobab("import", file.name)
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.splitlines()[0].startswith("Row 3, column “end”")
    assert refused.err.splitlines()[-1] == "Nothing was taken in."
    listed = await baobab("events")
    assert listed.out == "There are no events to come. `baobab import FILE` brings some in.\n"


async def test_a_poster_is_made_with_the_name_that_telegram_knows(
    baobab: Command, sandbox: Sandbox, file: Path
) -> None:
    await baobab("import", file.name)
    made = await baobab(
        "poster", "1", "--source", "library", "--language", "so",
        token=sandbox.token, api_url=sandbox.url,
    )  # fmt: skip
    assert made.code == 0
    svg, png = (file.parent / line for line in made.out.splitlines())
    assert (svg.name, png.name) == ("e1-library.svg", "e1-library.png")
    assert svg.read_bytes().startswith(b"<svg")
    assert png.read_bytes().startswith(b"\x89PNG")
