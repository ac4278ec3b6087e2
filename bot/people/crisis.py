"""Where people find help at once, and the words that suggest that they need it.

The card is shown when a text may speak of a crisis. That errs towards showing it: a card too many
costs a moment. Nobody reads the messages, nothing is sent to anybody, and the text is not kept.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, RootModel, StringConstraints

from bot.errors import ContentProblem
from bot.people.files import read_yaml
from bot.people.phrases import Phrases
from bot.people.texts import Language, Text, Texts

VERIFIED_FOR = timedelta(days=365)
"""A number checked longer ago than this should be checked again."""

Audience = Literal["everyone", "deaf", "children", "young_people"]
Region = Literal["uk", "england", "nw_london"]


class CrisisLine(BaseModel):
    """One way to find help.

    Attributes:
        key: names the entry in reports of `baobab check`.
        number: as people dial or write it.
        text_word: the word to send to the number as a text message; None for a call.
        name: what it is called, by language.
        about: what it is for, by language.
        region: where it works.
        audience: whom it is for.
        last_verified: the day somebody of the organisation tried it; None: nobody has.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+$")]
    number: Text
    text_word: Text | None = None
    name: Texts
    about: Texts
    region: Region
    audience: Audience
    last_verified: date | None


class CrisisFile(BaseModel):
    """content/crisis.yaml.

    Attributes:
        reviewed: languages in which a person has checked the texts of this file.
        lines: in the order in which they are shown.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    reviewed: tuple[Language, ...] = ()
    lines: Annotated[tuple[CrisisLine, ...], Field(min_length=1)]


class CrisisWords(RootModel[dict[Language, tuple[Text, ...]]]):
    """content/crisis_words.yaml: phrases that suggest a crisis, by language."""


@dataclass(frozen=True)
class Crisis:
    """The crisis card and its words, as the editors wrote them.

    Attributes:
        lines: where to find help, the most urgent first.
        reviewed: languages in which a person has checked the texts.
    """

    lines: tuple[CrisisLine, ...]
    reviewed: frozenset[str]
    _phrases: Phrases

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read crisis.yaml and crisis_words.yaml from the editors' folder.

        Raises:
            ContentProblem: one is missing or wrong; one line for each problem.
        """
        file = read_yaml(folder / "crisis.yaml", CrisisFile)
        words = read_yaml(folder / "crisis_words.yaml", CrisisWords).root
        keys = [line.key for line in file.lines]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        if twice:
            raise ContentProblem(f"crisis.yaml: the key “{twice[0]}” stands here twice")
        try:
            phrases = Phrases(phrase for some in words.values() for phrase in some)
        except ValueError as error:
            raise ContentProblem(f"crisis_words.yaml: {error}") from None
        return cls(file.lines, frozenset(file.reviewed), phrases)

    def suggests_crisis(self, text: str) -> bool:
        """Whether a text may speak of suicide, self-harm, an overdose, being hurt or abuse.

        It looks for phrases of every language at once: people mix languages, and more so in
        distress.
        """
        return self._phrases.found_in(text)

    def problems(self, today: date | None = None) -> Iterator[str]:
        """What an editor should still do, one sentence each."""
        for line in self.lines:
            if line.last_verified is None:
                yield (
                    f"crisis.yaml, {line.key}: {line.number} is not verified yet by your team. "
                    "Try it, then write the day at last_verified."
                )
            elif today is not None and today - line.last_verified > VERIFIED_FOR:
                yield (
                    f"crisis.yaml, {line.key}: {line.number} was last verified on "
                    f"{line.last_verified.isoformat()}. Try it again and write the new day."
                )
        written = {language for line in self.lines for language in {*line.name, *line.about}}
        for language in sorted(written - self.reviewed):
            yield (
                f"crisis.yaml: no person has checked the texts in “{language}” yet. When somebody "
                "who speaks it has, add it to reviewed."
            )
