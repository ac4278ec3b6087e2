"""Settings: environment variables that start with BAOBAB_, and `.env`; frozen, read once."""

from pathlib import Path
from typing import Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import SettingsProblem

TELEGRAM = "https://api.telegram.org"
_PACKAGE = Path(__file__).resolve().parent
HOME = next(
    home for home in (_PACKAGE.parent, _PACKAGE / "_home") if (home / "migrations").is_dir()
)
"""Where migrations, locales and the sample content lie: the checkout, or inside the package."""


class Settings(BaseSettings):
    """Everything an operator can set; docs/operators.md explains each in plain words."""

    model_config = SettingsConfigDict(
        env_prefix="BAOBAB_", env_file=".env", frozen=True, extra="ignore"
    )

    token: SecretStr | None = None
    api_url: str = TELEGRAM
    database_url: str = "sqlite+aiosqlite:///baobab.db"
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    listen: str = "127.0.0.1:8080"
    secret_key: SecretStr | None = None
    content: Path = HOME / "content"
    timezone: str = "Europe/London"
    clock: Path | None = Field(default=None, description="the sandbox's clock; never with Telegram")
    log_format: Literal["text", "json"] = "text"

    @property
    def zone(self) -> ZoneInfo:
        """The zone whose wall time people read."""
        return ZoneInfo(self.timezone)

    @field_validator("api_url", "webhook_url")
    @classmethod
    def _without_slash(cls, url: str | None) -> str | None:
        if url is not None and not url.startswith(("http://", "https://")):
            raise ValueError("start it with https:// (or http:// on this machine)")
        return url.rstrip("/") if url else url

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str) -> str:
        if not url.startswith(("sqlite+aiosqlite:///", "postgresql+asyncpg://")):
            raise ValueError("use sqlite+aiosqlite:///FILE or postgresql+asyncpg://…")
        return url

    @field_validator("timezone")
    @classmethod
    def _known_timezone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):
            raise ValueError("use a name such as Europe/London") from None
        return name

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.webhook_url and self.webhook_secret is None:
            raise ValueError(
                "BAOBAB_WEBHOOK_URL needs BAOBAB_WEBHOOK_SECRET: without it anybody could send "
                "updates in Telegram's name"
            )
        if self.clock and self.api_url.startswith(TELEGRAM):
            raise ValueError("BAOBAB_CLOCK is for the sandbox and cannot be used with Telegram")
        return self


def read_settings() -> Settings:
    """Read the settings of this process.

    Raises:
        SettingsProblem: one is wrong; the message names it and says what to do. It never holds
            the value, which may be a secret.
    """
    try:
        return Settings()
    except ValidationError as error:
        lines = []
        for problem in error.errors(include_url=False, include_input=False, include_context=False):
            name = "_".join(str(part) for part in problem["loc"]).upper()
            text = problem["msg"].removeprefix("Value error, ")
            lines.append(f"BAOBAB_{name}: {text}" if name else text)
        raise SettingsProblem("\n".join(lines)) from None
