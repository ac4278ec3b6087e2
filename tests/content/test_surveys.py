"""The surveys that ship: they convert, and are complete and plain in four languages."""

import re
import unicodedata
from pathlib import Path

import pytest
import yaml
from pyxform.xls2xform import convert

from bot import i18n
from tests.content.tables import (
    CIRCLE,
    COLUMN,
    FEEDBACK,
    FOLDER,
    STAFF,
    SURVEYS,
    listed,
    sheet,
    texts,
)
from tools import plain_english
from tools import translation_rules as rules
from tools.catalogues import LANGUAGES, ROOT, language_path, read
from tools.check_catalogues import content_problems

ROOM_ON_A_BUTTON = 34  # characters
SAME_EVERYWHERE = {"borough", "languages"}
"""Lists of names: places, and each language as it calls itself."""


@pytest.mark.parametrize("path", SURVEYS, ids=lambda path: path.stem)
class TestEverySurvey:
    def test_the_reference_converter_has_nothing_to_say(self, path: Path) -> None:
        converted = convert(path.read_text(encoding="utf-8"), file_type=".md")
        assert converted.warnings == []
        assert converted.itemsets is None

    def test_each_names_itself(self, path: Path) -> None:
        title = sheet(path, "survey")[0]
        assert (title["type"], title["name"]) == ("note", "title")
        assert sheet(path, "settings") == [
            {
                "form_title": title["label::English (en)"],
                "form_id": path.stem,
                "version": "20261125",
                "default_language": "English (en)",
                "attribute::machine_translated": "so ar fr",
            }
        ]

    def test_every_text_is_there_in_every_language(self, path: Path) -> None:
        assert [*i18n.LANGUAGES] == [*COLUMN]
        assert [place for place, text in texts(path) if [*text] != [*COLUMN]] == []

    def test_everything_that_people_see_has_a_label(self, path: Path) -> None:
        silent = {"begin_group", "end_group", "calculate"}
        rows = [row for row in sheet(path, "survey") if row["type"] not in silent]
        rows += sheet(path, "choices")
        assert [row["name"] for row in rows if "label::English (en)" not in row] == []

    def test_the_english_is_plain(self, path: Path) -> None:
        faults = content_problems(FOLDER.parent)
        assert [fault for fault in faults if path.name in fault] == []

    def test_what_is_read_first_is_easy_as_a_whole(self, path: Path) -> None:
        rows = sheet(path, "survey")
        notes = [row["label::English (en)"] for row in rows if row["type"] == "note"]
        assert list(plain_english.faults("\n".join(notes))) == []

    def test_nothing_promises_more_than_confidence(self, path: Path) -> None:
        """Nobody reads "anonymous", nor "without a name", in any language."""
        promise = (
            r"anonym|qarsoodi|magac la|aan la aqoon|مجهول|الهوية|هويتك|دون اسم|بلا اسم|sans nom"
        )
        assert re.findall(promise, path.read_text(encoding="utf-8"), re.IGNORECASE) == []
        confidential = {
            "en": "confidential",
            "so": " sir ",
            "ar": "سريتها",
            "fr": "confidentielles",
        }
        readers = dict(texts(path))["survey/readers/label"]
        assert {
            code: word in readers[code] for code, word in confidential.items()
        } == dict.fromkeys(COLUMN, True)

    def test_translations_translate(self, path: Path) -> None:
        assert [
            (place, code, fault)
            for place, text in texts(path)
            if place.partition("/")[0] not in SAME_EVERYWHERE
            for code in LANGUAGES
            for fault in rules.sameness_faults(code, text["en"], text[code])
        ] == []

    def test_translations_keep_commands_and_references(self, path: Path) -> None:
        kept = re.compile(r"(?<!\w)/[a-z]+|\$\{\w+\}")
        assert [
            (place, code)
            for place, text in texts(path)
            for code in LANGUAGES
            if sorted(kept.findall(text[code])) != sorted(kept.findall(text["en"]))
        ] == []

    def test_arabic_begins_in_arabic_and_has_no_marks(self, path: Path) -> None:
        faults = []
        for place, text in texts(path):
            strong = (unicodedata.bidirectional(letter) for letter in text["ar"])
            first = next(found for found in strong if found in {"L", "R", "AL"})
            if first == "L" and place.partition("/")[0] not in SAME_EVERYWHERE:
                faults.append(place)
            faults += [place for _ in rules.bidi_faults(text["ar"])]
        assert faults == []

    def test_french_leaves_the_space_before_its_signs_unbroken(self, path: Path) -> None:
        assert [place for place, text in texts(path) if re.search("« | [:;?!»]", text["fr"])] == []

    def test_choices_fit_on_a_button(self, path: Path) -> None:
        """All but the longest category of the census, which has no shorter name that is right."""
        assert [
            (place, code)
            for place, text in texts(path)
            if place.endswith("/label") and not place.startswith("survey/")
            for code in COLUMN
            if rules.visible_length(text[code]) > ROOM_ON_A_BUTTON
            if place != "ethnicity/british/label"
        ] == []

    def test_labels_of_a_list_differ(self, path: Path) -> None:
        for column in COLUMN.values():
            for labels in listed(path, f"label::{column}").values():
                assert len({label.casefold() for label in labels}) == len(labels)

    def test_names_are_short_and_plain(self, path: Path) -> None:
        rows = [*sheet(path, "survey"), *sheet(path, "choices")]
        names = [row["name"] for row in rows if "name" in row]
        assert [name for name in names if not re.fullmatch("[a-z][a-z0-9_-]{1,19}", name)] == []

    def test_an_exclusive_choice_is_the_last_of_its_list(self, path: Path) -> None:
        rows = sheet(path, "choices")
        marked = [(row["list_name"], row["name"]) for row in rows if "exclusive" in row]
        assert {row["exclusive"] for row in rows if "exclusive" in row} <= {"yes"}
        last = {name: keys[-1] for name, keys in listed(path).items()}
        assert [(name, key) for name, key in marked if last[name] != key] == []

    def test_an_exclusive_choice_goes_alone_for_other_tools_too(self, path: Path) -> None:
        alone = {
            row["list_name"]: row["name"] for row in sheet(path, "choices") if "exclusive" in row
        }
        for row in sheet(path, "survey"):
            kind, _, name = row["type"].partition(" ")
            if kind == "select_multiple" and name in alone:
                rule = f"not(selected(., '{alone[name]}') and count-selected(.) > 1)"
                assert row["constraint"].rpartition(" <= 3 and ")[2] == rule


def test_words_that_the_bot_has_already_are_the_same_in_surveys() -> None:
    """Where a survey says something that the bot says too, both say it alike, but for these."""
    bot = {
        code: {
            message.id: message.string
            for message in read(language_path(ROOT, code), code).catalog
            if isinstance(message.id, str)
        }
        for code in LANGUAGES
    }
    assert {
        (path.stem, place, code)
        for path in SURVEYS
        for place, text in texts(path)
        for code in LANGUAGES
        if text[code] != bot[code].get(text["en"], text[code])
    } == {
        # The bot means: I live somewhere else.
        (STAFF.stem, "employer/other/label", "ar"),
        (STAFF.stem, "employer/other/label", "fr"),
        (CIRCLE.stem, "borough/elsewhere/label", "fr"),
        # The bot means: I need none of these.
        (STAFF.stem, "support/none/label", "so"),
        (STAFF.stem, "help_most/none/label", "so"),
        (FEEDBACK.stem, "liked/none/label", "so"),
        # The bot means dates.
        (CIRCLE.stem, "times/any/label", "fr"),
    }


def test_the_feedback_survey_has_as_many_questions_as_it_says() -> None:
    questions = [row["name"] for row in sheet(FEEDBACK, "survey") if row["type"] != "note"]
    assert questions == ["kind", "overall", "liked", "welcome", "language", "better"]
    about = dict(texts(FEEDBACK))["survey/about/label"]
    assert {code: "6" in text for code, text in about.items()} == dict.fromkeys(COLUMN, True)


def test_the_circle_form_asks_for_no_name_and_no_number() -> None:
    assert [
        (row["type"], row["name"], row.get("relevant", ""))
        for row in sheet(CIRCLE, "survey")
        if row["type"] != "note"
    ] == [
        ("select_one mode", "mode", ""),
        ("select_one borough", "borough", "${mode} != 'online'"),
        ("select_multiple languages", "languages", ""),
        ("text", "other_language", "selected(${languages}, 'other')"),
        ("select_multiple times", "times", ""),
        ("select_multiple needs", "needs", ""),
        ("text", "other_need", "selected(${needs}, 'other')"),
    ]


def test_the_circle_form_offers_our_boroughs() -> None:
    boroughs = yaml.safe_load((FOLDER.parent / "boroughs.yaml").read_text(encoding="utf-8"))
    names = {key: borough["name"] for key, borough in boroughs["boroughs"].items()}
    rows = [row for row in sheet(CIRCLE, "choices") if row["list_name"] == "borough"]
    offered = {row["name"]: row["label::English (en)"] for row in rows}
    assert offered == {**names, "elsewhere": "Somewhere else", "not_sure": "I am not sure"}


def test_the_circle_form_calls_each_language_as_it_calls_itself() -> None:
    rows = [row for row in sheet(CIRCLE, "choices") if row["list_name"] == "languages"]
    offered = {row["name"]: row["label::English (en)"] for row in rows}
    ours = {code: language.name for code, language in i18n.LANGUAGES.items()}
    assert {code: offered[code] for code in ours} == ours
