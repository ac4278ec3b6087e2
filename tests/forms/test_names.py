import pytest

from bot.forms.everyday import What
from bot.forms.names import LANGUAGES, Meaning, Words, any_date_words, date_words, time_words

MONTH, DAY = Meaning(What.MONTH, 3), Meaning(What.WEEKDAY, 1)


def test_a_phrase_goes_before_the_words_in_it() -> None:
    words = Words([("a b", MONTH), ("A", DAY), ("b", DAY), ("b", MONTH)])

    assert words.read(["a", "b"]) == (frozenset({MONTH}),)
    assert words.read(["b", "a"]) == (frozenset({DAY, MONTH}), frozenset({DAY}))
    assert words.read(["a", "c"]) is None
    assert words.read([]) == ()


def test_the_beginning_of_one_months_name_will_do() -> None:
    words = Words([("March", MONTH), ("Martedi", DAY), ("Marble", Meaning(What.MONTH, 4))])

    assert words.read(["marc"]) == (frozenset({MONTH}),)
    assert words.read(["mart"]) is None
    assert words.read(["mar"]) is None
    assert words.read(["ma"]) is None


def test_more_words_or_ways_than_in_any_date_are_not_read() -> None:
    words = Words([("a", MONTH), ("a", DAY), ("b", DAY)])

    assert words.read(["b"] * 16) is not None
    assert words.read(["b"] * 17) is None
    assert words.read(["a"] * 4) is not None
    assert words.read(["a"] * 5) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_name_stands_for_two_months_days_or_times(language: str) -> None:
    for words in (date_words(language), any_date_words(), time_words(language)):
        twofold = {
            " ".join(phrase): {meaning.what for meaning in meanings}
            for phrase, meanings in words._known.items()
            if len(meanings) > 1
        }
        assert (
            twofold.items()
            <= {
                "mar": {What.MONTH, What.WEEKDAY},  # mars and mardi
                "اليوم": {What.DAYS, What.BETWEEN},  # "today" and "the day"
            }.items()
        )


@pytest.mark.parametrize("language", sorted({*LANGUAGES} - {"en", "ti"}))
def test_every_language_has_names_of_its_own_for_months_and_days(language: str) -> None:
    english = date_words("en")._known
    own = {
        meaning
        for phrase, meanings in date_words(language)._known.items()
        for meaning in meanings
        if phrase not in english
    }

    assert {Meaning(What.MONTH, month) for month in range(1, 13)} <= own
    assert {Meaning(What.WEEKDAY, day) for day in range(7)} <= own
