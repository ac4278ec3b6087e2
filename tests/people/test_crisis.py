# ruff: noqa: E501 -- a row of a table stands on one line
import shutil
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import HOME
from bot.errors import ContentProblem
from bot.people.crisis import Crisis
from bot.people.phrases import Phrases

CRISIS = Crisis.read(HOME / "content")


@pytest.mark.parametrize(
    "text",
    [
        "I want to kill myself",
        "i wanna die",
        "I WANT TO DIE!!!",
        "I don't want to live anymore",
        "i dont want to be here",
        "I don’t want to be alive",
        "thinking about suicide",
        "I feel suicidal",
        "suiciiiidal",
        "sometimes I think about ending my life",
        "everyone is better off without me",
        "I can't go on like this",
        "I cant cope any more",
        "there is no reason to live",
        "I am self-harming",
        "I cut myself again last night",
        "she took an overdose",
        "I've taken too many paracetamol tablets",
        "my husband beats me",
        "My boyfriend keeps hitting me",
        "he hurts me when he drinks",
        "someone is hurting me",
        "I am being abused at home",
        "he said he will kill me",
        "he threatened to kill me",
        "I was raped",
        "I was sexually assaulted",
        "I'm scared of my husband",
        "I am not safe at home",
        "they are forcing me to get marry",
        "they took my passport",
        "I can't breathe",
        "I just swallowed a bottle of pills",
        "i cannot do this any more",
        "my uncle touches me",
        "I was beaten by my husband",
    ],
)
def test_english_texts_that_may_speak_of_a_crisis(text: str) -> None:
    assert CRISIS.suggests_crisis(text)


@pytest.mark.parametrize(
    "text",
    [
        "Waxaan rabaa inaan is dilo",
        "waxaan doonayaa inaan isdilo",
        "waxaan doonayaa inaan dhinto",
        "ma rabo inaan sii noolaado",
        "Nolosha waan ka daalay",
        "waxaan ka fikirayaa is-dil",
        "waan isdhaawacay",
        "kaniiniyo badan ayaan qaatay",
        "ninkaygu wuu i garaacaa",
        "wuu i garaacay",
        "la igu xadgudbay",
        "waa la i kufsaday",
        "wuxuu ii hanjabay",
        "khatar ayaan ku jiraa",
        "guur khasab ah",
        "waan ku daalay nolosha",
        "aabbahay wuu i garaacaa",
        "waan iska dilayaa",
        "dhimashadu way iga roon tahay",
        "kiniinno badan ayaan liqay",
        "uma adkaysan karo",
        "ninkeyga waan ka baqayaa",
        "guriga ayuu igu xiray",
        "xoog ayaa la iigu guurinayaa",
        "gabadhayda ayay rabaan inay gudaan",
        "waxay igu khasbayaan inaan shaqeeyo",
        "neeftii baa i xirantay",
    ],
)
def test_somali_texts_that_may_speak_of_a_crisis(text: str) -> None:
    assert CRISIS.suggests_crisis(text)


@pytest.mark.parametrize(
    "text",
    [
        "أريد أن أموت",
        "اريد ان اموت",
        "أُريدُ أنْ أَموتَ",
        "عايز أموت",
        "دايرة اموت",
        "أفكر في الانتحار",
        "وبالانتحار",
        "انتـــحار",
        "سأقتل نفسي",
        "وأقتل نفسي",
        "لا أريد أن أعيش",
        "ما عايزة أعيش",
        "تعبت من الحياة",
        "أريد إيذاء نفسي",
        "أخذت جرعة زائدة",
        "بلعت حبوب كثيرة",
        "زوجي يضربني",
        "جوزي بيضربني",
        "هو يهددني",
        "هددني بالقتل",
        "تعرضت للاغتصاب",
        "العنف الأسري",
        "أنا في خطر",
        "خائفة من زوجي",
        "أجبروني على الزواج",
        "بفكر انتحر",
        "كرهت حياتي",
    ],
)
def test_arabic_texts_that_may_speak_of_a_crisis(text: str) -> None:
    assert CRISIS.suggests_crisis(text)


@pytest.mark.parametrize(
    "text",
    [
        "je veux mourir",
        "J'ai envie de mourir",
        "j’ai envie d’en finir",
        "je pense au suicide",
        "je vais me suicider",
        "je veux me tuer",
        "je n'ai plus envie de vivre",
        "jai plus envie de vivre",
        "Je ne veux plus vivre",
        "mettre fin à mes jours",
        "je me fais du mal",
        "j'ai pris trop de médicaments",
        "une overdose",
        "mon mari me frappe",
        "il me bat",
        "il m'a frappée",
        "on m'a violée",
        "j'ai été violée",
        "il menace de me tuer",
        "j'ai peur de mon mari",
        "violences conjugales",
        "je suis en danger",
        "un mariage forcé",
        "je suis battue par mon père",
        "je n'en peux plus",
        "elle me frappe",
    ],
)
def test_french_texts_that_may_speak_of_a_crisis(text: str) -> None:
    assert CRISIS.suggests_crisis(text)


def test_none_of_many_such_texts_is_missed() -> None:
    texts = (Path(__file__).parent / "crisis_texts.txt").read_text().splitlines()
    assert [text for text in texts if not CRISIS.suggests_crisis(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "help",
        "Is there parking and traffic",
        "I want to end the chat",
        "how do I end it",
        "can I bring my own life jacket",
        "je veux que tout s'arrange",
        "j'en peux plus d'attendre",
        "أخاف من الإبرة",
        "I have pain in my knee",
        "health expo",
        "Just killing time until the expo",
        "I am dying to come",
        "we killed it at the talent show",
        "can I book for my mum and me",
        "does my child need to come",
        "I don't want to miss the live webinar",
        "I want to know if people can bring children",
        "can I take more than two people",
        "I can't go on Saturday",
        "that is odd",
        "my phone died",
        "cut my hair",
        "the bus hit traffic",
        "beat the heat",
        "is there a hearing loop",
        "I have high blood pressure",
        "Mental health and wellbeing day",
        "Prostate cancer talk for Black men",
        "Listening Circle: life after stroke",
        "my feet are killing me",
        "Where is the event in Brent?",
        "i18n",
        "/start event_12",
        "HA9 0AA",
        "caawimaad",
        "Waxaan rabaa inaan ballansado",
        "gaajo ayaan la dhimanayaa",
        "waxaan ku noolahay Brent",
        "xanuun ayaa i haya",
        "munaasabadda caafimaadka",
        "gudniinka dumarka",
        "ninkayga waan la imanayaa",
        "kiniin ayaan qaatay subaxdii",
        "Qatar ayaan ka imid",
        "مساعدة",
        "عندي ألم في ركبتي",
        "أموت من الضحك",
        "أريد أن أكون متطوعا",
        "أريد أن أحجز مكانا",
        "متى موعد الفعالية",
        "أعيش في برنت",
        "الصحة النفسية",
        "عايز اخلص من هذه الرسائل",
        "هل يسمح لي بإحضار أطفالي",
        "كيف أحمي أولادي من المرض",
        "الإسعافات الأولية",
        "عندي وجع في ظهري",
        "نفسي أحضر الفعالية",
        "أخذت الدواء",
        "زهقت من الرسائل",
        "ana 3ayez a7gez",
        "Je meurs de faim",
        "je suis mort de rire",
        "mort de fatigue",
        "ça va me faire plaisir",
        "votre message m'a touchée",
        "je me bats contre le diabète",
        "au secours",
        "j'ai mal au genou",
        "je veux réserver une place",
        "journée de la santé",
    ],
)
def test_everyday_texts_bring_no_card(text: str) -> None:
    assert not CRISIS.suggests_crisis(text)


@given(st.text(), st.text())
def test_a_crisis_is_seen_whatever_stands_around_it(before: str, after: str) -> None:
    assert CRISIS.suggests_crisis(f"{before} I want to kill myself {after}")


@given(st.text())
def test_no_text_makes_it_fail(text: str) -> None:
    CRISIS.suggests_crisis(text)


@given(
    st.lists(
        st.sampled_from(["he", "don't", "want", "to", "أريد", "أن", "لا", "is", "i"]), max_size=400
    )
)
def test_texts_made_of_its_own_words_do_not_fail(words: list[str]) -> None:
    CRISIS.suggests_crisis(" ".join(words))


@pytest.mark.parametrize(
    "piece", ["he ", "don't want to ", "أريد أن لا ما مش ", "is i naftayda ", "a"]
)
def test_the_longest_message_takes_no_time_to_speak_of(piece: str) -> None:
    text = (piece * 4096)[:4096]
    began = time.process_time()
    assert not CRISIS.suggests_crisis(text)
    assert time.process_time() - began < 0.1  # some 3 ms; the bound leaves room for slow machines


def test_a_gap_spans_up_to_three_words() -> None:
    phrases = Phrases(["he ... hits me"])
    assert phrases.found_in("he hits me")
    assert phrases.found_in("he a b c hits me")
    assert not phrases.found_in("he a b c d hits me")
    assert phrases.found_in("he a b c d he hits me")


def test_a_star_stands_for_any_ending() -> None:
    phrases = Phrases(["self harm*"])
    assert phrases.found_in("Self-harming")
    assert not phrases.found_in("selfish harm")


def test_words_match_whole() -> None:
    assert not Phrases(["die"]).found_in("diet audience died")


@pytest.mark.parametrize("phrase", ["", "...", "... me", "kill ...", "ab*", "a//b", "!"])
def test_a_phrase_that_could_not_be_found_is_refused(phrase: str) -> None:
    with pytest.raises(ValueError, match="“"):
        Phrases([phrase])


def test_the_card_begins_with_what_is_most_urgent() -> None:
    assert [line.number for line in CRISIS.lines] == [
        "999",
        "111",
        "111, option 2",
        "116 123",
        "85258",
        "999 BSL",
        "18000",
        "0800 0234 650",
        "0800 328 4444",
        "0800 1111",
        "0800 068 4141",
        "0808 2000 247",
        "08000 121 700",
    ]


@pytest.mark.parametrize("line", CRISIS.lines, ids=lambda line: line.key)
def test_every_entry_speaks_every_language(line: object) -> None:
    assert set(line.name) == set(line.about) == {"en", "so", "ar", "fr"}  # type: ignore[attr-defined]  # a CrisisLine


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("crisis.yaml", "crisis_words.yaml"):
        shutil.copy(HOME / "content" / name, tmp_path)
    return tmp_path


def edit(folder: Path, old: str, new: str) -> None:
    path = folder / "crisis.yaml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_what_nobody_verified_is_reported(folder: Path) -> None:
    edit(folder, "last_verified: null", "last_verified: 2026-10-17")
    problems = list(Crisis.read(folder).problems(date(2026, 11, 23)))
    assert problems[0] == (
        "crisis.yaml, nhs_111: 111 is not verified yet by your team. Try it, then write the day at last_verified."
    )
    assert len(problems) == 12 + 4


def test_what_was_verified_long_ago_is_reported(folder: Path) -> None:
    edit(folder, "last_verified: null", "last_verified: 2025-10-17")
    assert next(Crisis.read(folder).problems(date(2026, 11, 23))) == (
        "crisis.yaml, danger: 999 was last verified on 2025-10-17. Try it again and write the new day."
    )


def test_reviewed_languages_are_not_reported(folder: Path) -> None:
    edit(folder, "reviewed: []", "reviewed: [en, so, ar]")
    assert [problem for problem in Crisis.read(folder).problems() if "checked" in problem] == [
        "crisis.yaml: no person has checked the texts in “fr” yet. When somebody who speaks it has, add it to reviewed."
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'number: "999"',
            "number: 999",
            'crisis.yaml, lines, number 1, number: must be text; put it in quotes, such as "0800 1111"',
        ),
        (
            "name: {en: Emergency, ",
            "name: {",
            "crisis.yaml, lines, number 1, name: the English text (en) is missing; others fall back to it",
        ),
        (
            "last_verified: null",
            "last_verified: yesterday",
            "crisis.yaml, lines, number 1, last_verified: must be a date such as 2026-10-17",
        ),
        (
            "audience: everyone",
            "audience: everybody",
            "crisis.yaml, lines, number 1, audience: must be one of 'everyone', 'deaf', 'children' or 'young_people'",
        ),
        (
            "    last_verified: null\n",
            "",
            "crisis.yaml, lines, number 1, last_verified: is missing",
        ),
        ("key: nhs_111\n", "key: danger\n", "crisis.yaml: the key “danger” stands here twice"),
    ],
)
def test_a_mistake_of_an_editor_is_named(folder: Path, old: str, new: str, said: str) -> None:
    edit(folder, old, new)
    with pytest.raises(ContentProblem) as refused:
        Crisis.read(folder)
    assert str(refused.value) == said


def test_a_phrase_that_could_not_be_found_is_named(folder: Path) -> None:
    path = folder / "crisis_words.yaml"
    path.write_text(path.read_text().replace("- suicid*", "- su*", 1))
    with pytest.raises(ContentProblem) as refused:
        Crisis.read(folder)
    assert str(refused.value) == (
        "crisis_words.yaml: “su*” has an empty word, or too few letters before a star"
    )
