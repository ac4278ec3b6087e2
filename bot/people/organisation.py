"""Who runs this bot, and how long they keep what: settings of the editors, never of the code."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from bot.people.files import read_yaml
from bot.people.texts import Language, Text, Texts


def _like(pattern: str, said: str) -> AfterValidator:
    def check(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError(said)
        return text

    return AfterValidator(check)


Email = Annotated[Text, _like(r"[^@\s]+@[^@\s]+\.[^@\s]+", "must be an email address")]
Website = Annotated[
    Text, _like(r"https://\S+\.\S+", "must be an address that starts with https://")
]
Days = Annotated[int, Field(ge=1, le=3650)]


class KeepDays(BaseModel):
    """For how many days each kind of data is kept. Everything goes at once with /delete.

    Attributes:
        bookings: after the event has ended.
        conversations: after the last answer in a conversation that was not finished.
        needs: after a person last said or confirmed what they need to take part.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    bookings: Days
    conversations: Days
    needs: Days


class Organisation(BaseModel):
    """content/organisation.yaml.

    Attributes:
        sample: True for the sample that ships with Baobab and stands for nobody.
        name: in full.
        short_name: for headings and lists.
        controller: who decides about the data, in the meaning of the law.
        privacy_contact: whom people can ask about their data.
        email: for questions of all kinds.
        website: starts with https://.
        keep_days: how long each kind of data is kept.
        intended_use: what the bot is for and what it is not for, by language.
        reviewed: languages in which a person has checked the texts.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    sample: bool
    name: Text
    short_name: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=30)
    ]
    controller: Text
    privacy_contact: Text
    email: Email
    website: Website
    keep_days: KeepDays
    intended_use: Texts
    reviewed: tuple[Language, ...] = ()

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read organisation.yaml from the editors' folder.

        Raises:
            ContentProblem: it is missing or wrong; one line for each problem.
        """
        return read_yaml(folder / "organisation.yaml", cls)

    def problems(self) -> Iterator[str]:
        """What an editor should still do, one sentence each."""
        if self.sample:
            yield (
                "organisation.yaml: this is the sample. Write who you are, then set sample to "
                "false."
            )
        for language in sorted(self.intended_use.keys() - set(self.reviewed)):
            yield (
                f"organisation.yaml: no person has checked the texts in “{language}” yet. When "
                "somebody who speaks it has, add it to reviewed."
            )
