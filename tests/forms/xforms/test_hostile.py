"""Forms that could hurt, and answers that could."""

import pytest

from bot.forms.xforms.order import RulesGoRound
from tests.forms.xforms.taking import Taking, table


def test_rules_that_go_round_are_refused() -> None:
    form = table(
        "type | name | label | relevant",
        "text | a | A? | ${c} = 'x'",
        "text | b | B? | ${a} = 'x'",
        "text | c | C? | ${b} = 'x'",
    )
    with pytest.raises(RulesGoRound) as why:
        Taking(form)
    assert sorted(why.value.paths) == ["/data/a", "/data/b", "/data/c"]


def test_a_rule_that_fails_while_it_is_worked_out_reaches_nobody() -> None:
    form = table(
        "type | name | label | relevant | constraint | calculation",
        "text | pattern | Pattern? | | | ",
        "text | a | A? | regex('aaaa', ${pattern}) | | ",
        "text | b | B? | | regex(., ${pattern}) | ",
        "calculate | c | | | | if(regex('aaaa', ${pattern}), 'yes', 'no')",
        "text | d | D? | | | ",
    )
    person = Taking(form).says("(((")
    assert person.name == "b"  # a rule that cannot be worked out does not hold
    person.says("x")
    assert person.refusal[0] == "constraint"
    assert person.skips().says("end").record == {"pattern": "(((", "d": "end"}


def test_a_pattern_that_explodes_takes_no_time() -> None:
    form = table(
        "type | name | label | constraint",
        "text | a | A? | regex(., '(a+)+$')",
        "text | b | B? | ",
    )
    person = Taking(form).says("a" * 1_900 + "!")
    assert person.refusal[0] == "constraint"


def test_ten_thousand_letters_are_refused() -> None:
    form = table("type | name | label", "text | a | A?", "text | b | B?")
    assert Taking(form).says("x" * 10_000).refusal[0] == "too_long"


def test_names_with_dots_and_hyphens_and_deep_groups() -> None:
    groups = [f"begin_group | g.{n}-x | G | " for n in range(15)]
    ends = ["end_group | | | "] * 15
    form = table(
        "type | name | label | relevant",
        "integer | a.b-c | A? | ",
        *groups,
        "text | d_e | D? | ${a.b-c} > 1",
        *ends,
    )
    record = Taking(form).says("2").says("x").record
    for n in range(15):
        assert isinstance(record, dict)
        record = record.get(f"g.{n}-x", record)
    assert record == {"d_e": "x"}


def test_a_count_that_is_no_number_means_none() -> None:
    form = table(
        "type | name | label | repeat_count",
        "text | many | How many? | ",
        "begin_repeat | r | R | ${many}",
        "text | a | A? | ",
        "end_repeat | | | ",
        "text | b | B? | ",
    )
    for many in ("lots", "-5", "0.4"):
        assert Taking(form).says(many).name == "b"
