"""What is remembered of cards and lists is what would be said anew."""

import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from bot.config import HOME
from bot.events.browse import Page
from bot.events.importing import read_samples
from bot.events.intake import fingerprint_of
from bot.events.look import Look
from bot.events.models import Event
from bot.events.views import cards, lists, remembering
from bot.events.views.labels import Onlooker
from bot.i18n import LANGUAGES, Catalogues
from bot.people.boroughs import Boroughs
from tests.events.conftest import FULL, NOW

BOROUGHS = Boroughs.read(HOME / "content")


@cache
def catalogues() -> Catalogues:
    return Catalogues(HOME / "locales")


@cache
def samples() -> tuple[Event, ...]:
    drafts = read_samples(HOME / "content" / "events", now=NOW, boroughs=BOROUGHS).drafts
    return tuple(
        Event(
            **{name: getattr(draft, name) for name in draft.__dataclass_fields__},
            id=number,
            fingerprint=fingerprint_of(draft),
        )
        for number, draft in enumerate((*drafts, FULL), 1)
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_cards_and_lists_are_the_same_remembered_or_not(language: str) -> None:
    eyes = Onlooker(catalogues().translator(language), BOROUGHS, NOW)
    for event in samples():
        for going, now in ((0, NOW), (3, NOW), (event.capacity or 0, event.ends_at)):
            known = replace(event, going=going)
            unknown = replace(known, fingerprint="")
            then = replace(eyes, now=now)
            for booked in (False, True):
                assert cards.card(then, known, Look(), booked=booked) == cards.card(
                    then, unknown, Look(), booked=booked
                )
            assert lists.event_list(then, Page((known,), 1, 1, 1), Look()) == lists.event_list(
                then, Page((unknown,), 1, 1, 1), Look()
            )


def test_other_names_of_boroughs_and_other_languages_are_said_apart(tmp_path: Path) -> None:
    shutil.copytree(HOME / "content", tmp_path / "content")
    file = tmp_path / "content" / "boroughs.yaml"
    file.write_text(file.read_text("utf-8").replace("name: Brent", "name: New Brent"), "utf-8")
    event = replace(samples()[0], venue="Sample hall", borough="brent", fingerprint="one of a kind")
    english = Onlooker(catalogues().translator("en"), BOROUGHS, NOW)
    somali = replace(english, t=catalogues().translator("so"))
    renamed = replace(english, boroughs=Boroughs.read(tmp_path / "content"))
    every_way = (english, somali, renamed)
    for _ in range(2):
        said = [cards.card(eyes, event, Look(), booked=False).text for eyes in every_way]
        assert len(set(said)) == 3
        assert ["New Brent" in text for text in said] == [False, False, True]


def test_only_so_much_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembering, "MOST", 2)
    said: list[str] = []

    @remembering.remembered
    def say(_eyes: Onlooker, event: Event) -> str:
        said.append(event.fingerprint)
        return event.fingerprint

    eyes = Onlooker(catalogues().translator("en"), BOROUGHS, NOW)
    a, b, c = (replace(samples()[0], fingerprint=each) for each in "abc")
    assert [say(eyes, each) for each in (a, a, b, a, c, a)] == ["a", "a", "b", "a", "c", "a"]
    assert said == ["a", "b", "c", "a"]
