"""What people read about themselves, whole, in English."""

import pytest

from bot.config import HOME
from bot.i18n import LANGUAGES, Catalogues
from bot.message import Message, Tap
from bot.people.boroughs import ELSEWHERE, UNSURE, OutsideArea
from bot.people.hearing import AskWhich, hear_place
from bot.people.views import area, beside_english, stop, welcome
from tests.people.screens import EN, SHOW, catalogues, content, labels, taps, visible

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
        ["Surveys", "News and reminders"],
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
    assert labels(message) == [
        ["Brent", "Ealing"],
        ["H&F", "K&C"],
        ["Somewhere else"],
        ["Keep my area as it is"],
    ]


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
    message = stop.choices(EN, stopped=False, news=False)
    assert visible(message.text) == (
        "What would you like to do?\n\n"
        "Stop messages: I send you nothing, unless you write to me first. Your bookings stay.\n\n"
        "Delete my data: I erase everything I know about you. Your bookings end.\n\n"
        "No change: Everything stays as it is."
    )
    assert labels(message) == [["Stop messages"], ["Delete my data"], ["No change"]]


def test_whoever_has_stopped_is_offered_to_start() -> None:
    message = stop.choices(EN, stopped=True, news=True)
    assert "Messages are stopped. I only answer when you write to me." in message.text
    assert labels(message) == [["Start messages again"], ["Delete my data"], ["No change"]]


def test_stopped_says_what_it_means() -> None:
    assert visible(stop.stopped(EN).text) == (
        "I have stopped messages. From now on I only answer when you write to me.\n\n"
        "Your bookings stay. No reminders and no news come. I cannot tell you if an event changes, "
        "so look at it before you go."
    )
