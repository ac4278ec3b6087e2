"""What people read about their data and about help."""

import pytest

from bot.i18n import Translator
from bot.people.organisation import KeepDays
from bot.people.views import about, crisis, privacy
from tests.people.screens import EN, catalogues, content, labels, languages, taps, visible

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
        "• bookings, and what I sent you about them: 1 day after the event\n"
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
    message = privacy.confirm(EN, EN, (7, 1_790_000_000))
    assert visible(message.text).split("\n\n")[0] == "Do you want to delete all your data?"
    assert labels(message) == [["Delete everything"], ["Keep my data"]]


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
    assert parts[-3:] == [
        "No person reads this chat straight away. Please call or write to one of these.",
        "I have not kept what you wrote. If you meant something else, write it in other words.",
        "Emergency: 999\nYou or someone else is in danger now.",
    ]


@pytest.mark.parametrize("t", catalogues().all, ids=lambda t: t.language)
def test_the_card_ends_with_whom_to_call_in_danger(t: Translator) -> None:
    parts = visible(crisis.card(t, EN, content().crisis, heard=True).text).split("\n\n")
    danger = content().crisis.lines[0]
    assert danger.number in parts[-1]
    assert danger.about[t.language] in parts[-1]


def test_a_line_for_text_messages_says_which_word_to_send() -> None:
    said = visible(crisis.card(EN, EN, content().crisis).text)
    assert "Shout: text SHOUT to 85258\n" in said
