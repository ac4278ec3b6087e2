"""Nothing is longer than Telegram takes, in any language and for whatever editors write."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.chat import callback_data, menus
from bot.i18n import LANGUAGES, Translator
from bot.message import Message
from bot.people.boroughs import ELSEWHERE, UNSURE, OutsideArea
from bot.people.content import Content
from bot.people.crisis import CrisisLine
from bot.people.hearing import AskWhich, hear_place
from bot.people.interests import Interest
from bot.people.models import Followed, Group, Person
from bot.people.views import about, area, crisis, fallback, news, privacy, stop, welcome
from tests.people.screens import EN, SHOW, catalogues, content, languages, taps, visible

TEXT_LIMIT, CAPTION_LIMIT, LABEL_LIMIT = 4096, 1024, 64  # of the Bot API, and of a phone


def units(text: str) -> int:
    return len(visible(text).encode("utf-16-le")) // 2


def a_text(longest: int) -> st.SearchStrategy[str]:
    return st.text(min_size=1, max_size=longest).filter(lambda text: bool(text.strip()))


texts = st.fixed_dictionaries({code: a_text(900) for code in LANGUAGES})
lines = st.lists(
    st.builds(
        CrisisLine,
        key=st.just("line"),
        number=a_text(60),
        text_word=st.none() | a_text(60),
        name=texts,
        about=texts,
        region=st.just("uk"),
        audience=st.just("everyone"),
        last_verified=st.none(),
    ),
    min_size=1,
    max_size=20,
)


def of_editors(t: Translator, its: Content) -> Iterator[Message]:
    """Every message with texts that editors write."""
    yield about.help_card(t, EN, its)
    for page in range(len(its.crisis.lines)):
        yield crisis.card(t, EN, its.crisis, page=page, heard=True)
    yield privacy.notice(t, EN, its.organisation)


def of_news(t: Translator) -> Iterator[Message]:
    """Every screen about news, with nothing chosen and with everything."""
    boroughs = content().boroughs
    resident = Person(1, 7, datetime(2026, 10, 17, tzinfo=UTC), borough="brent")
    everything = Followed(
        frozenset(Interest), frozenset(each.key for each in boroughs), frozenset(Group)
    )
    yield news.ask(t, EN)
    for followed in (Followed(), everything):
        for person in (resident, replace(resident, borough=None, stopped_at=resident.created_at)):
            yield news.screen(t, boroughs, person, followed)
            yield news.more_boroughs(t, boroughs, person.borough, followed)
        yield news.topics(t, EN, followed)
        yield news.groups(t, followed)


def everything(t: Translator) -> Iterator[Message]:
    """Every message this room can show."""
    boroughs = content().boroughs
    yield from of_editors(t, content())
    yield welcome.greet(catalogues().all, t.language, "e" + "9" * 51)
    yield welcome.language_first(catalogues().all, t.language)
    yield welcome.languages(catalogues().all, t.language, t)
    yield welcome.language_chosen(t, EN)
    for said in (
        welcome.hello_again, welcome.link_leads_nowhere, stop.resumed, stop.unchanged,
        fallback.unreadable, fallback.unknown_command,
    ):  # fmt: skip
        yield welcome.home(t, said(t), stopped=True)
    for key in (None, ELSEWHERE, UNSURE, *(each.key for each in boroughs)):
        yield area.ask(t, boroughs, key)
        yield welcome.home(t, area.kept(t, boroughs, key), stopped=False)
    for text in ("NW10", "W1A", "HA0", "TW8"):
        heard = hear_place(text, boroughs, known=True)
        if isinstance(heard, AskWhich):
            yield area.which(t, boroughs, heard.place, known=True)
    for borough in boroughs:
        yield area.offer(t, borough, "NW10", SHOW)
    yield area.offer_outside(t, OutsideArea(name="Kingston upon Thames"), SHOW)
    for stopped in (False, True):
        for wants_news in (False, True):
            yield stop.choices(t, stopped=stopped, news=wants_news)
    yield stop.stopped(t)
    yield from of_news(t)
    yield privacy.copy(t, EN, {})
    yield privacy.confirm(t, EN, (2**62, 2**40))
    yield privacy.goodbye(t, EN)


def assert_fits(message: Message) -> None:
    assert 0 < units(message.text) <= (CAPTION_LIMIT if message.document else TEXT_LIMIT)
    for row in message.buttons:
        for button in row:
            assert 0 < len(button.label) <= LABEL_LIMIT
    for tap in taps(message):
        callback_data.write(tap)


LONG = "Wörds & <b>" * 100
LONGEST = {
    "lines": [
        CrisisLine(
            key="line",
            number=LONG,
            text_word=LONG,
            name=dict.fromkeys(LANGUAGES, LONG),
            about=dict.fromkeys(LANGUAGES, LONG),
            region="uk",
            audience="everyone",
            last_verified=None,
        )
    ]
    * 3,
    "purpose": dict.fromkeys(LANGUAGES, LONG),
    "name": LONG,
    "email": LONG,
}


@languages
@settings(max_examples=25)
@example(**LONGEST)
@given(lines=lines, purpose=texts, name=a_text(500), email=a_text(300))
def test_no_words_of_editors_are_longer_than_telegram_takes(
    t: Translator, lines: list[CrisisLine], purpose: dict[str, str], name: str, email: str
) -> None:
    its = Content(
        content().organisation.model_copy(
            update={
                "name": name,
                "controller": name,
                "privacy_contact": name,
                "email": email,
                "website": email,
                "intended_use": purpose,
            }
        ),
        content().boroughs,
        replace(content().crisis, lines=tuple(lines)),
    )
    for message in of_editors(t, its):
        assert_fits(message)
    assert len(about.description(t, its)) <= 512
    assert len(about.short_description(t)) <= 120
    assert all(len(command["description"]) <= 256 for command in menus.commands(t))


@languages
def test_nothing_is_longer_than_telegram_takes(t: Translator) -> None:
    for message in everything(t):
        assert_fits(message)


@languages
def test_at_most_eight_buttons_but_for_boroughs_and_topics(t: Translator) -> None:
    for message in everything(t):
        buttons = list(taps(message))
        assert len(buttons) <= 8 or any(tap.verb in {"live", "follow"} for tap in buttons)
