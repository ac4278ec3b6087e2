"""The tables in docs/surveys.md are those of the program."""

from bot.config import HOME
from bot.forms.xforms.model import TIMES
from bot.forms.xlsform.support import APPEARANCES, LEFT_EMPTY, SUPPORT, Reason
from bot.i18n import Catalogues
from bot.surveys.views.problems import REASONS

EN = Catalogues(HOME / "locales").translator("en")
PAGE = (HOME / "docs" / "surveys.md").read_text(encoding="utf-8")


def table(name: str) -> list[list[str]]:
    """The rows of a table between its markers, without the heading."""
    between = PAGE.split(f"<!-- {name}: from here -->")[1].split(f"<!-- {name}: to here -->")[0]
    rows = between.strip().splitlines()[2:]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def said(reason: Reason | None, did: str = "refused") -> str:
    return "works" if reason is None else f"{did}: {EN.plain(REASONS[reason])}"


def unkept(name: str) -> str:
    return ", and is not kept" if name in TIMES else ""


def test_the_types() -> None:
    assert table("types") == [
        [
            f"`{name}`",
            said(reason, "left empty" if name in LEFT_EMPTY else "refused") + unkept(name),
        ]
        for name, reason in SUPPORT.items()
    ]


def test_the_appearances() -> None:
    refused = {name: reason for name, reason in APPEARANCES.items() if reason is not None}
    assert table("appearances") == [[f"`{name}`", said(reason)] for name, reason in refused.items()]
