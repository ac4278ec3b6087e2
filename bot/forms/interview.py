"""One person's saved progress through one version of a form."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Final, Self

import orjson

from bot.forms.values import Value, frozen

REVIEW: Final = "@review"  # the place where the answers are checked; no question is called so
OVER: Final = "@over"  # the place after the end


@dataclass(frozen=True, slots=True)
class Interview:
    """Where a person is in a form, and what they answered. It survives JSON unchanged.

    Attributes:
        form: name of the form.
        version: version the person began, and finishes on.
        at: name of the question asked now, or REVIEW, or OVER.
        answers: facts and answers by name.
        passed: names of the questions left unanswered on purpose, in the order of the form.
        ticks: keys ticked so far at a choose_many question, in the order of its choices.
        given: what the form itself filled in, by name, and nobody has confirmed.
        from_review: whether the person came from the review to change this one answer.
        revision: grows by one with every change. Buttons carry it, so that a tap on an old
            message, or a second process, can be told from the present step.
        paused: whether the person has left it for now: what they type is no answer to it.
    """

    form: str
    version: str
    at: str
    answers: Mapping[str, Value] = field(default_factory=dict)
    passed: tuple[str, ...] = ()
    ticks: tuple[str, ...] = ()
    from_review: bool = False
    revision: int = 1
    given: Mapping[str, Value] = field(default_factory=dict)
    paused: bool = False

    def to_json(self) -> str:
        """The interview as JSON text; `from_json` gives an equal one back."""
        saved = {
            name: value
            for name in _FIELDS
            if (value := getattr(self, name)) or name not in _MOSTLY_EMPTY
        }
        return orjson.dumps(saved).decode()

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """The interview that `to_json` wrote.

        Raises:
            ValueError: the text is no interview: not JSON, a field is missing or unknown, or of
                another kind. The message repeats nothing of the text, which is private.
        """
        try:
            saved = orjson.loads(text)
        except orjson.JSONDecodeError:
            raise ValueError("a saved interview is not JSON") from None
        if not isinstance(saved, dict) or saved.keys() | _MOSTLY_EMPTY != _FIELDS.keys():
            raise ValueError("a saved interview has other fields than this program knows")
        read: dict[str, Any] = {name: frozen(value) for name, value in saved.items()}
        wrong = [name for name, value in read.items() if type(value) is not _FIELDS[name]]
        if wrong or not all(isinstance(key, str) for key in (*read["passed"], *read["ticks"])):
            raise ValueError(f"a saved interview is damaged: {', '.join(wrong) or 'names'}")
        return cls(**read)


_MOSTLY_EMPTY: Final = frozenset({"given", "paused"})  # left out where they are
_KINDS: Final = {
    "answers": dict,
    "given": dict,
    "passed": tuple,
    "ticks": tuple,
    "from_review": bool,
    "paused": bool,
}
_FIELDS: Final = {
    item.name: int if item.name == "revision" else _KINDS.get(item.name, str)
    for item in fields(Interview)
}
