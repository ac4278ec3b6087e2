"""What comes of reading an author's file."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.surveys.findings import Figures, Finding
from bot.surveys.media import File
from bot.surveys.models import Edition


class Trouble(StrEnum):
    """Why nothing at all can be said of a file."""

    GONE = "gone"
    """Telegram does not have it any more, or cannot be reached for too long."""
    HEAVY = "heavy"
    """Whoever reads it dies of it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading a file.

    Attributes:
        name: the form_id of the form; "" where none can be used.
        edition: the form, with what was read off it; None where none can be used.
        findings: what there is to say of it.
        trouble: why there is nothing to say.
        figures: what it is in numbers.
        files: what the form shows.
    """

    name: str = ""
    edition: Edition | None = None
    findings: tuple[Finding, ...] = ()
    trouble: Trouble | None = None
    figures: Figures = field(default_factory=Figures)
    files: tuple[File, ...] = ()
