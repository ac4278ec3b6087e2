from gettext import c2py
from pathlib import Path

import pytest
from babel import Locale

from tools.catalogues import LANGUAGES, language_path, plural_categories, plural_forms, read
from tools.check_catalogues import problems
from tools.update_catalogues import update

VIEWS = """
def card(t, title, n):
    # Translators: the name of the page
    head = t("<b>{title}</b> is near you.", title=title)
    return head, Button(t.plain("Book"), n), t.plural("{n} place.", "{n} places.", n)
"""
ENTRIES = {
    "<b>{title}</b> is near you.": {
        "so": "<b>{title}</b> waa kuu dhow yahay.",
        "ar": "<b>{title}</b> قريب منك.",
        "fr": "<b>{title}</b> est près de vous.",
    },
    "Book": {"so": "Qabso", "ar": "احجز", "fr": "Réserver"},
}
PLURALS = {
    "so": ["{n} boos.", "{n} boos ayaa."],
    "ar": ["{n} مكان."] * 6,
    "fr": ["{n} place.", "{n} places.", "{n} places."],
}


def house(tmp_path: Path, views: str = VIEWS) -> Path:
    (tmp_path / "babel.cfg").write_text("[python: bot/**.py]\n[python: handlers/**.py]\n")
    for folder in ("bot/events", "handlers"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "bot/events/views.py").write_text(views)
    update(tmp_path)
    return tmp_path


def translate(root: Path) -> None:
    """Fill in every language as a translator would, in the file."""
    for code in LANGUAGES:
        path = language_path(root, code)
        text = path.read_text()
        for source, translations in ENTRIES.items():
            text = text.replace(
                f'msgid "{source}"\nmsgstr ""', f'msgid "{source}"\nmsgstr "{translations[code]}"'
            )
        for index, form in enumerate(PLURALS[code]):
            text = text.replace(f'msgstr[{index}] ""', f'msgstr[{index}] "{form}"')
        path.write_text(text)


@pytest.fixture
def translated(tmp_path: Path) -> Path:
    root = house(tmp_path)
    translate(root)
    return root


def contents(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in (root / "locales").rglob("*") if path.is_file()}


def edit(root: Path, code: str, old: str, new: str) -> list[str]:
    """Change a catalogue and return what the check says of it."""
    path = language_path(root, code)
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    return list(problems(root))


def test_a_complete_translation_has_no_problems(translated: Path) -> None:
    assert list(problems(translated)) == []


def test_a_second_update_changes_nothing(translated: Path) -> None:
    assert update(translated) == []


def test_a_text_that_moves_within_its_file_changes_no_catalogue(translated: Path) -> None:
    (translated / "bot/events/views.py").write_text("import this\n\n\n" + VIEWS)
    assert update(translated) == []


def test_new_catalogues_are_taken_for_machine_made_and_keep_their_headers(tmp_path: Path) -> None:
    root = house(tmp_path)
    path = language_path(root, "so")
    text = path.read_text().replace(
        "X-Translation-Status: machine", "X-Translation-Status: reviewed\\nX-Reviewed-By: a group"
    )
    path.write_text(text)
    assert update(root) == [path]  # one header a line again
    headers = read(path, "so").headers
    assert headers["X-Translation-Status"] == "reviewed"
    assert headers["X-Reviewed-By"] == "a group"
    assert read(language_path(root, "ar"), "ar").headers["X-Translation-Status"] == "machine"


def test_headers_hold_no_dates(tmp_path: Path) -> None:
    root = house(tmp_path)
    for path in (root / "locales").rglob("bot.po*"):
        assert "Date" not in path.read_text()


def test_a_changed_text_becomes_untranslated_and_its_old_words_wait_unused(
    translated: Path,
) -> None:
    (translated / "bot/events/views.py").write_text(VIEWS.replace("near you", "close to you"))
    update(translated)
    text = language_path(translated, "fr").read_text()
    assert 'msgid "<b>{title}</b> is close to you."\nmsgstr ""\n' in text
    assert '#~ msgstr "<b>{title}</b> est près de vous."' in text
    assert "fuzzy" not in text


def test_a_text_that_comes_back_has_its_translation_again(translated: Path) -> None:
    before = language_path(translated, "ar").read_text()
    views = translated / "bot/events/views.py"
    views.write_text("")
    update(translated)
    views.write_text(VIEWS)
    update(translated)
    assert language_path(translated, "ar").read_text() == before


def test_dropping_the_unused_leaves_only_what_the_code_holds(translated: Path) -> None:
    (translated / "bot/events/views.py").write_text("")
    update(translated, keep_unused=False)
    assert "msgid" not in language_path(translated, "fr").read_text().partition("\n\n")[2]


def test_a_plural_whose_second_form_changed_is_untranslated(translated: Path) -> None:
    (translated / "bot/events/views.py").write_text(VIEWS.replace("{n} places.", "{n} seats."))
    update(translated)
    assert 'msgstr[0] ""' in language_path(translated, "fr").read_text()


def test_an_update_that_fails_leaves_every_file_as_it_was(translated: Path) -> None:
    files = {
        path: path.read_bytes() for path in (translated / "locales").rglob("*") if path.is_file()
    }
    (translated / "handlers/broken.py").write_text("def (")
    with pytest.raises(SyntaxError):
        update(translated)
    assert contents(translated) == files


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_plural_header_agrees_with_cldr(code: str) -> None:
    index = c2py(plural_forms(code).partition("plural=")[2].rstrip(";"))
    categories = plural_categories(code)
    rule = Locale.parse(code).plural_form
    for n in (*range(1200), 1_000_000, 2_000_000, 1_000_001):
        assert categories[index(n)] == rule(n)


def test_each_language_has_its_own_number_of_plural_forms() -> None:
    assert {code: len(plural_categories(code)) for code in ("so", "ar", "fr")} == {
        "so": 2,
        "ar": 6,
        "fr": 3,
    }


def test_a_text_without_a_catalogue_update_is_out_of_date(translated: Path) -> None:
    (translated / "handlers/new.py").write_text('t.plain("Later")\n')
    assert list(problems(translated)) == [
        "locales/bot.pot is out of date: run `make locales`, commit it",
        *(
            f"locales/{code}/LC_MESSAGES/bot.po is out of date: run `make locales`, commit it"
            for code in LANGUAGES
        ),
    ]


@pytest.mark.parametrize(
    ("code", "old", "new", "problem"),
    [
        ("so", '"Qabso"', '""', "Somali: “Book”: the translation is missing"),
        (
            "fr",
            "{title}</b> est",
            "{titre}</b> est",
            "French: “<b>{title}</b> is near you.”: the placeholder {title} is missing",
        ),
        (
            "fr",
            "<b>{title}</b> est",
            "{title} est",
            "French: “<b>{title}</b> is near you.”: the tag <b> is missing",
        ),
        (
            "so",
            "</b> waa",
            " waa",
            "Somali: “<b>{title}</b> is near you.”: the tag <b> is not closed",
        ),
        (
            "ar",
            'msgstr[5] "{n} مكان."',
            'msgstr[5] ""',
            "Arabic: “{n} place.”: form 5 (other): the translation is missing",
        ),
        (
            "ar",
            'msgstr[2] "{n} مكان."',
            'msgstr[2] "مكانان."',
            "Arabic: “{n} place.”: form 2 (two): each plural form must show the number: {n}",
        ),
        (
            "ar",
            '"احجز"',
            '"Book"',
            (
                "Arabic: “Book”: it is the same as the English; if that is right, flag it "
                "`#, same-as-english`"
            ),
        ),
        (
            "ar",
            '"احجز"',
            '"\u200fاحجز"',
            "Arabic: “Book”: take out the invisible mark U+200F; the bot sets directions itself",
        ),
        (
            "fr",
            '"Réserver"',
            '"Réserver "',
            "French: “Book”: spaces or line ends at the start or the end differ from the English",
        ),
        (
            "fr",
            '"Réserver"',
            '"Réserver une place pour cet événement"',
            "French: “Book”: there is room for 30 characters; this has 37",
        ),
        (
            "fr",
            "X-Translation-Status: machine",
            "X-Translation-Status: good",
            "French: the header X-Translation-Status must be machine or reviewed",
        ),
    ],
)
def test_a_broken_translation_is_named(
    translated: Path, code: str, old: str, new: str, problem: str
) -> None:
    assert problem in edit(translated, code, old, new)


def test_the_flag_allows_a_text_to_be_the_same(translated: Path) -> None:
    assert (
        edit(
            translated,
            "ar",
            'msgid "Book"\nmsgstr "احجز"',
            '#, same-as-english\nmsgid "Book"\nmsgstr "Book"',
        )
        == []
    )
    assert update(translated) == []


def test_a_fuzzy_mark_is_a_problem(translated: Path) -> None:
    assert edit(translated, "fr", 'msgid "Book"', '#, fuzzy\nmsgid "Book"') == [
        "French: “Book”: it is marked fuzzy: check it and take the mark away"
    ]


def test_a_file_that_is_no_catalogue_is_a_problem_in_words(translated: Path) -> None:
    found = edit(translated, "fr", 'msgid "Book"', "Book")
    assert [line.partition(":")[0] for line in found] == ["a catalogue cannot be read"]


@pytest.mark.parametrize("value", ["named(t, n)", 't.plain("Book")', "n"])
def test_a_text_that_counts_is_collected_with_both_forms_whatever_stands_beside_it(
    tmp_path: Path, value: str
) -> None:
    root = house(
        tmp_path,
        f'def said(t, n):\n    return t.plural("{{n}} place.", "{{n}} places.", n, what={value})\n',
    )
    assert (
        'msgid "{n} place."\nmsgid_plural "{n} places."\n' in language_path(root, "fr").read_text()
    )


def test_a_text_that_is_not_collected_is_a_fault(tmp_path: Path) -> None:
    root = house(tmp_path, "def said(t, n):\n    return t('Near you: {n}', n=near(plural, n))\n")
    assert [each for each in problems(root) if "collected" in each] == [
        "bot/events/views.py:2: “Near you: {n}”: this text is not collected"
    ]
