"""What a form works out from the clock, by chance or in a language: used, and never kept."""

from datetime import timedelta

from tests.forms.xforms.taking import YES_NO, Taking, table


def test_the_times_that_a_form_asks_for_are_there_for_its_rules_and_not_in_the_record() -> None:
    form = table(
        "type | name | label | relevant",
        "start | s | | ",
        "today | d | | ",
        "end | e | | ",
        "text | a | A? | ${d} = '2026-11-25'",
        "text | b | B? | ${d} != '2026-11-25'",
        "note | n | Since ${s} | ",
        "text | c | C? | ",
    )
    ali = Taking(form)
    ali.waits(timedelta(minutes=5))
    ali.says("x")
    assert ali.notes == [r"Since 2026-11-25T12:00:00.000+00:00"]
    assert ali.says("y").record == {"a": "x", "c": "y"}


def test_a_calculation_that_reads_the_clock_is_used_and_not_kept_however_it_comes_to_it() -> None:
    form = table(
        "type | name | label | calculation | relevant",
        "start | s | | | ",
        "calculate | at | | string(now()) | ",
        "calculate | first | | once(today()) | ",
        "calculate | hour | | substr(${at}, 11, 13) | ",
        "calculate | since | | ${s} | ",
        "calculate | sum | | 1 + 1 | ",
        "calculate | early | | 'yes' | ${hour} < 13",
        "begin_group | g | G | | ${early} = 'yes'",
        "calculate | in_time | | 'yes' | ",
        "text | a | A? | | ",
        "end_group | | | | ",
        "note | n | ${hour} ${since} | | ",
        "integer | read | It is | number(${hour}) | ",
        "text | b | B? | | ",
    )
    ali = Taking(form)
    assert ali.name == "g/a"
    ali.says("x")
    assert ali.notes == [r"12 2026-11-25T12:00:00.000+00:00"]
    assert ali.says("5").says("y").record == {"sum": "2", "g": {"a": "x"}, "read": 5, "b": "y"}


def test_repetitions_as_many_as_the_clock_says_keep_only_what_was_answered() -> None:
    form = table(
        "type | name | label | repeat_count | calculation",
        "begin_repeat | r | R | number(format-date(today(), '%e')) div 25 + 1 | ",
        "calculate | one | | | 1",
        "text | a | A? | | ",
        "end_repeat | | | | ",
    )
    assert Taking(form).says("x").says("y").record == {"r": ({"a": "x"}, {"a": "y"})}


def test_chance_decides_the_order_and_is_not_kept() -> None:
    form = table(
        "type | name | label | calculation | parameters",
        "calculate | seed | | once(int(random() * 1000000)) | ",
        "calculate | code | | once(uuid()) | ",
        "calculate | order | | join(' ', randomize(instance('c')/root/item/name, ${seed})) | ",
        "select_multiple c | a | A? | | randomize=true, seed=${seed}",
        choices="| choices | | | |\n| | list_name | name | label |\n"
        + "".join(f"| | c | c{n} | C{n} |\n" for n in range(9)),
    )
    ali, bo = Taking(form, seed=1), Taking(form, seed=2)
    assert ali.choices != bo.choices
    assert ali.ticks("c3", "c1").record == {"a": ("c1", "c3")}


def test_the_language_that_somebody_speaks_is_not_kept_where_there_are_several() -> None:
    rows = (
        "select_one yn | a | A? | A ? | ",
        "calculate | said | | | jr:choice-name(${a}, '${a}')",
        "date | day | Day? | Jour ? | ",
        "calculate | month | | | format-date(${day}, '%b')",
        "note | n | ${said} | ${said} | ",
        "text | b | B? | B ? | ",
    )
    form = table(
        "type | name | label::English (en) | label::French (fr) | calculation",
        *rows,
        choices="""
| choices | | | | |
| | list_name | name | label::English (en) | label::French (fr) |
| | yn | yes | Yes | Oui |
""",
    )
    ali = Taking(form, "French (fr)").picks("yes").says("1/3/2026")
    assert ali.notes == ["Oui"]
    assert ali.says("x").record == {"a": "yes", "day": "2026-03-01", "b": "x"}
    one = table(
        "type | name | label | calculation",
        "select_one yn | a | A? | ",
        "calculate | said | | jr:choice-name(${a}, '${a}')",
        choices=YES_NO,
    )
    assert Taking(one).picks("yes").record == {"a": "yes", "said": "Yes"}


def test_the_clock_suggests_a_day_and_no_time_and_what_people_type_is_theirs() -> None:
    form = table(
        "type | name | label | default | calculation | trigger",
        "date | day | Day? | today() | | ",
        "dateTime | when | When? | now() | | ",
        "time | at | At? | format-date-time(now(), '%H:%M') | | ",
        "text | code | Code? | uuid() | | ",
        "text | touched | Touched? | | string(now()) | ${day}",
        "calculate | kept | | | once(concat(${when}, ${at}, ${code}, ${touched})) | ",
        "hidden | copied | | ${when} | | ",
        "text | end | End? | | | ",
    )
    ali = Taking(form)
    assert (ali.asked.answer, ali.asked.can_keep) == ("2026-11-25", True)
    ali.keeps()
    assert (ali.asked.answer, ali.asked.can_keep) == (None, False)
    ali.says("24/11/2026 9:30")
    for _ in range(3):
        assert (ali.asked.answer, ali.asked.can_keep) == (None, False)
        ali.skips()
    assert ali.says("x").record == {
        "day": "2026-11-25",
        "when": "2026-11-24T09:30:00.000+00:00",
        "kept": "2026-11-24T09:30:00.000+00:00",
        "end": "x",
    }
