"""The editors' folder, read once when the bot starts."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Self

from bot.errors import ContentProblem
from bot.people.boroughs import Boroughs
from bot.people.crisis import Crisis
from bot.people.organisation import Organisation


@dataclass(frozen=True)
class Content:
    """What the editors decide: who runs the bot, which boroughs it serves, where to find help."""

    organisation: Organisation
    boroughs: Boroughs
    crisis: Crisis

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read the editors' files.

        Raises:
            ContentProblem: files are missing or wrong; one line for each problem of all of them.
        """
        problems: list[str] = []
        organisation: Organisation | None = None
        boroughs: Boroughs | None = None
        crisis: Crisis | None = None
        try:
            organisation = Organisation.read(folder)
        except ContentProblem as error:
            problems.append(str(error))
        try:
            boroughs = Boroughs.read(folder)
        except ContentProblem as error:
            problems.append(str(error))
        try:
            crisis = Crisis.read(folder)
        except ContentProblem as error:
            problems.append(str(error))
        if organisation is None or boroughs is None or crisis is None:
            raise ContentProblem("\n".join(problems))
        return cls(organisation, boroughs, crisis)

    def problems(self, today: date | None = None) -> tuple[str, ...]:
        """What editors should still do before people rely on it, one sentence each.

        Args:
            today: to find numbers that were checked too long ago.
        """
        return (*self.organisation.problems(), *self.crisis.problems(today))
