"""What is remembered of rules for everybody, and what is not."""

from bot.forms.xforms.memory import MOST, Memory
from tests.forms.xforms.taking import Taking, table

TOWNS = "name,label,county\n" + "".join(
    f"t{number},Town {number},c{number % 5}\n" for number in range(5_000)
)


def held(memory: Memory) -> str:
    """Everything in it but the lists of choices, which are the form's own."""
    own = (found for found, _ in memory.kept.values() if not isinstance(found, tuple))
    return repr([*memory.kept, *own])


def test_nothing_that_people_typed_is_remembered() -> None:
    form = table(
        "type | name | label | relevant | calculation | choice_filter",
        "text | name | Name? | | | ",
        "date | born | Born? | ${name} != '' | | ",
        "integer | phone | Telephone? | ${born} < today() | | ",
        "calculate | both | | | concat(${name}, ' ', ${phone}) | ",
        "note | hello | Hello ${both}! | string-length(${both}) > 3 | | ",
        "begin_repeat | kids | Child | | | ",
        "text | kid | Name of child? | | | ",
        "end_repeat | | | | | ",
        "select_one ${kid} | eldest | Who is the eldest? | | | ",
        "text | why | Why ${eldest}? | ${eldest} != '' | | ",
        "text | town | Which town? | | | ",
        "select_one_from_file towns.csv | where | Which? | | | contains(label, ${town})",
        "text | more | More? | ${where} != 't1' | | ",
    )
    ali = Taking(form, files={"towns.csv": TOWNS.encode()})
    ali.says("Alia Noor").says("1 June 1980").says("7700900123").says("Mariam").picks("no")
    ali.picks("Mariam").says("First").says("Town 77").picks("t77")
    assert ali.asked.question.name == "more"
    said = held(ali.plan.memory)
    for typed in ("Alia", "1980", "7700900123", "Mariam", "First", "Town 77"):
        assert typed not in said, typed
    assert "('t77',)" in said


def test_a_short_number_is_remembered_and_a_long_one_is_not() -> None:
    form = table(
        "type | name | label | relevant",
        "integer | age | Age? | ",
        "text | grown | What do you do? | ${age} > 17",
        "text | more | More? | ",
    )
    ali = Taking(form).says("37")
    assert "('37',)" in held(ali.plan.memory)
    ben = Taking(form).says("77009001")
    assert ben.asked.question.name == "grown"
    assert "77009001" not in held(ben.plan.memory)


def test_lists_of_choices_weigh_what_they_are_long_and_the_first_go_first() -> None:
    form = table(
        "type | name | label | choice_filter",
        "select_one_from_file names.csv | a | A? | ",
        "select_one_from_file towns.csv | town | Town? | ${a} != 'x'",
    )
    names = "name,label\n" + "".join(f"n{number},N{number}\n" for number in range(40))
    files = {"towns.csv": TOWNS.encode(), "names.csv": names.encode()}
    for number in range(40):
        ali = Taking(form, files=files).picks(f"n{number}")
        assert len(ali.asked.choices) == 5_000
    memory = ali.plan.memory
    assert MOST - 6_000 < memory.weight <= MOST
    assert memory.weight == sum(weight for _, weight in memory.kept.values())
    assert "('n39',)" in held(memory)
    assert "('n0',)" not in held(memory)
