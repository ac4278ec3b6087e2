"""Every node of an XForm can be traced to the row it comes from."""

from typing import TYPE_CHECKING

from defusedxml import ElementTree
from hypothesis import given
from hypothesis import strategies as st

from bot.forms.xlsform import Converted, Place, convert_trusted
from tests.forms.xlsform.sheets import form

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

XFORMS = "{http://www.w3.org/2002/xforms}"
LIST = ("list_name | name | label", "yesno | yes | Yes", "yesno | no | No")


def nodes(converted: Converted) -> set[str]:
    """The paths of all nodes of the form, but those about the form itself."""
    root = ElementTree.fromstring(converted.xform).find(f".//{XFORMS}instance/*")
    assert root is not None

    def below(node: "Element", path: str) -> set[str]:
        paths = {path}
        for child in node:
            name = child.tag.partition("}")[2] or child.tag
            paths |= set() if name == "meta" else below(child, f"{path}/{name}")
        return paths

    name = root.tag.partition("}")[2]
    return below(root, f"/{name}") - {f"/{name}"}


def test_nodes_that_pyxform_adds_belong_to_the_row_that_asks_for_them() -> None:
    content = form(
        "type | name | label | appearance | repeat_count | disabled",
        "note | | Hello | | |",
        "select_one yesno or_other | a | A | | |",
        "text | off | Off | | | yes",
        "begin_repeat | r | R | | ${a} + 1 |",
        "begin_group | t | T | table-list | |",
        "select_one yesno | b | B | | |",
        "select_one yesno | c | C | | |",
        "end_group | | | | |",
        "end_repeat | | | | |",
        "today | day | | | |",
        choices=LIST,
        settings=("name", "form"),
    )
    converted = convert_trusted(content, "a.md")
    assert converted.places == {
        path: Place("survey", row)
        for path, row in {
            "/form/generated_note_name_2": 3,
            "/form/a": 4,
            "/form/a_other": 4,
            "/form/r": 6,
            "/form/r_count": 6,
            "/form/r/t": 7,
            "/form/r/t/generated_table_list_label_6": 7,
            "/form/r/t/b": 8,
            "/form/r/t/reserved_name_for_field_list_labels_7": 8,
            "/form/r/t/c": 9,
            "/form/day": 12,
        }.items()
    }
    assert nodes(converted) == set(converted.places)
    assert converted.choice_places == {
        ("yesno", "yes"): Place("choices", 15),
        ("yesno", "no"): Place("choices", 16),
    }


questions = st.sampled_from(
    ["text", "note", "integer", "select_one yesno", "select_multiple yesno or_other", "rank yesno"]
)
trees = st.recursive(
    questions.map(lambda kind: [kind]),
    lambda inside: st.tuples(
        st.sampled_from(["group", "repeat"]), st.lists(inside, max_size=3)
    ).map(
        lambda pair: [
            f"begin_{pair[0]}",
            *(row for rows in pair[1] for row in rows),
            f"end_{pair[0]}",
        ]
    ),
    max_leaves=12,
)


@given(trees=st.lists(trees, min_size=1, max_size=4), gaps=st.booleans())
def test_any_form_can_be_traced(trees: list[list[str]], gaps: bool) -> None:  # noqa: FBT001
    kinds = [kind for tree in trees for kind in tree]
    rows = [
        f"{kind} | {'' if kind == 'note' else f'q{number}'} | Label"
        for number, kind in enumerate(kinds)
    ]
    if gaps:
        rows = [each for row in rows for each in (row, "| | ")]
    converted = convert_trusted(form("type | name | label", *rows, choices=LIST), "a.md")
    assert nodes(converted) <= set(converted.places)
    step = 2 if gaps else 1
    for number, kind in enumerate(kinds):
        if not kind.startswith("end_") and kind != "note":
            [place] = [
                place for path, place in converted.places.items() if path.endswith(f"/q{number}")
            ]
            assert place == Place("survey", 3 + step * number)
