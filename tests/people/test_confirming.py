"""Only a fresh button of the same person erases."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.people.confirming import VALID_FOR, confirmation, confirms
from bot.people.models import Person

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


def person(**more: object) -> Person:
    return replace(
        Person(id=7, telegram_id=70, created_at=datetime(2026, 1, 1, tzinfo=UTC), language="en"),
        **more,
    )


def test_only_a_fresh_button_of_the_same_person_erases() -> None:
    shown = confirmation(person(), NOW)
    assert confirms((*shown, "en"), person(), NOW)
    assert confirms((*shown, "en"), person(), NOW + VALID_FOR)
    assert not confirms((*shown, "en"), person(), NOW + VALID_FOR * 1.01)
    assert not confirms((*shown, "en"), person(id=8), NOW)
    assert not confirms((*shown, "en"), person(created_at=NOW + VALID_FOR / 2), NOW + VALID_FOR)
    assert not confirms((), person(), NOW)
    assert not confirms((7, "soon", "en"), person(), NOW)
    assert not confirms((7, shown[1] + 60, "en"), person(), NOW), "from the future: forged"


def test_a_stranger_may_press_it_twice() -> None:
    assert confirms((), person(language=None), NOW)
