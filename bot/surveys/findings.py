"""What is to be said of a form, as values: a view finds the words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.forms.xforms.plan import Plan
from bot.forms.xlsform import Code, Converted


class Trouble(StrEnum):
    """What pyxform does not look for. Behind each: the details that come with it."""

    EXPRESSION = "expression"  # code and detail of the refusal; written: what the author wrote
    RULES_GO_ROUND = "rules_go_round"  # names
    NOT_READ = "not_read"  # the form converts, but we cannot walk it
    TRANSLATION_MISSING = "translation_missing"  # language; text
    LABEL_TOO_LONG = "label_too_long"  # length, limit
    LONG_FOR_A_BUTTON = "long_for_a_button"  # length, limit, language
    HARD_ENGLISH = "hard_english"  # age, limit
    NEVER_OFFERED = "never_offered"  # choice; question
    NEVER_TAKEN = "never_taken"  # choice; question
    NEVER_ASKED = "never_asked"  # question
    NO_ANSWER_POSSIBLE = "no_answer_possible"  # the rule of a question takes nothing that was tried
    DEAD_END = "dead_end"  # a required question of which, on some ways, no answer is taken
    PLACE_ROUNDED = "place_rounded"  # asked: metres; kept: metres
    CONSENT_WITHOUT_YES = "consent_without_yes"  # no answer to it is a yes that we know
    NOT_KEPT = "not_kept"  # a value that hangs on the clock, on chance or on the language
    NO_QUESTIONS = "no_questions"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about a form, for a view to find words for.

    Attributes:
        code: a member of Trouble, of `bot.surveys.media.Flaw` or of `bot.forms.xlsform.Code`.
        is_error: whether the form cannot be used like this.
        sheet, row, column: where it stands in the author's file, as far as that is known.
    """

    code: str
    is_error: bool
    sheet: str = ""
    row: int | None = None
    column: str | None = None
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Figures:
    """What a form is, in numbers.

    Attributes:
        texts: by the name of a language: how many of the form's texts it has, and of how many.
        shortest, longest: questions on the ways through the form, each repetition once; 0 where
            that is not known.
        certain: whether every way that makes a difference was tried.
    """

    texts: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    shortest: int = 0
    longest: int = 0
    certain: bool = True


def figures_of(said: Mapping[str, Any]) -> Figures:
    """Figures that went through JSON."""
    texts = {name: (has, of) for name, (has, of) in said.get("texts", {}).items()}
    return Figures(**{**said, "texts": texts})


def missing_lists(findings: Iterable[Finding]) -> tuple[str, ...]:
    """The names of the lists (.csv) that a form needs and that did not come with it."""
    names = (each.details["file"] for each in findings if each.code == Code.CSV_MISSING)
    return tuple(dict.fromkeys(names))


@dataclass(frozen=True, slots=True)
class Report:
    """What was found.

    Attributes:
        findings: in the order of the file; errors and warnings.
        converted: None where the form could not be converted.
        plan: the form, ready to be walked; None where it is not to be used.
        figures: of a form that can be walked.
    """

    findings: tuple[Finding, ...]
    converted: Converted | None = None
    plan: Plan | None = None
    figures: Figures = field(default_factory=Figures)

    @property
    def is_good(self) -> bool:
        """Whether the form can be used."""
        return self.plan is not None and not any(each.is_error for each in self.findings)
