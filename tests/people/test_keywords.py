import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n import LANGUAGES
from bot.people import keywords
from bot.people.folding import fold_tightly
from bot.people.keywords import Keyword, keyword_in, language_in


@pytest.mark.parametrize(
    ("text", "keyword"),
    [
        ("STOP", Keyword.STOP),
        ("Stop!!!", Keyword.STOP),
        (" s t o p ", Keyword.STOP),
        ("Unsubscribe.", Keyword.STOP),
        ("opt-out", Keyword.STOP),
        ("JOOJI", Keyword.STOP),
        ("ka bax", Keyword.STOP),
        ("Jooji fariimaha", Keyword.STOP),
        ("تَوَقَّف", Keyword.STOP),
        ("ايقاف", Keyword.STOP),
        ("إلغاء الاشتراك", Keyword.STOP),
        ("ما عايزة رسائل", Keyword.STOP),
        ("لا ترسلوا لي رسائل!", Keyword.STOP),
        ("ARRETER", Keyword.STOP),
        ("Désabonnez-moi !", Keyword.STOP),
        ("Help", Keyword.HELP),
        ("caawimaad", Keyword.HELP),
        ("مساعدة؟", Keyword.HELP),
        ("ممكن تساعدوني", Keyword.HELP),
        ("à l’aide", Keyword.HELP),
        ("language", Keyword.LANGUAGE),
        ("luqadda", Keyword.LANGUAGE),
        ("اللغه", Keyword.LANGUAGE),
        ("Changer de langue", Keyword.LANGUAGE),
    ],
)
def test_a_whole_message_can_be_a_keyword(text: str, keyword: Keyword) -> None:
    assert keyword_in(text) == keyword


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?",
        "where is the bus stop",
        "stop smoking",
        "help with my booking",
        "cancel",
        "إلغاء",
        "أريد إلغاء حجزي",
        "مساعدة في الحجز",
        "لا أريد",
        "خلاص",
        "annuler",
        "language of the talk",
        "Somali",
        "stop " * 200,
    ],
)
def test_a_keyword_inside_a_message_is_none(text: str) -> None:
    assert keyword_in(text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("soomaali", "so"),
        ("Af-Soomaali", "so"),
        ("SOMALI", "so"),
        ("العربيّة", "ar"),
        ("عربي", "ar"),
        ("3arabi", "ar"),
        ("بالإنجليزي", "en"),
        ("Arabic", "ar"),
        ("francais", "fr"),
        ("Faransiis", "fr"),
        ("english!", "en"),
        ("Somali women's group", None),
        ("Yoruba", None),
        ("", None),
    ],
)
def test_a_whole_message_can_name_a_language(text: str, code: str | None) -> None:
    assert language_in(text) == code


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_every_language_that_ships_has_its_words(code: str) -> None:
    assert language_in(LANGUAGES[code].name) == code
    assert all(keywords._KEYWORDS[keyword][code] for keyword in Keyword)


def test_no_word_means_two_things() -> None:
    texts = [
        (fold_tightly(word), keyword)
        for keyword, languages in keywords._KEYWORDS.items()
        for words in languages.values()
        for word in words
    ]
    meanings = dict(texts)
    assert all(meanings[text] == keyword for text, keyword in texts)
    assert not meanings.keys() & keywords._LANGUAGE_BY_TEXT.keys()


@given(st.text())
def test_no_text_makes_it_fail(text: str) -> None:
    keyword_in(text)
    language_in(text)
