import re
import unicodedata
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from bot.clock import LONDON
from bot.i18n import LANGUAGES, Catalogues, Translator

GREETING = "Hello, <b>{name}</b>."
PLURALS = {
    "so": "nplurals=2; plural=(n != 1);",
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : 5);",
    "fr": "nplurals=3; plural=(n > 1);",
}
ENGLISH_PLURALS = "nplurals=2; plural=(n != 1);"
FORMS = ["zero {n}", "one {n}", "two {n}", "few {n}", "many {n}", "other {n}"]


def header(language: str, status: str = "machine") -> str:
    return f"""msgid ""
msgstr ""
"Language: {language}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: {PLURALS.get(language, ENGLISH_PLURALS)}\\n"
"X-Translation-Status: {status}\\n"

"""


def written(folder: Path, **texts: str) -> Catalogues:
    for code in LANGUAGES.keys() - {"en"}:
        path = folder / code / "LC_MESSAGES" / "bot.po"
        path.parent.mkdir(parents=True)
        path.write_text(texts.get(code, header(code)), encoding="utf-8")
    return Catalogues(folder)


@pytest.fixture
def catalogues(tmp_path: Path) -> Catalogues:
    forms = "\n".join(f'msgstr[{index}] "{form}"' for index, form in enumerate(FORMS))
    arabic = f"""{header("ar")}
msgid "{GREETING}"
msgstr "مرحباً <b>{{name}}</b>."

msgid "{{n}} place"
msgid_plural "{{n}} places"
{forms}
"""
    french = f"""{header("fr", "reviewed")}
msgid "{{n}} place"
msgid_plural "{{n}} places"
msgstr[0] "{{n}} lieu"
msgstr[1] "{{n}} de lieux"
msgstr[2] "{{n}} lieux"

msgid "Open"
msgstr "Ouvrir"

msgctxt "state"
msgid "Open"
msgstr "Ouvert"
"""
    return written(tmp_path, ar=arabic, fr=french)


def test_values_are_escaped(catalogues: Catalogues) -> None:
    t = catalogues.translator("en")
    assert t(GREETING, name="<Amina & co>") == Markup("Hello, <b>&lt;Amina &amp; co&gt;</b>.")


def test_markup_values_stay_markup(catalogues: Catalogues) -> None:
    t = catalogues.translator("en")
    assert t(GREETING, name=Markup("<i>A</i>")) == Markup("Hello, <b><i>A</i></b>.")


def test_right_to_left_text_sets_values_apart(catalogues: Catalogues) -> None:
    assert catalogues.translator("ar")(GREETING, name="Amina") == Markup(
        "مرحباً <b>\u200f\u2068Amina\u2069</b>."
    )


def test_a_line_of_values_alone_runs_from_right_to_left(catalogues: Catalogues) -> None:
    line = catalogues.translator("ar").plain("{number}. {title}", number=1, title="Amina")
    outside = re.sub("\u2068.*?\u2069", "", line)
    directions = [unicodedata.bidirectional(character) for character in outside]
    assert [each for each in directions if each in {"L", "R", "AL"}] == ["R", "R"]


@pytest.mark.parametrize(
    ("n", "form"),
    [(0, "zero"), (1, "one"), (2, "two"), (3, "few"), (10, "few"), (11, "many"), (99, "many"),
     (100, "other"), (103, "few")],
)  # fmt: skip
def test_arabic_counts_in_six_forms(catalogues: Catalogues, n: int, form: str) -> None:
    t = catalogues.translator("ar")
    assert t.plural("{n} place", "{n} places", n) == f"{form} \u200f\u2068{n}\u2069"


@pytest.mark.parametrize(("n", "text"), [(0, "0 lieu"), (1, "1 lieu"), (2, "2 lieux")])
def test_french_counts_nought_as_one(catalogues: Catalogues, n: int, text: str) -> None:
    assert catalogues.translator("fr").plain_plural("{n} place", "{n} places", n) == text


def test_a_gap_is_english_and_never_blank(catalogues: Catalogues) -> None:
    t = catalogues.translator("so")
    assert t.plain("Book") == "Book"
    assert t.plural("{n} place", "{n} places", 2) == "2 places"


def test_the_same_word_can_mean_two_things(catalogues: Catalogues) -> None:
    t = catalogues.translator("fr")
    assert (t.plain("Open"), t.context("state", "Open")) == ("Ouvrir", "Ouvert")


def test_who_reviewed_a_language_is_known(catalogues: Catalogues) -> None:
    assert [t.is_machine for t in catalogues.all] == [False, True, True, False]


@pytest.mark.parametrize(
    ("code", "language"),
    [("so", "so"), ("fr-CA", "fr"), ("ar_EG", "ar"), ("ti", "en"), (None, "en"), ("", "en")],
)
def test_a_language_code_finds_its_voice(
    catalogues: Catalogues, code: str | None, language: str
) -> None:
    assert catalogues.translator(code).language == language


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("en", "Saturday 17 October 2026 (17/10/2026)"),
        ("so", "Sabti 17 Oktoobar 2026 (17/10/2026)"),
        ("ar", "السبت 17 أكتوبر 2026 (\u200f\u206817/10/2026\u2069)"),
        ("fr", "samedi 17 octobre 2026 (17/10/2026)"),
    ],
)
def test_a_date_is_in_words_and_numbers(catalogues: Catalogues, code: str, words: str) -> None:
    assert catalogues.translator(code).date(date(2026, 10, 17)) == words


def test_the_first_of_a_month_is_an_ordinal_in_french(catalogues: Catalogues) -> None:
    words = catalogues.translator("fr").date(date(2026, 12, 1))
    assert words == "mardi 1er décembre 2026 (01/12/2026)"


def test_time_is_uk_wall_time_in_european_digits(catalogues: Catalogues) -> None:
    summer = datetime(2026, 10, 24, 13, 5, tzinfo=UTC)
    winter = datetime(2026, 10, 25, 13, 5, tzinfo=UTC)
    t = catalogues.translator("ar")
    assert (t.time(summer, LONDON), t.time(winter, LONDON)) == ("14:05", "13:05")


def test_content_falls_back_to_english(catalogues: Catalogues) -> None:
    t = catalogues.translator("so")
    assert t.pick({"en": "Talk", "so": "Hadal"}) == ("Hadal", "so")
    assert t.pick({"en": "Talk", "so": ""}) == ("Talk", "en")


@given(name=st.text())
def test_any_name_leaves_the_markup_whole(name: str) -> None:
    t = Translator(LANGUAGES["en"], None, reviewed=True)
    said = t(GREETING, name=name)
    assert said.startswith("Hello, <b>")
    assert said.endswith("</b>.")
    assert said.count("<") == 2
