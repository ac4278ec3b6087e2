"""What XLSForm's columns do, one after another."""

from datetime import timedelta

import pytest

from bot.forms.inputs import Done, Located, Reason, Sent, Toggled
from tests.forms.xforms.taking import Taking, table


def test_relevant_asks_only_where_it_holds() -> None:
    form = table(
        "type | name | label | relevant",
        "select_one yn | pets | Pets? | ",
        "integer | many | How many? | ${pets} = 'yes'",
        "text | names | Names? | ${many} > 1",
    )
    ali = Taking(form).picks("yes").says("2").says("Rex, Mia")
    assert ali.record == {"pets": "yes", "many": 2, "names": "Rex, Mia"}
    ali = Taking(form).picks("yes").says("2").says("Rex").changes("pets").picks("no")
    assert sorted(ali.dropped) == ["many", "names"]
    assert ali.record == {"pets": "no"}


def test_constraint_and_required_with_their_messages() -> None:
    form = table(
        "type | name | label | constraint | constraint_message | required | required_message",
        "integer | age | Age? | . >= 18 and . < 120 | Only grown-ups | | ",
        "text | town | Town? | | | yes | We need your town",
        "text | why | Why? | | | ${age} > 90 | ",
    )
    ali = Taking(form).says("7")
    assert ali.refusal == (Reason.CONSTRAINT, {"message": "Only grown-ups"})
    ali.says("91").skips()
    assert ali.refusal == (Reason.REQUIRED, {"message": "We need your town"})
    ali.says("Wembley").skips()
    assert ali.refusal == (Reason.REQUIRED, {})
    ali.changes("age") if ali.at_the_check else ali.goes_back().goes_back()
    ali.says("40")
    assert ali.record == {"age": 40, "town": "Wembley"}


def test_an_answer_that_breaks_a_rule_after_a_change_is_asked_again() -> None:
    form = table(
        "type | name | label | constraint",
        "integer | low | Least? | ",
        "integer | high | Most? | . > ${low}",
    )
    ali = Taking(form).says("1").says("5").changes("low").says("9")
    assert (ali.dropped, ali.name) == (["high"], "high")
    assert ali.says("10").record == {"low": 9, "high": 10}


def test_choices_cascade_and_a_change_at_the_top_drops_below() -> None:
    form = table(
        "type | name | label | choice_filter",
        "select_one county | county | County? | ",
        "select_one town | town | Town? | county = ${county}",
        "select_one road | road | Road? | town = ${town}",
        choices="""
| choices | | | | | |
| | list_name | name | label | county | town |
| | county | k | Kent | | |
| | county | s | Sussex | | |
| | town | dover | Dover | k | |
| | town | hove | Hove | s | |
| | town | lewes | Lewes | s | |
| | road | high | High St | | hove |
| | road | low | Low St | | hove |
""",
    )
    ali = Taking(form).picks("s")
    assert ali.choices == ["hove", "lewes"]
    ali.picks("hove")
    assert ali.choices == ["high", "low"]
    ali.picks("low").changes("county").picks("k")
    assert sorted(ali.dropped) == ["road", "town"]
    assert ali.choices == ["dover"]
    ali.picks("dover")  # there is no road to choose there, so nobody is asked for one
    assert ali.record == {"county": "k", "town": "dover"}


def test_choices_from_a_file_and_from_a_repeat() -> None:
    form = table(
        "type | name | label",
        "begin_repeat | kids | Child",
        "text | kid | Name?",
        "end_repeat | | ",
        "select_one ${kid} | eldest | Who is the eldest?",
        "select_one_from_file wards.csv | ward | Ward?",
    )
    files = {"wards.csv": b"name,label\nn1,North\ns1,South\n"}
    ali = Taking(form, files=files).says("Bo").picks("yes").says("Cy").picks("no")
    assert ali.choices == ["Bo", "Cy"]
    ali.picks("Cy")
    assert [choice.label for choice in ali.asked.choices] == ["North", "South"]
    assert ali.picks("s1").record == {
        "kids": ({"kid": "Bo"}, {"kid": "Cy"}), "eldest": "Cy", "ward": "s1"
    }  # fmt: skip


@pytest.mark.parametrize(
    "wards",
    [
        b'name,label\nn1,"North, upper"\ns1,"South\nand ""east"""\n',
        '\ufeffname;label\r\nn1;North, upper\r\ns1;"South\r\nand ""east"""\r\n'.encode(),
        b'sep=;\r\nname;label\r\nn1;North, upper\r\ns1;"South\r\nand ""east"""\r\n',
        'name\tlabel\nn1\tNorth, upper\n\ns1\t"South\nand ""east"""\n'.encode("utf-16"),
        b'name,label\rn1,"North, upper"\rs1,"South\rand ""east"""\r',
        b'sep=;\rname;label\rn1;North, upper\rs1;"South\rand ""east"""\r',
    ],
)
def test_a_list_is_asked_as_it_was_checked_however_it_was_saved(wards: bytes) -> None:
    form = table("type | name | label", "select_one_from_file wards.csv | ward | Ward?")
    ali = Taking(form, files={"wards.csv": wards})
    assert [(choice.key, choice.label) for choice in ali.asked.choices] == [
        ("n1", "North, upper"),
        ("s1", 'South\nand "east"'),
    ]


def test_a_repeat_goes_on_as_long_as_the_person_wants() -> None:
    form = table(
        "type | name | label | calculation",
        "begin_repeat | kids | Child | ",
        "text | kid | Name of child? | ",
        "integer | age | Age of ${kid}? | ",
        "end_repeat | | | ",
        "calculate | sum | | sum(${age})",
        "note | bye | Together ${sum} years | ",
        "text | more | More? | ",
    )
    ali = Taking(form)
    assert ali.asked.question.headings == ("Child 1",)  # type: ignore[attr-defined]
    ali.says("Bo")
    assert ali.label == "Age of Bo?"
    ali.says("3")
    assert (ali.name, ali.label) == ("kids[2]+", "Child")
    ali.picks("yes").says("Cy").says("5").picks("no")
    assert ali.notes == ["Together 8 years"]
    ali.says("no")
    ali.changes("kids[2]+").picks("no")
    assert ali.dropped == ["kids[2]/kid", "kids[2]/age"]
    assert ali.record == {"kids": ({"kid": "Bo", "age": 3},), "sum": "3", "more": "no"}


def test_a_repeat_with_a_count_follows_it() -> None:
    form = table(
        "type | name | label | repeat_count",
        "integer | many | How many? | ",
        "begin_repeat | kids | Child | ${many}",
        "text | kid | Name? | ",
        "begin_repeat | toys | Toy | 2",
        "text | toy | Toy of ${kid}? | ",
        "end_repeat | | | ",
        "end_repeat | | | ",
        "text | end | End? | ",
    )
    ali = Taking(form).says("0")
    assert ali.name == "end"
    ali.goes_back().says("2").says("Bo").says("ball").says("car").says("Cy")
    assert ali.label == "Toy of Cy?"
    ali.says("doll").says("bear").says("x").changes("many").says("1")
    assert ali.dropped == ["kids[2]/kid", "kids[2]/toys[1]/toy", "kids[2]/toys[2]/toy"]
    record = ali.record
    assert record["kids"] == ({"kid": "Bo", "toys": ({"toy": "ball"}, {"toy": "car"})},)
    ali = Taking(form).says("999999999")
    assert ali.asked.progress.about == 302  # a hundred children at most, with two toys each


def test_a_repeat_that_is_not_relevant_is_not_asked() -> None:
    form = table(
        "type | name | label | relevant",
        "select_one yn | any | Children? | ",
        "begin_repeat | kids | Child | ${any} = 'yes'",
        "text | kid | Name? | ",
        "end_repeat | | | ",
    )
    assert Taking(form).picks("no").record == {"any": "no"}
    ali = Taking(form).picks("yes").says("Bo").picks("no")
    assert ali.changes("any").picks("no").record == {"any": "no"}


def test_defaults_are_offered_kept_changed_or_skipped() -> None:
    form = table(
        "type | name | label | default",
        "integer | people | People? | 2",
        "select_one yn | sure | Sure? | yes",
        "date | day | Day? | today()",
        "text | town | Town? | ",
    )
    ali = Taking(form)
    assert (ali.asked.answer, ali.asked.can_keep) == (2, True)
    ali.keeps()
    assert ali.asked.answer == "yes"
    ali.picks("no")
    assert ali.asked.answer == "2026-11-25"
    ali.skips().says("Brent")
    assert ali.record == {"people": 2, "sure": "no", "town": "Brent"}


def test_calculations_hang_on_each_other() -> None:
    form = table(
        "type | name | label | calculation | relevant",
        "integer | a | A? | | ",
        "calculate | double | | ${a} * 2 | ",
        "calculate | text | | concat('d', ${double}) | ",
        "note | n | It is ${text} | | ",
        "integer | b | B? | | ${double} > 10",
        "text | end | End? | | ",
    )
    ali = Taking(form).says("3")
    assert (ali.notes, ali.name) == (["It is d6"], "end")
    ali.goes_back().says("7")
    assert (ali.notes, ali.name) == (["It is d14"], "b")
    assert ali.says("1").record == {"a": 7, "double": "14", "text": "d14", "b": 1}


def test_a_trigger_sets_a_value_when_its_source_changes() -> None:
    form = table(
        "type | name | label | calculation | trigger",
        "select_one yn | a | A? | | ",
        "calculate | at | | string(now()) | ${a}",
        "text | b | B? | concat('was ', ${a}) | ${a}",
    )
    ali = Taking(form).picks("yes")
    assert ali.asked.answer == "was yes"
    ali.says("mine")
    ali.waits(timedelta(hours=1))
    ali.changes("a").picks("no")
    assert ali.asked.answer == "was no"  # the answer to b gave way
    assert ali.keeps().record == {"a": "no", "b": "was no"}  # a time would tell whose it is


def test_a_shuffled_list_keeps_its_order_for_the_whole_interview() -> None:
    form = table(
        "type | name | label | parameters",
        "select_multiple c | a | A? | randomize=true",
        "select_one c | b | B? | randomize=true, seed=7",
        choices="""
| choices | | | | |
| | list_name | name | label::English (en) | label::French (fr) | exclusive |
| | c | none | None | Rien | yes |
"""
        + "".join(f"| | c | c{n} | C{n} | F{n} | |\n" for n in range(12)),
    )
    ali = Taking(form, seed=1)
    order = ali.choices
    assert order[-1] == "none"
    assert sorted(order[:-1]) == sorted(f"c{n}" for n in range(12))
    assert Taking(form, seed=2).choices != order
    ali.answers(Toggled("c3"))
    assert ali.choices == order
    ali.speaks("French (fr)")
    ali.looks_again()
    assert ali.choices == order
    ali.answers(Toggled("none"))
    assert ali.asked.ticks == ("none",)
    ali.ticks("c7", "c1")
    assert ali.choices == Taking(form, seed=9).skips().choices  # a seed of the form is for all
    assert ali.record == {"a": ("c1", "c7")}  # in the order of the list, which tells nothing


def test_names_in_texts_choices_and_choice_names() -> None:
    form = table(
        "type | name | label | calculation",
        "text | who | Who? | ",
        "select_one c | how | How is ${who}? | ",
        "calculate | said | | jr:choice-name(${how}, '${how}')",
        "text | why | Why is ${who} ${said}? | ",
        choices="| choices | | | |\n| | list_name | name | label |\n| | c | w | well |\n",
    )
    ali = Taking(form).says("*Bo* <b>")
    assert ali.label == r"How is \*Bo\* \<b\>?"
    ali.picks("w")
    assert ali.label == r"Why is \*Bo\* \<b\> well?"


def test_once_keeps_its_first_value() -> None:
    form = table(
        "type | name | label | calculation",
        "calculate | number | | once(random())",
        "note | n | ${number} | ",
        "text | a | A? | ",
        "text | b | B ${number}? | ",
    )
    ali = Taking(form)
    first = ali.step.interview.given["number"]
    assert ali.notes == [first]
    ali.says("x")
    assert ali.label == f"B {first}?"
    assert ali.says("y").record == {"a": "x", "b": "y"}


def test_what_would_say_who_somebody_is_stays_empty() -> None:
    form = table(
        "type | name | label | trigger",
        "deviceid | device | | ",
        "username | who | | ",
        "start-geopoint | where | | ",
        "audit | audit | | ",
        "text | a | A${who}? | ",
        "background-geopoint | there | | ${a}",
    )
    ali = Taking(form)
    assert ali.label == "A?"
    assert ali.says("x").record == {"a": "x"}


def test_other_ranks_ranges_and_what_is_acknowledged() -> None:
    form = table(
        "type | name | label | parameters | required",
        "select_one c or_other | best | Best? | | ",
        "rank d | order | Order? | | ",
        "range | pain | Pain? | start=0 end=10 step=2 | ",
        "range | cost | Cost? | start=0 end=100 step=1 | ",
        "acknowledge | ok | Read this | | yes",
        choices="""
| choices | | | |
| | list_name | name | label |
| | c | a | A |
| | d | x | X |
| | d | y | Y |
""",
    )
    ali = Taking(form).picks("other").says("Z").ticks("y", "x")
    assert ali.choices == ["0", "2", "4", "6", "8", "10"]
    ali.says("3")
    assert ali.refusal[0] == Reason.NOT_A_STEP
    ali.picks("4")
    assert ali.choices == []
    ali.says("101")
    assert ali.refusal[0] == Reason.TOO_LARGE
    ali.says("99").skips()
    assert ali.refusal[0] == Reason.REQUIRED
    assert ali.picks("OK").record == {
        "best": "other", "best_other": "Z", "order": ("y", "x"), "pain": 4, "cost": 99, "ok": "OK",
    }  # fmt: skip


def test_places_files_dates_and_times() -> None:
    form = table(
        "type | name | label",
        "geopoint | where | Where?",
        "image | photo | Photo?",
        "date | day | Day?",
        "time | at | At?",
        "dateTime | when | When?",
        "decimal | much | Much?",
    )
    ali = Taking(form).answers(Located(51.5, -0.12, 8)).answers(Sent("image", "f1", "a.png"))
    ali.says("29 March 2026").says("2pm").says("29/3/2026 14:05").says("2.5")
    assert ali.record == {
        "where": "51.5 -0.12 0 1000",
        "photo": {"file_id": "f1", "name": "a.png", "mime": ""},
        "day": "2026-03-29",
        "at": "14:00",
        "when": "2026-03-29T14:05:00.000+01:00",
        "much": 2.5,
    }


def test_a_place_is_kept_as_nearly_as_the_form_asks_and_never_exactly() -> None:
    form = table(
        "type | name | label | parameters",
        "geopoint | rough | Where? | ",
        "geopoint | near | Where? | capture-accuracy=50",
        "geopoint | far | Where? | capture-accuracy=5000",
    )
    ali = Taking(form).answers(Located(51.556789, -0.279123, 8))
    assert ali.asked.question.within == 100
    ali.says("51.556789, -0.279123, 40").says("51.556789 -0.279123 40 7000")
    assert ali.record == {
        "rough": "51.56 -0.28 0 1000",
        "near": "51.557 -0.279 0 100",
        "far": "51.56 -0.28 0 7000",
    }


def test_a_language_in_the_middle_and_texts_that_one_lacks() -> None:
    form = table(
        "type | name | label::English (en) | label::French (fr) | hint::English (en)",
        "text | a | Name? | Nom ? | first and last",
        "text | b | Town? | | ",
        settings="| settings | |\n| | default_language |\n| | English (en) |\n",
    )
    ali = Taking(form, "French (fr)")
    assert (ali.label, ali.asked.question.hint) == ("Nom ?", "first and last")
    ali.says("x")
    assert ali.label == "Town?"
    ali.goes_back()
    ali.speaks("English (en)")
    assert ali.looks_again().label == "Name?"


def test_groups_head_their_questions_and_nest_in_the_record() -> None:
    form = table(
        "type | name | label | relevant",
        "begin_group | home | Home | ",
        "begin_group | rooms | Rooms | ",
        "integer | beds | Beds? | ",
        "end_group | | | ",
        "begin_group | garden | Garden | ${beds} > 2",
        "text | tree | Tree? | ",
        "end_group | | | ",
        "end_group | | | ",
    )
    ali = Taking(form)
    assert ali.asked.question.headings == ("Home", "Rooms")  # type: ignore[attr-defined]
    assert ali.says("3").says("oak").record == {
        "home": {"rooms": {"beds": 3}, "garden": {"tree": "oak"}}
    }
    assert Taking(form).says("1").record == {"home": {"rooms": {"beds": 1}}}


def test_a_form_of_notes_ends_at_once_and_what_is_only_read_shows_its_value() -> None:
    notes = table("type | name | label", "note | a | Hello", "note | b | Goodbye")
    ali = Taking(notes)
    assert (ali.notes, ali.record) == (["Hello", "Goodbye"], {})
    form = table(
        "type | name | label | calculation | read_only",
        "integer | a | A? | | ",
        "integer | b | Twice that | ${a} * 2 | yes",
        "text | c | C? | | ",
    )
    assert Taking(form).says("4").notes == ["Twice that\n8"]


def test_what_was_chosen_is_read_in_its_own_words() -> None:
    form = table(
        "type | name | label::English (en) | label::French (fr) | default | read_only",
        "select_one c | one | One | Un | a_1 | yes",
        "select_multiple c | many | Many | Plusieurs | b_2 a_1 gone | yes",
        "text | end | End? | Fin ? | | ",
        choices="""
| choices | | | | |
| | list_name | name | label::English (en) | label::French (fr) |
| | c | a_1 | **An** apple | Une pomme |
| | c | b_2 | A pear | Une poire |
""",
    )
    assert Taking(form).notes == ["One\n**An** apple", "Many\nA pear\n**An** apple\ngone"]
    assert Taking(form, "French (fr)").notes == [
        "Un\nUne pomme",
        "Plusieurs\nUne poire\nUne pomme\ngone",
    ]


def test_today_moves_with_time() -> None:
    form = table(
        "type | name | label | constraint",
        "date | born | Born? | . <= today()",
        "text | a | A? | ",
    )
    ali = Taking(form).says("26 November 2026")
    assert ali.refusal[0] == Reason.CONSTRAINT
    ali.waits(timedelta(days=1))
    assert ali.says("26 November 2026").name == "a"


def test_the_title_in_every_language_is_no_question_and_no_note() -> None:
    form = table(
        "type | name | label::English (en) | label::French (fr)",
        "note | title | Tea | Le thé",
        "text | a | A? | A ?",
    )
    ali = Taking(form)
    assert ali.notes == []
    assert ali.plan.form.titles.pieces == {"English (en)": ("Tea",), "French (fr)": ("Le thé",)}


def test_nothing_chosen_is_refused_where_a_tick_is_required() -> None:
    form = table("type | name | label | required", "select_multiple yn | a | A? | yes")
    assert Taking(form).answers(Done()).refusal[0] == Reason.NOTHING_TICKED


def test_pulldata_looks_into_a_file() -> None:
    form = table(
        "type | name | label | calculation",
        "text | code | Code? | ",
        "calculate | town | | pulldata('towns', 'label', 'name', ${code})",
        "note | n | You live in ${town} | ",
        "text | a | A? | ",
    )
    files = {"towns.csv": b"name,label\nha9,Wembley\nw3,Acton\n"}
    assert Taking(form, files=files).says("w3").notes == ["You live in Acton"]


def test_names_in_the_labels_of_choices_are_this_persons() -> None:
    form = table(
        "type | name | label",
        "text | who | Who?",
        "select_one c | how | How?",
        "text | end | End?",
        choices="| choices | | | |\n| | list_name | name | label |\n| | c | w | ${who} is well |\n",
    )
    for name in ("Bo", "Cy"):
        ali = Taking(form).says(name)
        assert [choice.label for choice in ali.asked.choices] == [f"{name} is well"]


def test_a_constraint_on_a_sum_says_its_message() -> None:
    form = table(
        "type | name | label | calculation | constraint | constraint_message",
        "integer | a | A? | | | ",
        "integer | b | B? | | ${sum} <= 10 | Together at most ten",
        "calculate | sum | | ${a} + ${b} | | ",
        "text | c | C? | | | ",
    )
    ali = Taking(form).says("7").says("5")
    assert ali.refusal == (Reason.CONSTRAINT, {"message": "Together at most ten"})
    assert ali.says("3").name == "c"


def test_a_change_drops_every_answer_that_it_refuses() -> None:
    rows = ["integer | q0 | Q0? | "]
    rows += [f"integer | q{n} | Q{n}? | . > ${{q{n - 1}}}" for n in range(1, 40)]
    ali = Taking(table("type | name | label | constraint", *rows))
    for n in range(40):
        ali.says(str(n))
    ali.changes("q0").says("500")
    assert len(ali.dropped) == 39
    assert ali.record == {"q0": 500}


def test_numbers_that_no_answer_can_hold_are_not_offered() -> None:
    form = table(
        "type | name | label | default | calculation",
        "integer | a | A? | 1e40 | ",
        "decimal | b | B? | | pow(10, 400)",
        "decimal | c | C? | 1e9999999 | ",
        "text | d | D? | | ",
    )
    ali = Taking(form)
    assert (ali.asked.answer, ali.skips().asked.answer, ali.skips().asked.answer) == (
        None, None, None,
    )  # fmt: skip


def test_an_answer_that_can_only_be_read_later_stays() -> None:
    form = table(
        "type | name | label | read_only",
        "text | a | A? | ${b} = 'yes'",
        "select_one yn | b | B? | ",
        "text | c | C? | ",
    )
    assert Taking(form).says("mine").picks("yes").record == {"a": "mine", "b": "yes"}


def test_choice_names_in_a_repeat_are_those_of_its_own_repetition() -> None:
    form = table(
        "type | name | label | choice_filter | calculation",
        "begin_repeat | r | R | | ",
        "select_one county | county | County? | | ",
        "select_one town | town | Town? | county = ${county} | ",
        "calculate | said | | | jr:choice-name(${town}, '${town}')",
        "end_repeat | | | | ",
        choices="""
| choices | | | | |
| | list_name | name | label | county |
| | county | k | Kent | |
| | county | s | Sussex | |
| | town | d | Dover | k |
| | town | h | Hove | s |
""",
    )
    ali = Taking(form).picks("k").picks("d").picks("yes").picks("s").picks("h").picks("no")
    repeats = ali.record["r"]
    assert isinstance(repeats, tuple)
    assert [each["said"] for each in repeats] == ["Dover", "Hove"]


def test_a_default_that_reads_a_calculation_of_another_default() -> None:
    form = table(
        "type | name | label | default | calculation",
        "integer | a | A? | 1 + 1 | ",
        "calculate | double | | | ${a} * 2",
        "integer | b | B? | ${double} + 1 | ",
        "text | c | C? | | ",
    )
    ali = Taking(form).keeps()
    assert ali.asked.answer == 5


def test_what_is_required_moves_with_the_day() -> None:
    form = table(
        "type | name | label | required",
        "text | a | A? | today() > date('2026-11-25')",
        "text | b | B? | ",
    )
    ali = Taking(form)
    assert ali.asked.can_skip
    ali.waits(timedelta(days=1))
    assert not ali.looks_again().asked.can_skip


def test_repetitions_of_repetitions_have_an_end() -> None:
    form = table(
        "type | name | label | repeat_count",
        "begin_repeat | r | R | 100",
        "begin_repeat | s | S | 100",
        "begin_repeat | t | T | 100",
        "text | a | A? | ",
        "end_repeat | | | ",
        "end_repeat | | | ",
        "end_repeat | | | ",
    )
    assert 100 < Taking(form).asked.progress.about < 5_000
