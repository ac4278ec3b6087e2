"""Settings: environment variables that start with BAOBAB_, and `.env`; frozen, read once."""

import re
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import SettingsProblem

FREE_RATE = 30
"""Messages a second that Telegram carries for nothing."""
TELEGRAM = "https://api.telegram.org"
_PACKAGE = Path(__file__).resolve().parent
HOME = next(
    home for home in (_PACKAGE / "_home", _PACKAGE.parent) if (home / "migrations").is_dir()
)
"""Where migrations, locales and the sample content lie: inside the package, or the checkout."""

_SQLITE = "sqlite+aiosqlite:///"
_POSTGRESQL = "postgresql+asyncpg://"
_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
_IN_AN_ADDRESS = re.compile(r"[^\s/?#]+")  # another server's tokens may look as they like
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")  # as setWebhook wants its secret_token
_HIGHEST_PORT = 65_535
_PLAIN = {"literal_error": "use text or json"}


def _editors_folder() -> Path:
    """The folder `content` where the bot is started, or else the one that came with it."""
    here = Path("content")
    return here if here.is_dir() else HOME / "content"


class Settings(BaseSettings):
    """Everything an operator can set; docs/operators.md explains each in plain words."""

    model_config = SettingsConfigDict(
        env_prefix="BAOBAB_", env_file=".env", env_ignore_empty=True, frozen=True, extra="ignore"
    )

    token: SecretStr | None = None
    api_url: str = TELEGRAM
    database_url: str = "sqlite+aiosqlite:///baobab.db"
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    listen: str = "127.0.0.1:8080"
    secret_key: SecretStr | None = None
    content: Path = Field(default_factory=_editors_folder)
    timezone: str = "Europe/London"
    clock: Path | None = Field(default=None, description="the sandbox's clock; never with Telegram")
    messages_per_second: float = Field(default=25.0, ge=0, le=1000)
    messages_per_chat_per_second: float = Field(default=1.0, ge=0, le=30)
    paid_messages: bool = False
    log_format: Literal["text", "json"] = "text"

    @property
    def zone(self) -> ZoneInfo:
        """The zone whose wall time people read."""
        return ZoneInfo(self.timezone)

    @field_validator("webhook_secret")
    @classmethod
    def _shaped_like_a_secret(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret is not None and not _SECRET.fullmatch(secret.get_secret_value()):
            raise ValueError("use 1 to 256 letters, digits, - or _")
        return secret

    @field_validator("listen")
    @classmethod
    def _host_and_port(cls, listen: str) -> str:
        host, _, port = listen.rpartition(":")
        if not host or not port.isdecimal() or not 0 < int(port) <= _HIGHEST_PORT:
            raise ValueError("use host:port, such as 127.0.0.1:8080")
        return listen

    @field_validator("clock")
    @classmethod
    def _in_a_folder(cls, clock: Path | None) -> Path | None:
        if clock is not None and not clock.parent.is_dir():
            raise ValueError("its folder does not exist")
        return clock

    @field_validator("api_url", "webhook_url")
    @classmethod
    def _without_slash(cls, url: str | None) -> str | None:
        if url is not None and not url.startswith(("http://", "https://")):
            raise ValueError("start it with https:// (or http:// on this machine)")
        return url.rstrip("/") if url else url

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str) -> str:
        file = url.removeprefix(_SQLITE)
        if file != url and file not in {"", ":memory:"}:
            return url
        if url.startswith(_POSTGRESQL) and _names_a_database(url):
            return url
        raise ValueError(
            f"use {_SQLITE}FILE or {_POSTGRESQL}USER:PASSWORD@HOST/NAME; in the password, write "
            "special characters in percent form, such as %40 for @"
        )

    @field_validator("timezone")
    @classmethod
    def _known_timezone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):  # "Europe" alone is a folder
            raise ValueError("use a name such as Europe/London") from None
        return name

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.webhook_url and self.webhook_secret is None:
            raise ValueError(
                "BAOBAB_WEBHOOK_URL needs BAOBAB_WEBHOOK_SECRET: without it anybody could send "
                "updates in Telegram's name"
            )
        shape = _TOKEN if self.api_url.startswith(TELEGRAM) else _IN_AN_ADDRESS
        if self.token and not shape.fullmatch(self.token.get_secret_value()):
            raise ValueError(
                "BAOBAB_TOKEN: copy it again from BotFather. It is a number, a colon, and then "
                "letters, digits, - or _"
            )
        of_telegram = self.api_url.startswith(TELEGRAM)
        if of_telegram and not (self.messages_per_second and self.messages_per_chat_per_second):
            raise ValueError(
                "BAOBAB_MESSAGES_PER_SECOND and BAOBAB_MESSAGES_PER_CHAT_PER_SECOND: 0 means no "
                "limit, and Telegram has one"
            )
        if of_telegram and self.messages_per_second > FREE_RATE and not self.paid_messages:
            raise ValueError(
                f"BAOBAB_MESSAGES_PER_SECOND: Telegram lets {FREE_RATE} go for nothing. Set "
                "BAOBAB_PAID_MESSAGES=true as well if the organisation wants to pay for more"
            )
        if self.clock and self.api_url.startswith(TELEGRAM):
            raise ValueError("BAOBAB_CLOCK is for the sandbox and cannot be used with Telegram")
        return self


def _names_a_database(url: str) -> bool:
    """Whether an address names a database: a driver would take the user's own for none."""
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises when it is no number
    except ValueError:
        return False
    return parts.path.strip("/") != ""


def read_settings() -> Settings:
    """Read the settings of this process.

    Raises:
        SettingsProblem: one is wrong; the message names it and says what to do. It never holds
            the value, which may be a secret.
    """
    try:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsProblem(
            f"The file .env cannot be read ({type(error).__name__}). It must be UTF-8 text that "
            "this user may read."
        ) from None
    except ValidationError as error:
        lines = []
        for problem in error.errors(include_url=False, include_input=False, include_context=False):
            name = "_".join(str(part) for part in problem["loc"]).upper()
            text = _PLAIN.get(problem["type"], problem["msg"].removeprefix("Value error, "))
            lines.append(f"BAOBAB_{name}: {text}" if name else text)
        raise SettingsProblem("\n".join(lines)) from None
