import os
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from bot.config import HOME, read_settings
from bot.errors import SettingsProblem

TOKEN = "123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
DATABASE = (
    "BAOBAB_DATABASE_URL: use sqlite+aiosqlite:///FILE or "
    "postgresql+asyncpg://USER:PASSWORD@HOST/NAME; in the password, write special characters in "
    "percent form, such as %40 for @"
)
ADDRESS = "start it with https:// (or http:// on this machine)"
A_TOKEN = (
    "BAOBAB_TOKEN: copy it again from BotFather. It is a number, a colon, and then letters, "
    "digits, - or _"
)
NO_SECRET = (
    "BAOBAB_WEBHOOK_URL needs BAOBAB_WEBHOOK_SECRET: without it anybody could send updates in "
    "Telegram's name"
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder, and no setting from outside."""
    monkeypatch.chdir(tmp_path)
    rest = {name: value for name, value in os.environ.items() if not name.startswith("BAOBAB_")}
    with patch.dict(os.environ, rest, clear=True):
        yield tmp_path


def test_the_defaults_are_those_of_the_contract() -> None:
    settings = read_settings()
    assert settings.model_dump() == {
        "token": None,
        "api_url": "https://api.telegram.org",
        "database_url": "sqlite+aiosqlite:///baobab.db",
        "webhook_url": None,
        "webhook_secret": None,
        "listen": "127.0.0.1:8080",
        "secret_key": None,
        "content": HOME / "content",
        "timezone": "Europe/London",
        "clock": None,
        "messages_per_second": 25.0,
        "messages_per_chat_per_second": 1.0,
        "paid_messages": False,
        "log_format": "text",
    }


def test_a_folder_named_content_comes_before_the_one_that_is_shipped(folder: Path) -> None:
    (folder / "content").mkdir()
    assert read_settings().content == Path("content")


def test_settings_come_from_a_file_and_the_environment_wins(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / ".env").write_text(
        f"BAOBAB_TOKEN={TOKEN}\nBAOBAB_TIMEZONE=Europe/Paris\n", encoding="utf-8"
    )
    monkeypatch.setenv("BAOBAB_TIMEZONE", "Africa/Mogadishu")
    settings = read_settings()
    assert settings.token is not None
    assert settings.token.get_secret_value() == TOKEN
    assert settings.zone.key == "Africa/Mogadishu"


def test_an_empty_setting_is_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TOKEN", "WEBHOOK_URL", "WEBHOOK_SECRET", "SECRET_KEY", "DATABASE_URL", "CLOCK"):
        monkeypatch.setenv(f"BAOBAB_{name}", "")
    settings = read_settings()
    assert settings.token is None
    assert settings.webhook_url is None
    assert settings.secret_key is None
    assert settings.database_url == "sqlite+aiosqlite:///baobab.db"


PAID = (
    "BAOBAB_MESSAGES_PER_SECOND: Telegram lets 30 go for nothing. Set BAOBAB_PAID_MESSAGES=true as "
    "well if the organisation wants to pay for more"
)
NO_LIMIT = (
    "BAOBAB_MESSAGES_PER_SECOND and BAOBAB_MESSAGES_PER_CHAT_PER_SECOND: 0 means no limit, and "
    "Telegram has one"
)
WRONG = [
    ({"TOKEN": "my token"}, A_TOKEN),
    ({"TOKEN": "123456"}, A_TOKEN),
    ({"TOKEN": "a/b", "API_URL": "http://127.0.0.1:1"}, A_TOKEN),
    ({"API_URL": "telegram.org"}, f"BAOBAB_API_URL: {ADDRESS}"),
    ({"WEBHOOK_URL": "bot.example.org"}, f"BAOBAB_WEBHOOK_URL: {ADDRESS}"),
    (
        {"WEBHOOK_URL": "https://bot.example.org"},
        NO_SECRET,
    ),
    (
        {"WEBHOOK_SECRET": "not a secret"},
        "BAOBAB_WEBHOOK_SECRET: use 1 to 256 letters, digits, - or _",
    ),
    ({"MESSAGES_PER_SECOND": "31"}, PAID),
    ({"MESSAGES_PER_SECOND": "0"}, NO_LIMIT),
    ({"MESSAGES_PER_CHAT_PER_SECOND": "0"}, NO_LIMIT),
    (
        {"MESSAGES_PER_SECOND": "-1", "API_URL": "http://127.0.0.1:1"},
        "BAOBAB_MESSAGES_PER_SECOND: Input should be greater than or equal to 0",
    ),
    *(
        ({"LISTEN": listen}, "BAOBAB_LISTEN: use host:port, such as 127.0.0.1:8080")
        for listen in ("8080", ":8080", "host", "host:x", "host:0", "host:65536")
    ),
    *(
        ({"DATABASE_URL": url}, DATABASE)
        for url in (
            "baobab.db",
            "sqlite:///baobab.db",
            "sqlite+aiosqlite:///",
            "sqlite+aiosqlite:///:memory:",
            "postgresql://db/baobab",
            "postgresql+asyncpg://",  # a driver would take whatever database there is
            "postgresql+asyncpg:///",
            "postgresql+asyncpg://db",
            "postgresql+asyncpg://db:port/baobab",
        )
    ),
    *(
        ({"TIMEZONE": zone}, "BAOBAB_TIMEZONE: use a name such as Europe/London")
        for zone in ("London time", "Europe", "/etc/passwd", "../../etc")
    ),
    ({"LOG_FORMAT": "xml"}, "BAOBAB_LOG_FORMAT: use text or json"),
    (
        {"CLOCK": "clock"},
        "BAOBAB_CLOCK is for the sandbox and cannot be used with Telegram",
    ),
    (
        {"CLOCK": "no/folder/clock", "API_URL": "http://127.0.0.1:1"},
        "BAOBAB_CLOCK: its folder does not exist",
    ),
]


@pytest.mark.parametrize(("settings", "reason"), WRONG)
def test_a_wrong_setting_is_named_and_says_what_to_do(
    settings: dict[str, str], reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(f"BAOBAB_{name}", value)
    with pytest.raises(SettingsProblem) as refused:
        read_settings()
    assert str(refused.value) == reason


def test_every_wrong_setting_is_named_and_no_value_is_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    secret = "p4ssw0rd"
    for name in ("DATABASE_URL", "LISTEN", "TIMEZONE", "LOG_FORMAT", "API_URL"):
        monkeypatch.setenv(f"BAOBAB_{name}", f"{secret} {name}")
    monkeypatch.setenv("BAOBAB_WEBHOOK_SECRET", f"{secret}!")
    with pytest.raises(SettingsProblem) as refused:
        read_settings()
    named = [line.split(":")[0] for line in str(refused.value).splitlines()]
    assert sorted(named) == [
        "BAOBAB_API_URL",
        "BAOBAB_DATABASE_URL",
        "BAOBAB_LISTEN",
        "BAOBAB_LOG_FORMAT",
        "BAOBAB_TIMEZONE",
        "BAOBAB_WEBHOOK_SECRET",
    ]
    assert secret not in str(refused.value)


def test_a_file_of_settings_that_is_no_text_is_a_reason(folder: Path) -> None:
    (folder / ".env").write_bytes(b"\xff\xfeBAOBAB_TOKEN")
    with pytest.raises(SettingsProblem, match=r"The file \.env cannot be read"):
        read_settings()
