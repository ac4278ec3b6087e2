"""What can be wrong with an expression, as codes; views outside find the words."""

from enum import StrEnum, unique


@unique
class Refusal(StrEnum):
    """Why an expression cannot be used, found before anybody answers."""

    SYNTAX = "syntax"  # detail: where reading stopped
    UNKNOWN_FUNCTION = "unknown_function"  # detail: its name
    WRONG_ARGUMENTS = "wrong_arguments"  # detail: the function's name
    UNSUPPORTED = "unsupported"  # detail: the part of XPath, such as "@" or "$"
    TOO_LONG = "too_long"  # detail: the limit, in characters
    TOO_DEEP = "too_deep"  # detail: the limit, in brackets
    BAD_REGEX = "bad_regex"  # detail: the pattern
    BAD_FORMAT = "bad_format"  # detail: the sign of a date format, such as "%q"


@unique
class Failure(StrEnum):
    """Why an expression that can be used gave no answer this time."""

    REGEX_TOO_SLOW = "regex_too_slow"
    BAD_REGEX = "bad_regex"  # the pattern was put together from answers
    BAD_FORMAT = "bad_format"  # so was the date format
    WRONG_ARGUMENTS = "wrong_arguments"
    TOO_MUCH = "too_much"  # the result would be too large


class ExpressionRefused(ValueError):
    """The expression cannot be used in a form.

    Attributes:
        code: why.
        detail: which part of it; see `Refusal`.
    """

    def __init__(self, code: Refusal, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


class EvaluationFailed(ValueError):
    """The expression has no result for these answers.

    Attributes:
        code: why.
        detail: the function that failed.
    """

    def __init__(self, code: Failure, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail
