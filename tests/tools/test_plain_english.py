import pytest

from tools.plain_english import faults, readable, reading_age, sentence_lengths

PLAIN = (
    "You can book a place for you and a friend. We will send you a note the day before. "
    "If you can not come, tell us here. Then we give your place to the next person in line."
)
HARD = (
    "Participation necessitates comprehensive acknowledgement of organisational "
    "confidentiality requirements. Individuals demonstrating insufficient documentation "
    "consequently relinquish eligibility. Administrative representatives subsequently "
    "communicate determinations electronically, notwithstanding extraordinary circumstances. "
    "Supplementary documentation substantiates multidisciplinary recommendations accordingly."
)


def test_plain_words_have_no_faults() -> None:
    assert list(faults(PLAIN)) == []


def test_hard_words_are_too_old_for_the_reader() -> None:
    assert [fault.partition(" ")[0] for fault in faults(HARD)] == ["reading"]


def test_a_short_text_has_no_reading_age() -> None:
    assert reading_age("Notwithstanding administrative extraordinariness.") is None


def test_a_longer_text_in_plain_words_is_easy_for_a_child() -> None:
    age = reading_age(PLAIN)
    assert age is not None
    assert 4 < age < 6


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("For BAME people.", "bame"),
        ("Afro-Caribbean food.", "afro-caribbean"),
        ("Click the button.", "click"),
        ("Clicking is easy.", "clicking"),
        ("Bring water, e.g. a bottle.", "e.g."),
        ("<b>Invalid</b> date.", "invalid"),
        ("The server is away.", "server"),
    ],
)
def test_a_word_we_do_not_use_is_named(text: str, word: str) -> None:
    assert [fault.partition(":")[0] for fault in faults(text)] == [f"“{word}”"]


@pytest.mark.parametrize("text", ["African Caribbean food.", "A clicker.", "The word {bame}.", ""])
def test_words_that_only_look_alike_are_fine(text: str) -> None:
    assert list(faults(text)) == []


def test_a_long_sentence_is_named() -> None:
    assert list(faults("word " * 21 + ".")) == ["a sentence has 21 words; 20 is the most"]
    assert list(faults("word " * 20 + ".")) == []


def test_sentences_that_are_long_on_average_are_named() -> None:
    sentence = "word " * 16 + "word."
    assert list(faults(f"{sentence} {sentence}")) == [
        "sentences have 17 words on average; 15 is the most"
    ]


def test_each_line_of_a_list_is_a_sentence() -> None:
    assert sentence_lengths("We keep:\n• your <b>language</b>\n• your borough, {name}") == [2, 2, 3]


def test_people_see_neither_tags_nor_placeholders() -> None:
    assert readable("<b>Hi</b> {first}, cats &amp; dogs") == "Hi name, cats & dogs"
