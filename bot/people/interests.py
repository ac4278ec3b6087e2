"""Topics of which people may want news."""

from enum import StrEnum


class Interest(StrEnum):
    """A topic that a person can follow.

    Which of them somebody follows may say something about their health, so it is theirs to
    choose, and nothing is chosen for them. A key that has been released keeps its meaning.
    """

    HEART = "heart"
    DIABETES = "diabetes"
    CANCER = "cancer"
    MIND = "mind"
    WOMEN = "women"
    MEN = "men"
    SICKLE_CELL = "sickle_cell"
    VACCINES = "vaccines"
    LIVING = "living"
    CAREERS = "careers"
    SAY = "say"
