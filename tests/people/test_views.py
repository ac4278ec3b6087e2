"""What people read about themselves: whole texts in English, and limits in every language."""

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.chat import callback_data, menus
from bot.config import HOME
from bot.i18n import LANGUAGES, Catalogues, Translator
from bot.message import Message, Tap
from bot.people.boroughs import ELSEWHERE, UNSURE, OutsideArea
from bot.people.confirming import VALID_FOR, confirmation, confirms
from bot.people.content import Content
from bot.people.crisis import CrisisLine
from bot.people.hearing import AskWhich, LivesIn, Offer, OfferOutside, answer_of, hear_place
from bot.people.models import Person
from bot.people.organisation import KeepDays
from bot.people.views import about, area, beside_english, crisis, fallback, privacy, stop, welcome

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
SHOW = Tap.to("list", "anything")
TEXT_LIMIT, CAPTION_LIMIT, LABEL_LIMIT = 4096, 1024, 64  # of the Bot API, and of a phone


@cache
def catalogues() -> Catalogues:
    return Catalogues(HOME / "locales")


@cache
def content() -> Content:
    return Content.read(HOME / "content")


EN = catalogues().translator("en")
SO = catalogues().translator("so")
AR = catalogues().translator("ar")
languages = pytest.mark.parametrize("t", catalogues().all, ids=lambda t: t.language)


def visible(text: str) -> str:
    """The text as Telegram counts it: without tags."""
    return html.unescape(re.sub(r"<[^>]*>", "", text))


def units(text: str) -> int:
    return len(visible(text).encode("utf-16-le")) // 2


def labels(message: Message) -> list[list[str]]:
    return [[button.label for button in row] for row in message.buttons]


def taps(message: Message) -> Iterator[Tap]:
    for row in message.buttons:
        for button in row:
            assert isinstance(button.action, Tap)
            yield button.action


def person(**more: object) -> Person:
    return replace(
        Person(id=7, telegram_id=70, created_at=datetime(2026, 1, 1, tzinfo=UTC), language="en"),
        **more,
    )


# Welcome


def test_a_stranger_is_greeted_in_two_lines_of_each_language() -> None:
    message = welcome.greet(catalogues().all, "en")
    paragraphs = visible(message.text).split("\n\n")
    assert paragraphs[0] == (
        "Welcome to Baobab. Here you find health events near you.\n"
        "Which language do you want to use?"
    )
    assert [len(paragraph.splitlines()) for paragraph in paragraphs] == [2] * len(LANGUAGES)
    assert labels(message) == [["English", "Soomaali"], ["العربية", "Français"]]
    assert list(taps(message)) == [Tap.to("language", code) for code in LANGUAGES]


@pytest.mark.parametrize(
    ("hint", "first"),
    [
        ("ar", "العربية"),
        ("fr-CA", "Français"),
        ("so", "Soomaali"),
        ("de", "English"),
        (None, "English"),
    ],
)
def test_the_language_of_their_telegram_comes_first(hint: str | None, first: str) -> None:
    message = welcome.greet(catalogues().all, hint)
    assert labels(message)[0][0] == first
    assert [label for row in labels(message) for label in row].count(first) == 1


def test_a_link_goes_with_the_choice_of_a_language() -> None:
    message = welcome.greet(catalogues().all, "so", "e12-poster")
    assert next(taps(message)) == Tap.to("language", "so", "e12-poster")


def test_home_offers_everything_there_is() -> None:
    message = welcome.home(EN, stopped=False)
    assert visible(message.text) == (
        "What would you like to do?\nYou can also type words to search, such as blood pressure."
    )
    assert labels(message) == [
        ["Find events", "My bookings"],
        ["My area", "Language"],
        ["Help", "Privacy and my data"],
    ]


def test_home_says_that_messages_are_stopped_and_how_to_start_them() -> None:
    message = welcome.home(EN, stopped=True)
    assert visible(message.text) == (
        "Messages are stopped. I only answer when you write to me.\n\n"
        "What would you like to do?\nYou can also type words to search, such as blood pressure."
    )
    assert labels(message)[-1] == ["Start messages again"]


def test_a_computer_made_translation_says_so_in_both_languages() -> None:
    # Which languages are reviewed changes with time; the rule does not.
    for t in catalogues().all:
        said = welcome.language_chosen(t, EN).text
        notice = "A computer made this translation. A native speaker has not checked it yet."
        assert (notice in said) == t.is_machine


def test_the_chosen_language_is_confirmed() -> None:
    assert visible(welcome.language_chosen(EN, EN).text) == (
        "From now on I write to you in English. To change it, send /language."
    )


# English beneath


def test_english_stands_beneath_what_nobody_checked() -> None:
    machine = next(t for t in catalogues().all if t.is_machine)
    message = beside_english(machine, EN, lambda t: Message(t("Hello again.")))
    parts = visible(message.text).split("\n\n")
    assert parts[0] == machine("Hello again.")
    assert parts[-2:] == ["English", "Hello again."]


def test_english_stands_alone() -> None:
    message = beside_english(EN, EN, lambda t: Message(t("Hello again.")), reviewed=())
    assert message.text == "Hello again."


def test_english_stands_beneath_texts_of_editors_that_nobody_checked() -> None:
    checked = Catalogues(HOME / "locales").translator("fr")
    checked.is_machine = False
    view = lambda t: Message(t("Hello again."))  # noqa: E731 -- a view in a line
    assert "<b>English</b>" in beside_english(checked, EN, view, reviewed=("so",)).text
    assert beside_english(checked, EN, view, reviewed=("fr",)).text == checked("Hello again.")
    assert beside_english(checked, EN, view).text == checked("Hello again.")


# Area


def test_the_area_is_asked_with_short_names_and_ways_out() -> None:
    message = area.ask(EN, content().boroughs, None)
    assert visible(message.text) == (
        "Where do you live?\n"
        "Then I can show you events near you first. Choose your borough, or type its name.\n"
        "You can also type your postcode. I keep only the first part, such as NW10."
    )
    assert labels(message) == [
        ["Brent", "Ealing"],
        ["H&F", "Harrow"],
        ["Hillingdon", "Hounslow"],
        ["K&C", "Westminster"],
        ["Somewhere else"],
        ["I am not sure"],
        ["Not now"],
    ]


@pytest.mark.parametrize(
    ("current", "line"),
    [
        ("hammersmith-fulham", "Your area is Hammersmith and Fulham."),
        (ELSEWHERE, "You told me that you live outside our boroughs."),
        (UNSURE, "I do not know your area yet."),
        ("a-borough-that-is-gone", "I do not know your area yet."),
    ],
)
def test_my_area_says_what_we_know(current: str, line: str) -> None:
    message = area.ask(EN, content().boroughs, current)
    assert visible(message.text).splitlines()[0] == line
    assert labels(message)[-1] == ["Back"]


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        ("brent", "Thank you. Your area is now Brent. I show you events there first."),
        (
            ELSEWHERE,
            "Thank you. You are welcome here, wherever you live. I show you all events.",
        ),
        (UNSURE, "That is fine. I show you all events. You can tell me your area later."),
    ],
)
def test_every_answer_is_a_fine_answer(answer: str, line: str) -> None:
    assert area.kept(EN, content().boroughs, answer) == line


def test_a_shared_postcode_is_asked_about_the_largest_borough_first() -> None:
    heard = hear_place("nw10 7ab", content().boroughs, known=False)
    assert isinstance(heard, AskWhich)
    message = area.which(EN, content().boroughs, heard.place, known=False)
    assert visible(message.text) == (
        "More than one borough has a part of NW10.\nWhere do you live?"
    )
    assert labels(message) == [
        ["Brent", "Ealing"],
        ["H&F", "K&C"],
        ["Somewhere else"],
        ["I am not sure"],
    ]
    assert next(taps(message)) == Tap.to("live", "brent", "NW10")


def test_somebody_whose_area_we_know_may_keep_it() -> None:
    heard = hear_place("NW10", content().boroughs, known=True)
    assert isinstance(heard, AskWhich)
    message = area.which(EN, content().boroughs, heard.place, known=True)
    assert labels(message)[-1] == ["Keep my area as it is"]


def test_a_borough_can_be_looked_at_or_lived_in() -> None:
    message = area.offer(EN, content().boroughs["hammersmith-fulham"], None, SHOW)
    assert visible(message.text) == "What would you like to do with Hammersmith and Fulham?"
    assert labels(message) == [
        ["Show events in H&F"],
        ["Make H&F my area"],
        ["Keep my area as it is"],
    ]


def test_a_place_outside_is_welcome() -> None:
    message = area.offer_outside(EN, OutsideArea(outcode="CR0"), SHOW)
    assert visible(message.text) == (
        "CR0 is outside our boroughs. You are welcome here all the same."
    )
    assert labels(message) == [["Show all events"], ["I live there"], ["Keep my area as it is"]]


# Stop


def test_stop_offers_three_choices_each_explained() -> None:
    message = stop.choices(EN, stopped=False)
    assert visible(message.text) == (
        "What would you like to do?\n\n"
        "Stop messages: I send you nothing, unless you write to me first. Your bookings stay.\n\n"
        "Delete my data: I erase everything I know about you. Your bookings end.\n\n"
        "No change: Everything stays as it is."
    )
    assert labels(message) == [["Stop messages"], ["Delete my data"], ["No change"]]


def test_whoever_has_stopped_is_offered_to_start() -> None:
    message = stop.choices(EN, stopped=True)
    assert "Messages are stopped. I only answer when you write to me." in message.text
    assert labels(message) == [["Start messages again"], ["Delete my data"], ["No change"]]


def test_stopped_says_what_it_means() -> None:
    assert visible(stop.stopped(EN).text) == (
        "I have stopped messages. From now on I only answer when you write to me.\n\n"
        "Your bookings stay. I cannot tell you if an event changes, so look at it before you go."
    )


# Privacy


def test_the_notice_names_who_decides_and_how_long() -> None:
    organisation = content().organisation.model_copy(
        update={
            "controller": "The Test Trust",
            "privacy_contact": "Data team",
            "email": "data@test.example",
            "keep_days": KeepDays(bookings=1, conversations=30, needs=365),
        }
    )
    said = visible(privacy.notice(EN, EN, organisation).text)
    assert "The Test Trust decides about your data." in said
    assert "You can ask Data team: data@test.example." in said
    assert said.split("How long I keep it\n")[1].split("\n\n")[0] == (
        "• bookings: 1 day after the event\n"
        "• what you need: 365 days after you last told me\n"
        "• questions you did not finish: 30 days\n"
        "• the rest: until you delete it"
    )
    assert labels(privacy.notice(EN, EN, organisation)) == [
        ["See my data"],
        ["Delete my data"],
        ["Back"],
    ]


def test_the_copy_is_a_file_of_everything() -> None:
    message = privacy.copy(EN, EN, {"person": {"language": "so"}, "bookings": []})
    assert message.document is not None
    assert message.document.name == "my-data.json"
    assert message.document.content == (
        b'{\n  "person": {\n    "language": "so"\n  },\n  "bookings": []\n}'
    )


def test_deletion_is_asked_about_once() -> None:
    message = privacy.confirm(EN, EN, confirmation(person(), NOW))
    assert visible(message.text).split("\n\n")[0] == "Do you want to delete all your data?"
    assert labels(message) == [["Delete everything"], ["Keep my data"]]


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


# Help and crisis


def test_help_begins_with_danger() -> None:
    message = about.help_card(EN, EN, content())
    first, line, *_ = visible(message.text).split("\n\n")
    assert first == "Help at once"
    assert line.startswith("Emergency: 999\n")
    assert labels(message)[0] == ["More help lines"]


@languages
def test_every_help_line_is_reached_page_by_page(t: Translator) -> None:
    seen = []
    page = 0
    while True:
        message = crisis.card(t, EN, content().crisis, page=page)
        seen += [line.number for line in content().crisis.lines if line.number in message.text]
        following = [tap for tap in taps(message) if tap.verb == "crisis"]
        if not following or following[0].args == (0,):
            break
        page = int(following[0].args[0])
    assert set(seen) == {line.number for line in content().crisis.lines}


@languages
def test_more_help_lines_begin_after_those_of_help(t: Translator) -> None:
    card = about.help_card(t, EN, content())
    more = next(tap for tap in taps(card) if tap.verb == "crisis")
    page = int(more.args[0])
    following = crisis.card(t, EN, content().crisis, page=page)
    numbers = [line.number for line in content().crisis.lines]
    on_help = [number for number in numbers if f": {number}" in visible(card.text)]
    assert page == 1
    assert numbers[0] in on_help
    assert numbers[-1] not in on_help
    assert visible(following.text).split("\n\n")[1] not in visible(card.text)


@pytest.mark.parametrize(
    "t", [t for t in catalogues().all if t.is_machine], ids=lambda t: t.language
)
def test_the_english_beneath_has_the_same_lines(t: Translator) -> None:
    own, english = about.help_card(t, EN, content()).text.split("<b>English</b>")
    for line in content().crisis.lines:
        assert (line.number in own) == (line.number in english)


def test_a_page_that_is_not_there_is_the_first() -> None:
    first = crisis.card(EN, EN, content().crisis)
    assert crisis.card(EN, EN, content().crisis, page=99) == first


def test_the_card_is_warm_and_honest_after_words_of_crisis() -> None:
    parts = visible(crisis.card(EN, EN, content().crisis, heard=True).text).split("\n\n")
    assert parts[0] == (
        "It sounds as if you, or someone you know, may be having a very hard time. "
        "You are not alone. There are people who want to help, day and night."
    )
    assert parts[-2:] == [
        "No person reads this chat straight away. Please call or write to one of these.",
        "I have not kept what you wrote. If you meant something else, write it in other words.",
    ]


def test_a_line_for_text_messages_says_which_word_to_send() -> None:
    said = visible(crisis.card(EN, EN, content().crisis).text)
    assert "Shout: text SHOUT to 85258\n" in said


# Hearing places


@pytest.mark.parametrize(
    ("text", "known", "heard"),
    [
        ("Harrow", False, LivesIn("harrow")),
        ("i live in harrow", False, LivesIn("harrow")),
        ("Waxaan degganahay Harrow", False, LivesIn("harrow")),
        ("J'habite à Harrow", False, LivesIn("harrow")),
        ("أسكن في برنت", False, LivesIn("brent")),
        ("Croydon", False, LivesIn(ELSEWHERE)),
        ("CR0 1AA", False, LivesIn(ELSEWHERE)),
        ("Croydon", True, OfferOutside(OutsideArea(name="Croydon"))),
        ("diabetes talk in Croydon", False, None),
        ("diabetes talk in Harrow", True, None),
        ("blood pressure", False, None),
        ("", False, None),
    ],
)
def test_what_is_made_of_a_typed_place(text: str, known: bool, heard: object) -> None:  # noqa: FBT001 -- a parameter of the test
    assert hear_place(text, content().boroughs, known=known) == heard


def test_words_around_a_borough_are_asked_about_before_they_are_kept() -> None:
    heard = hear_place("diabetes talk in Harrow", content().boroughs, known=False)
    assert heard == Offer(content().boroughs["harrow"])


@given(st.text(max_size=200), st.booleans())
def test_no_typed_text_breaks_the_hearing(text: str, known: bool) -> None:  # noqa: FBT001 -- drawn
    hear_place(text, content().boroughs, known=known)


@pytest.mark.parametrize(
    ("args", "answer"),
    [
        (("brent",), LivesIn("brent")),
        (("brent", "NW10"), LivesIn("brent", "NW10")),
        ((UNSURE, "NW10"), LivesIn(UNSURE, "NW10")),
        ((ELSEWHERE, "NW10"), LivesIn(ELSEWHERE)),
        (("brent", "NW10 7AB"), LivesIn("brent")),
        (("atlantis",), None),
        ((12,), None),
        ((), None),
    ],
)
def test_forged_answers_are_dropped(args: tuple[object, ...], answer: LivesIn | None) -> None:
    assert answer_of(args, content().boroughs) == answer


# Limits, in every language and for whatever editors write


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


def everything(t: Translator) -> Iterator[Message]:
    """Every message this room can show."""
    boroughs = content().boroughs
    yield from of_editors(t, content())
    yield welcome.greet(catalogues().all, t.language, "e" + "9" * 51)
    yield welcome.language_first(catalogues().all, t.language)
    yield welcome.languages(catalogues().all, t.language)
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
    yield stop.choices(t, stopped=False)
    yield stop.choices(t, stopped=True)
    yield stop.stopped(t)
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
@settings(max_examples=25, deadline=None)
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
def test_at_most_eight_buttons_but_for_the_boroughs(t: Translator) -> None:
    for message in everything(t):
        buttons = list(taps(message))
        assert len(buttons) <= 8 or any(tap.verb == "live" for tap in buttons)
