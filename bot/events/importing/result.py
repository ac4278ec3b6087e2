"""What reading a file gives: drafts and notes, or everything that is wrong with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.errors import ImportRefused
from bot.events.importing import limits
from bot.events.models import EventDraft


@dataclass(frozen=True, slots=True)
class Series:
    """An identity of which a calendar lists every date up to a moment.

    A date we hold of it that the file does not list will not happen any more.

    Attributes:
        uid: the UID that all its dates share.
        until: the file's dates are complete up to here; aware.
        sequence: the highest SEQUENCE the file gives it; a date of which we hold a later one stays.
    """

    uid: str
    until: datetime
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """A file that was read whole and without a problem.

    Attributes:
        drafts: its events, in the file's order; no two share a uid.
        notes: plain sentences about what was guessed, shortened or passed over.
        series: for calendars, which identities the file lists completely.
    """

    drafts: tuple[EventDraft, ...]
    notes: tuple[str, ...] = ()
    series: tuple[Series, ...] = ()


class Problems:
    """Collects what is wrong, so that people can put everything right in one go."""

    def __init__(self) -> None:
        self._sentences: dict[str, None] = {}

    def add(self, sentence: str) -> None:
        """Note one problem, as a plain sentence that says where it is."""
        self._sentences.setdefault(sentence)

    def refuse_if_any(self) -> None:
        """Refuse the file when anything was noted.

        Raises:
            ImportRefused: with at most `limits.PROBLEMS_SHOWN` of the problems.
        """
        if not self._sentences:
            return
        shown = list(self._sentences)[: limits.PROBLEMS_SHOWN]
        if (more := len(self._sentences) - len(shown)) > 0:
            shown.append(f"There are {more} more problems. Put these right first and try again.")
        raise ImportRefused(shown)

    def __bool__(self) -> bool:
        return bool(self._sentences)


def refused(sentence: str) -> ImportRefused:
    """The refusal of a whole file for one reason."""
    return ImportRefused([sentence])


def listed(names: Iterable[str]) -> str:
    """Names in a row, as a sentence holds them: "a, b or c"."""
    *most, last = names
    return f"{', '.join(most)} or {last}" if most else last
