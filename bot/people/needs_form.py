"""What a person needs to take part, asked as a form.

The needs are those of the Accessible Information Standard (DAPB1605) as far as an event can meet
them, and an interpreter. Their words are in views/needs.py.
"""

from collections.abc import Mapping
from datetime import datetime

from bot.db import Work
from bot.forms.definition import Choice, Form, Kind, Question
from bot.forms.values import Answers, Record, Value
from bot.people.models import Needs, Person, Purpose
from bot.people.service import AccessNeeds, Consents
from bot.people.vault import Vault

WORDING = "needs-1"
"""Names what people read before they agree; it changes whenever that does."""
INTERPRETER, OTHER = "interpreter", "other"
SENSES = ("bsl", "lip_speaker", "hearing_loop", "large_print", "easy_read", "audio")
PRESENCE = ("step_free", "quiet_space", "seating", "carer", INTERPRETER, OTHER)
LANGUAGE_LENGTH = 60  # characters
OTHER_LENGTH = 500  # characters
_SOME, _NONE = "some", "none"


def _needs_something(answers: Answers) -> bool:
    return answers["any"] == _SOME


def _ticked(key: str) -> "Question":
    limit = LANGUAGE_LENGTH if key == INTERPRETER else OTHER_LENGTH

    def relevant(answers: Answers) -> bool:
        ticked = answers["presence"]
        return isinstance(ticked, tuple) and key in ticked

    return Question(key, Kind.TEXT, label=key, relevant=relevant, maximum=limit)


def _choices(keys: tuple[str, ...]) -> tuple[Choice, ...]:
    return tuple(Choice(key, label=key) for key in keys)


FORM = Form(
    name="needs",
    version="1",
    questions=(
        Question("any", Kind.CHOOSE_ONE, label="any", choices=_choices((_NONE, _SOME))),
        Question(
            "senses",
            Kind.CHOOSE_MANY,
            label="senses",
            choices=_choices(SENSES),
            relevant=_needs_something,
        ),
        Question(
            "presence",
            Kind.CHOOSE_MANY,
            label="presence",
            choices=_choices(PRESENCE),
            relevant=_needs_something,
        ),
        _ticked(INTERPRETER),
        _ticked(OTHER),
    ),
    review=_needs_something,
)


def known_as_answers(needs: Needs) -> Mapping[str, Value]:
    """What is known, as answers to start the form with."""
    answers: dict[str, Value] = {
        "any": _SOME,
        "senses": tuple(key for key in SENSES if key in needs.keys),
        "presence": tuple(key for key in PRESENCE if key in needs.keys),
        INTERPRETER: needs.interpreter,
        OTHER: needs.note,
    }
    return {name: value for name, value in answers.items() if value}


class NeedsDesk:
    """Keeps what people need, with their consent, and erases it."""

    def __init__(self, work: Work, vault: Vault) -> None:
        self._needs = AccessNeeds(work, vault)
        self._consents = Consents(work)

    async def known(self, person_id: int) -> Needs | None:
        """What a person needs; None where they never said, or said that it is nothing."""
        return await self._needs.needs_of(person_id)

    async def keep(
        self, person: Person, record: Record, language: str, now: datetime
    ) -> Needs | None:
        """Keep what a person told at the end of the form, and that they agreed.

        Args:
            person: who told it.
            record: of the finished form.
            language: the code of the language they read it in.
            now: when.

        Returns:
            What is kept; None where they need nothing, so that nothing is kept.
        """
        keys = {key for name in ("senses", "presence") for key in _ticks(record.get(name))}
        if not keys:
            await self.erase(person.id, now)
            return None
        await self._consents.give(person.id, Purpose.NEEDS, WORDING, language, now)
        return await self._needs.remember_needs(
            person.id,
            keys,
            str(record.get(OTHER) or ""),
            now,
            interpreter=str(record.get(INTERPRETER) or ""),
        )

    async def confirm(self, person_id: int, now: datetime) -> Needs | None:
        """They still need the same; kept as told today."""
        needs = await self._needs.needs_of(person_id)
        if needs is None:
            return None
        return await self._needs.remember_needs(
            person_id, needs.keys, needs.note, now, interpreter=needs.interpreter
        )

    async def erase(self, person_id: int, now: datetime) -> None:
        """Erase what a person needs; they no longer agree that it is kept."""
        await self._needs.forget_needs(person_id)
        await self._consents.withdraw(person_id, Purpose.NEEDS, now)


def _ticks(value: Value) -> tuple[str, ...]:
    return tuple(str(key) for key in value) if isinstance(value, tuple) else ()
