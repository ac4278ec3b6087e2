"""What the calls of the people-side API carry."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _AboutBot(_Body):
    bot: str = ""


class _InChat(_AboutBot):
    group: int | None = None


class NewPerson(_Body):
    """POST /people."""

    first_name: str = Field(min_length=1, max_length=64)
    last_name: str = Field(default="", max_length=64)
    username: str = Field(default="", max_length=32)
    language_code: str = Field(default="", max_length=35)
    role: str = Field(default="", max_length=64)


class PersonChange(_Body):
    """PATCH /people/{id}."""

    first_name: str = Field(default="", min_length=1, max_length=64)
    language_code: str = Field(default="", max_length=35)
    role: str = Field(default="", max_length=64)


class Say(_InChat):
    """POST /people/{id}/say."""

    text: str
    reply_to: int | None = None


class Edit(_InChat):
    """POST /people/{id}/edit."""

    message_id: int
    text: str


class Tap(_InChat):
    """POST /people/{id}/tap."""

    message_id: int
    data: str | None = None
    row: int | None = None
    column: int | None = None


class Open(_AboutBot):
    """POST /people/{id}/open."""

    payload: str


class Place(_InChat):
    """POST /people/{id}/location."""

    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)


class Ask(_InChat):
    """POST /people/{id}/inline."""

    query: str = Field(max_length=256)


class Choose(_InChat):
    """POST /people/{id}/choose."""

    inline_query_id: str
    result_id: str


class Nothing(_AboutBot):
    """Calls that need no more than the person."""


class Sticker(_InChat):
    """POST /people/{id}/sticker."""


class NewGroup(_Body):
    """POST /groups."""

    title: str = Field(min_length=1, max_length=128)
    people: list[int] = Field(min_length=1)
    supergroup: bool = False


class GroupChange(_Body):
    """PATCH /groups/{id}."""

    person_id: int
    title: str | None = Field(default=None, min_length=1, max_length=128)
    muted: bool | None = None


class ByPerson(_AboutBot):
    """What somebody does with a group, or with a bot in it."""

    person_id: int


class AddBot(ByPerson):
    """POST /groups/{id}/add_bot."""

    payload: str = ""


class Forward(_Body):
    """POST /clock."""

    seconds: float = Field(ge=0, le=100 * 366 * 24 * 3600)


class NewFault(_Body):
    """POST /faults."""

    kind: Literal["429", "5xx", "refuse", "slow", "drop", "drop_after"]
    method: str | None = None
    chat_id: int | None = None
    retry_after: int = Field(default=1, ge=1)
    seconds: float = Field(default=1.0, ge=0)
    status: int = Field(default=502, ge=500, le=599)
    error_code: int = Field(default=400, ge=400, le=499)
    description: str = Field(default="Bad Request", min_length=1)
    parameters: dict[str, int] | None = None
    times: int | None = Field(default=1, ge=1)
