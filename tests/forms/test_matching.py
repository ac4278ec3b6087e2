import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.forms.definition import Choice
from bot.forms.matching import LONG_LIST, TYPED_LIMIT, Offer
from bot.forms.spelling import as_spoken

DRINKS = (Choice("tea", "Tea"), Choice("coffee", "Coffee"), Choice("water", "Water"))
FRENCH = {"tea": "Du thé", "coffee": "Café au lait", "water": "De l’eau"}
ARABIC = {"tea": "شاي", "coffee": "قهوة", "water": "ماء"}


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("Du thé", "tea"),
        ("DU THE", "tea"),
        ("  du   the ", "tea"),
        ("du the!", "tea"),
        ("«Café au lait».", "coffee"),
        ("de l'eau", "water"),
        ("de leau", "water"),
        ("\u2068De l’eau\u2069", "water"),
        ("2", "coffee"),
        ("2.", "coffee"),
        ("(2)", "coffee"),
        ("[2]", "coffee"),
        ("2️⃣", "coffee"),
        ("٢", "coffee"),
        ("۲", "coffee"),
        ("፪", "coffee"),
        ("２", "coffee"),
        ("coffee", "coffee"),
        ("Coffee", "coffee"),
    ],
)
def test_a_choice_is_called_by_label_number_or_key(typed: str, means: str) -> None:
    assert Offer(DRINKS, FRENCH).called(typed) == (means,)


@pytest.mark.parametrize(
    ("typed", "means"), [("قهوه", "coffee"), ("قَهْوَة", "coffee"), ("شــاي", "tea"), ("شای", "tea")]
)
def test_arabic_labels_are_found_without_vowel_signs_tatweel_and_spelling_habits(
    typed: str, means: str
) -> None:
    assert Offer(DRINKS, ARABIC).called(typed) == (means,)


@pytest.mark.parametrize(
    "typed", ["", " ", "0", "4", "-1", "the", "2 3", "du thé vert", "...", "👍", "x" * 5000]
)
def test_what_names_no_choice_means_none(typed: str) -> None:
    assert Offer(DRINKS, FRENCH).called(typed) == ()


def test_what_is_longer_than_any_label_is_not_even_compared() -> None:
    longest, longer = "x" * TYPED_LIMIT, "x" * (TYPED_LIMIT + 1)
    offer = Offer(DRINKS, {"tea": longest, "coffee": longer})

    assert (offer.called(longest), offer.called(longer)) == (("tea",), ())


def test_labels_that_are_numbers_come_before_the_numbers_shown() -> None:
    choices = tuple(Choice(key, key) for key in ("none", "one", "two"))
    offer = Offer(choices, {"none": "0", "one": "1", "two": "٢"})

    assert [offer.called(typed) for typed in ("0", "1", "2", "3")] == [
        ("none",),
        ("one",),
        ("two",),
        ("two",),
    ]


def test_the_number_shown_comes_before_a_key_that_nobody_sees() -> None:
    codes = (Choice("1", "No"), Choice("0", "Yes"))

    assert Offer(codes, {"1": "No", "0": "Yes"}).called("2") == ("0",)
    assert Offer(codes, {}).called("1") == ("1",)
    assert Offer(codes, {}).called("0") == ("0",)


def test_signs_that_part_labels_count() -> None:
    ages = tuple(Choice(key, key) for key in ("under", "middle", "over"))
    offer = Offer(ages, {"under": "<18", "middle": "18–64", "over": "65+"})

    assert [offer.called(typed) for typed in ("<18", "18 - 64", "٦٥+", "65")] == [
        ("under",),
        ("middle",),
        ("over",),
        (),
    ]


def test_a_label_as_written_comes_before_one_that_only_sounds_alike() -> None:
    people = (Choice("a", "José"), Choice("b", "Jose"))
    offer = Offer(people, {"a": "José", "b": "Jose"})

    assert offer.called("josé") == ("a",)
    assert offer.called("JOSE") == ("b",)
    assert offer.called("jósé") == ("a", "b")


def test_marks_that_are_letters_of_their_own_are_no_accents() -> None:
    words = (Choice("a", "हाँ"), Choice("b", "हूँ"))
    joined = (Choice("a", "क्ष"), Choice("b", "कष"))

    assert Offer(words, {"a": "हाँ!", "b": "हूँ!"}).called("हूँ") == ("b",)
    assert Offer(joined, {"a": "क्ष!", "b": "कष!"}).called("कष") == ("b",)


def test_pictures_in_labels_may_be_left_out() -> None:
    assert Offer(DRINKS, {"tea": "🍵 Tea"}).called("tea") == ("tea",)
    assert Offer(DRINKS, {"tea": "🍵"}).called("🍵") == ("tea",)
    assert Offer(DRINKS, {"tea": "Œufs"}).called("oeufs") == ("tea",)


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("1, 3", [("tea",), ("water",)]),
        ("1 3", [("tea",), ("water",)]),
        ("1,3,", [("tea",), ("water",)]),
        ("١، ٣", [("tea",), ("water",)]),
        ("1 & 3", [("tea",), ("water",)]),
        ("tea; water", [("tea",), ("water",)]),
        ("thé\nde l'eau", [(), ("water",)]),
        ("Milk, sugar", [("coffee",)]),
        ("3", [("water",)]),
        ("hot tea", [()]),
        ("", [()]),
        (",", [()]),
        ("1," * TYPED_LIMIT, [()]),
    ],
)
def test_a_list_names_several_choices(typed: str, means: list[tuple[str, ...]]) -> None:
    labels = {"tea": "Tea", "coffee": "Milk, sugar", "water": "De l'eau"}

    assert Offer(DRINKS, labels).all_called(typed) == tuple(means)


@given(st.text())
def test_reading_never_fails(text: str) -> None:
    offer = Offer(DRINKS, FRENCH)
    assert set(offer.called(text)) <= {"tea", "coffee", "water"}
    assert all(set(part) <= {"tea", "coffee", "water"} for part in offer.all_called(text))


seen = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1)


@given(st.lists(seen, min_size=1, max_size=5, unique=True))
def test_a_label_typed_as_it_is_shown_names_its_choice(labels: list[str]) -> None:
    choices = tuple(Choice(f"key{place}", label) for place, label in enumerate(labels))
    offer = Offer(choices, {choice.key: choice.label for choice in choices})

    assert [choice.key in offer.called(choice.label) for choice in choices] == [True] * len(labels)


WARDS = (
    "Acton Central", "Wood Green", "Woodford", "Parsons Green", "Wembley Central",
    "Église Saint-Luc", "مدينة النور", "حي السلام", "ኣዲስ ከተማ", "Ward 12", "East Acton", "Acton",
    "Ealing, Acton and Hanwell",
)  # fmt: skip
LONG = tuple(Choice(f"key{place}", ward) for place, ward in enumerate(WARDS))


def wards(typed: str) -> list[str]:
    found = Offer(LONG, {choice.key: choice.label for choice in LONG}).called(typed)
    return [WARDS[int(key.removeprefix("key"))] for key in found]


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("wemb", ["Wembley Central"]),
        ("WEMBLEY", ["Wembley Central"]),
        ("wembley cen", ["Wembley Central"]),
        ("parsons", ["Parsons Green"]),
        ("eglise", ["Église Saint-Luc"]),
        ("saint luc", ["Église Saint-Luc"]),
        ("luc", ["Église Saint-Luc"]),
        ("السلام", ["حي السلام"]),
        ("مدينه", ["مدينة النور"]),
        ("ከተማ", ["ኣዲስ ከተማ"]),
        ("ward 12", ["Ward 12"]),
        ("wood", ["Wood Green", "Woodford"]),
        ("green", ["Wood Green", "Parsons Green"]),
        ("central", ["Acton Central", "Wembley Central"]),
        ("acton", ["Acton"]),
        ("act", ["Acton Central", "East Acton", "Acton", "Ealing, Acton and Hanwell"]),
        ("12", ["Acton"]),
        ("14", []),
        ("embley", []),
        ("wo", []),
        ("e", []),
        ("wembley north", []),
        ("...", []),
        ("Acton Central\n Wood Green", []),
    ],
)
def test_of_a_long_list_a_part_of_a_label_names_the_choices_that_have_it(
    typed: str, means: list[str]
) -> None:
    assert wards(typed) == means


def test_of_a_short_list_only_a_whole_label_names_a_choice() -> None:
    habits = tuple(Choice(f"key{place}", "") for place in range(LONG_LIST))
    labels = {"key0": "Yes", "key1": "I do not smoke"}

    assert Offer(habits, labels).called("smoke") == ()
    assert Offer((*habits, Choice("more", "")), labels).called("smoke") == ("key1",)


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("wemb, parsons", [("key4",), ("key3",)]),
        ("wood; 1", [("key1", "key2"), ("key0",)]),
        ("ealing, acton", [("key12",), ("key11",)]),
        ("ealing, act", [("key12",)]),
        ("acton, wemb", [("key11",), ("key4",)]),
        ("hanwell, wembl", [("key12",), ("key4",)]),
        ("wembley, bristol", [("key4",), ()]),
    ],
)
def test_a_list_may_hold_parts_of_labels(typed: str, means: list[tuple[str, ...]]) -> None:
    offer = Offer(LONG, {choice.key: choice.label for choice in LONG})

    assert offer.all_called(typed) == tuple(means)


words = st.text("abcé ሰሻ", min_size=3, max_size=8).filter(lambda text: len(as_spoken(text)) > 2)


@given(st.lists(words, min_size=LONG_LIST + 1, max_size=30), st.data())
def test_a_beginning_finds_every_label_with_it_unless_it_is_a_whole_label(
    labels: list[str], data: st.DataObject
) -> None:
    choices = tuple(Choice(f"key {place}", label) for place, label in enumerate(labels))
    offer = Offer(choices, {choice.key: choice.label for choice in choices})
    label = as_spoken(data.draw(st.sampled_from(labels)))
    beginning = as_spoken(label[: data.draw(st.integers(3, 8))])
    assume(len(beginning) > 2)

    whole = {c.key for c in choices if as_spoken(c.label) == beginning}
    having = {c.key for c in choices if f" {beginning}" in f" {as_spoken(c.label)}"}
    found = set(offer.called(beginning))
    assert found <= whole if whole else found == having
    assert found
