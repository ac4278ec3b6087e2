"""The staff survey: the items and routes that the Race Steering Group's project needs."""

import re

from tests.content.tables import STAFF, listed, sheet, texts


def test_it_asks_this_in_this_order_of_these_people() -> None:
    unfair = "${unfair} = 'often' or ${unfair} = 'sometimes' or ${unfair} = 'once'"
    assert [
        (row["type"], row.get("name", ""), row.get("relevant", ""))
        for row in sheet(STAFF, "survey")
    ] == [
        ("note", "title", ""),
        ("note", "about", ""),
        ("note", "readers", ""),
        ("note", "telegram", ""),
        ("note", "freedom", ""),
        ("note", "keeping", ""),
        ("select_one consent", "consent", ""),
        ("note", "not_now", "${consent} = 'not_now'"),
        ("begin_group", "questions", "${consent} = 'agree'"),
        ("calculate", "shuffle", ""),
        ("select_one work", "work", ""),
        ("select_one employer", "employer", ""),
        ("select_one band", "band", ""),
        (
            "select_one yes_maybe_no",
            "ambition",
            "${band} != 'b8d_up' and ${band} != 'other_up'",
        ),
        ("select_one yes_no", "applied", ""),
        ("select_one outcome", "outcome", "${applied} = 'yes'"),
        (
            "select_one feedback",
            "feedback",
            (
                "${outcome} = 'not_shortlisted' or ${outcome} = 'shortlisted' "
                "or ${outcome} = 'interviewed'"
            ),
        ),
        ("select_multiple support", "had", ""),
        ("select_multiple support", "missed", "count-selected(${had}) < 8"),
        ("select_one agree5", "fair", ""),
        ("select_multiple barriers", "barriers", ""),
        (
            "select_one barriers",
            "main_barrier",
            "count-selected(${barriers}) >= 2",
        ),
        ("select_one unfair", "unfair", ""),
        ("note", "support", unfair),
        ("select_one told", "told", unfair),
        ("select_one yes_no", "leaving", ""),
        ("select_multiple help_most", "help_most", ""),
        ("text", "more", ""),
        ("select_one ethnic_group", "ethnic_group", ""),
        (
            "select_one ethnicity",
            "ethnicity",
            "${ethnic_group} != '' and ${ethnic_group} != 'not_say'",
        ),
        ("end_group", "", ""),
    ]


def test_nothing_is_required_but_consent() -> None:
    required = {row["name"]: row["required"] for row in sheet(STAFF, "survey") if "required" in row}
    assert required == {"consent": "yes"}


def test_what_one_answer_takes_from_another_question() -> None:
    rows = sheet(STAFF, "survey")
    assert {row["name"]: row["choice_filter"] for row in rows if "choice_filter" in row} == {
        "missed": "name = 'none' or not(selected(${had}, name))",
        "main_barrier": "name != 'nothing' and selected(${barriers}, name)",
        "ethnicity": "group = ${ethnic_group} or group = 'any'",
    }


def test_long_lists_come_in_an_order_of_the_persons_own() -> None:
    rows = sheet(STAFF, "survey")
    assert {row["name"]: row["parameters"] for row in rows if "parameters" in row} == (
        dict.fromkeys(("had", "missed", "barriers", "help_most"), "randomize=true, seed=${shuffle}")
    )


def test_the_order_is_one_of_few_so_that_it_points_at_nobody() -> None:
    """A number of one person's own would tie the answers to what was saved before."""
    rows = sheet(STAFF, "survey")
    assert {row["name"]: row["calculation"] for row in rows if "calculation" in row} == {
        "shuffle": "once((int(random() * 24) + 1) * 7919)"
    }


def test_limits_of_answers() -> None:
    alone = "not(selected(., 'none') and count-selected(.) > 1)"
    rows = sheet(STAFF, "survey")
    assert {row["name"]: row["constraint"] for row in rows if "constraint" in row} == {
        "had": alone,
        "missed": alone,
        "barriers": "not(selected(., 'nothing') and count-selected(.) > 1)",
        "help_most": f"count-selected(.) <= 3 and {alone}",
        "more": "string-length(.) <= 1000",
    }


def test_the_choices() -> None:
    assert {name: " ".join(keys) for name, keys in listed(STAFF).items()} == {
        "consent": "agree not_now",
        "work": "clinical not_clinical both not_say",
        "employer": "hospital trust primary council board charity other not_say",
        "band": "b2_5 b6_7 b8a_8c b8d_up medical other_up other_low not_say",
        "yes_maybe_no": "yes maybe no not_say",
        "yes_no": "yes no not_say",
        "outcome": "not_shortlisted shortlisted interviewed appointed withdrew",
        "feedback": "useful not_useful no not_say",
        "support": "mentor coach sponsor acting stretch shadow network course none",
        "agree5": "strongly_agree agree neither disagree strongly_disagree unknown",
        "barriers": (
            "network mentor coach sponsor stretch info panel feedback appraisal culture micro "
            "discrim speakup inter_self inter_care inter_abroad self rolemodel nothing"
        ),
        "unfair": "often sometimes once no not_say",
        "told": "helped no_help worse nobody not_say",
        "help_most": ("adverts panels sponsors secondments feedback managers targets none"),
        "ethnic_group": "asian black mixed white other not_say",
        "ethnicity": (
            "bangladeshi chinese indian pakistani asian_other "
            "african caribbean black_other "
            "white_asian white_african white_caribbean mixed_other "
            "british irish traveller roma white_other "
            "arab any_other "
            "no_more"
        ),
    }


def test_all_support_is_ticked_when_as_many_are_as_there_are() -> None:
    """`missed` is hidden by a number: it must be the number of choices but "none"."""
    assert len(listed(STAFF)["support"]) - 1 == 8


def test_the_nhs_code_follows_from_the_ethnic_group() -> None:
    """The NHS Data Dictionary's ETHNIC CATEGORY of 2001, from the census list of 2021."""
    rows = [row for row in sheet(STAFF, "choices") if "nhs_code" in row]
    assert [(row.get("group", ""), row["name"], row["nhs_code"]) for row in rows] == [
        ("", "not_say", "Z"),
        ("asian", "bangladeshi", "K"),
        ("asian", "chinese", "R"),
        ("asian", "indian", "H"),
        ("asian", "pakistani", "J"),
        ("asian", "asian_other", "L"),
        ("black", "african", "N"),
        ("black", "caribbean", "M"),
        ("black", "black_other", "P"),
        ("mixed", "white_asian", "F"),
        ("mixed", "white_african", "E"),
        ("mixed", "white_caribbean", "D"),
        ("mixed", "mixed_other", "G"),
        ("white", "british", "A"),
        ("white", "irish", "B"),
        ("white", "traveller", "C"),
        ("white", "roma", "C"),
        ("white", "white_other", "C"),
        ("other", "arab", "S"),
        ("other", "any_other", "S"),
        ("any", "no_more", "Z"),
    ]


def test_free_text_names_nobody() -> None:
    hint = dict(texts(STAFF))["survey/more/hint"]["en"]
    assert hint.startswith("Please do not name people.")


def test_whoever_was_treated_unfairly_is_shown_the_way_to_help() -> None:
    support = dict(texts(STAFF))["survey/support/label"]["en"]
    assert "someone you trust at work" in support
    assert re.findall(r"/\w+|\d+", support) == ["/help"]
