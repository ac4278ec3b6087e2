"""What pyxform writes for an XLSForm is understood: every expression of a form with everything."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring
from pyxform.xls2xform import convert

from bot.forms.expressions import Expression, Instances, Scene, compile_expression
from tests.forms.expressions.world import NOW, tree_of

FORM = """
| survey |
| | type | name | label | relevant | constraint | calculation | choice_filter | parameters | required | repeat_count | default |
| | integer | n | How many? | | . >= 0 and . < 20 | | | | | | 2 |
| | select_one county | county | County | | | | | randomize=true, seed=${n} | | | |
| | select_one ward | ward | Ward | | | | county=${county} | | ${n} > 1 | | |
| | select_multiple county | counties | Counties | selected(${county}, 'brent') | count-selected(.) <= 3 | | | | | | |
| | date | born | Born | | . <= today() | | | | | | today() |
| | begin_repeat | kids | Kids | | | | | | | ${n} | |
| | text | kname | Name | | | | | | | | |
| | integer | kage | Age of ${kname} | ${kname} != '' and ${n} > 1 | . < 18 | | | | | | |
| | select_one ward | kward | Ward | | | | county=${county} and name != ${ward} and name != ${kname} | | | | |
| | calculate | place | | | | position(..) | | | | | |
| | calculate | before | | | | indexed-repeat(${kname}, ${kids}, position(..) - 1) | | | | | |
| | select_one ${kname} | friend | Best friend | | | | position() != position(current()/..) | | | | |
| | end_repeat | | | | | | | | | | |
| | calculate | total | | | | sum(${kage}) | | | | | |
| | calculate | many | | | | count(${kids}) | | | | | |
| | calculate | second | | | | indexed-repeat(${kname}, ${kids}, 2) | | | | | |
| | calculate | label | | | | jr:choice-name(${county}, '${county}') | | | | | |
| | calculate | luck | | | | once(random()) | | | | | |
| | calculate | pulled | | | | pulldata('fruits', 'name', 'key', ${n}) | | | | | |
| | calculate | before_n | | | | ${last-saved#n} | | | | | |
| choices |
| | list_name | name | label | county |
| | county | brent | Brent | |
| | county | ealing | Ealing | |
| | ward | acton | Acton | ealing |
| | ward | kilburn | Kilburn | brent |
| | ward | alperton | Alperton | brent |
"""  # noqa: E501 -- a sheet is as wide as it is
ANSWERS = """
<data><n>2</n><county>brent</county><ward>alperton</ward><counties/><born>2026-03-29</born>
<kids><kname>Ann</kname><kage>4</kage><kward/><place/><before/><friend/></kids>
<kids><kname>Bo</kname><kage>7</kage><kward/><place/><before/><friend/></kids>
<total/><many/><second/><label/><luck/><pulled/><before_n/></data>
"""
BOUND = ("relevant", "constraint", "required", "calculate", "readonly")


def expressions(xform: Element) -> Iterator[tuple[str, str, str]]:
    """Path of the question, kind, expression."""
    for node in xform.iter():
        path = node.get("nodeset") or node.get("ref") or ""
        tag = node.tag.rpartition("}")[2]
        if tag == "bind":
            yield from ((path, kind, node.attrib[kind]) for kind in BOUND if kind in node.attrib)
        elif tag == "setvalue":
            yield path, "default", node.attrib["value"]
        elif tag == "repeat":
            yield path, "count", node.attrib["{http://openrosa.org/javarosa}count"]
        else:
            for itemset in node.findall("{http://www.w3.org/2002/xforms}itemset"):
                yield path, "itemset", itemset.attrib["nodeset"]


def compiled() -> dict[tuple[str, str], Expression]:
    xform = fromstring(convert(FORM, file_type=".md").xform)
    return {
        (path.removeprefix("/data/"), kind): compile_expression(source, path)
        for path, kind, source in expressions(xform)
    }


def test_every_expression_says_what_it_reads() -> None:
    found = {
        key: (each.references, each.instances, each.steady) for key, each in compiled().items()
    }
    assert found == {
        ("n", "constraint"): (("/data/n",), (), True),
        ("county", "itemset"): (("/data/n",), ("county",), True),
        ("ward", "required"): (("/data/n",), (), True),
        ("ward", "itemset"): (("/data/county",), ("ward",), True),
        ("counties", "relevant"): (("/data/county",), (), True),
        ("counties", "constraint"): (("/data/counties",), (), True),
        ("counties", "itemset"): ((), ("county",), True),
        ("born", "constraint"): (("/data/born",), (), False),
        ("born", "default"): ((), (), False),
        ("kids", "count"): (("/data/n",), (), True),
        ("kids/kage", "relevant"): (("/data/kids/kname", "/data/n"), (), True),
        ("kids/kage", "constraint"): (("/data/kids/kage",), (), True),
        ("kids/kward", "itemset"): (
            ("/data/county", "/data/ward", "/data/kids/kname"),
            ("ward",),
            True,
        ),
        ("kids/place", "calculate"): (("/data/kids",), (), False),
        ("kids/before", "calculate"): (("/data/kids/kname", "/data/kids"), (), False),
        ("kids/friend", "itemset"): (("/data/kids",), (), False),
        ("total", "calculate"): (("/data/kids/kage",), (), True),
        ("many", "calculate"): (("/data/kids",), (), True),
        ("second", "calculate"): (("/data/kids/kname", "/data/kids"), (), True),
        ("label", "calculate"): (("/data/county",), (), False),
        ("luck", "calculate"): ((), (), False),
        ("pulled", "calculate"): (("/data/n",), ("fruits",), True),
        ("before_n", "calculate"): ((), ("__last-saved",), True),
        ("meta/instanceID", "readonly"): ((), (), True),
    }  # fmt: skip


def test_every_expression_gives_what_the_author_means() -> None:
    tables = Instances({
        "ward": tree_of(
            "<root><item><name>acton</name><county>ealing</county></item>"
            "<item><name>kilburn</name><county>brent</county></item>"
            "<item><name>alperton</name><county>brent</county></item></root>"
        ),
        "county": tree_of("<root><item><name>brent</name></item></root>"),
        "fruits": tree_of("<root><item><key>2</key><name>Pear</name></item></root>"),
        "__last-saved": tree_of("<data><n>5</n></data>"),
    })  # fmt: skip
    tree = tree_of(ANSWERS)
    world = Scene(tree, now=NOW, instances=tables, label_of=lambda path, value: f"{path} {value}")
    told = compiled()
    second = tree.findall("kids")[1]

    def text(path: str, kind: str) -> str:
        node = tree.find(path) if not path.startswith("kids/") else second.find(path[5:])
        assert node is not None
        return told[path, kind].text(world.at(node))

    left_out = {"luck", "meta/instanceID"}
    assert {
        (path, kind): text(path, kind)
        for path, kind in told
        if kind != "itemset" and path not in left_out
    } == {
        ("n", "constraint"): "true",
        ("ward", "required"): "true",
        ("counties", "relevant"): "true",
        ("counties", "constraint"): "true",
        ("born", "constraint"): "true",
        ("born", "default"): "2026-03-29",
        ("kids", "count"): "2",
        ("kids/kage", "relevant"): "true",
        ("kids/kage", "constraint"): "true",
        ("kids/place", "calculate"): "2",
        ("kids/before", "calculate"): "Ann",
        ("total", "calculate"): "11",
        ("many", "calculate"): "2",
        ("second", "calculate"): "Bo",
        ("label", "calculate"): "/data/county brent",
        ("pulled", "calculate"): "Pear",
        ("before_n", "calculate"): "5",
    }
    ward, kward, friend = tree.find("ward"), second.find("kward"), second.find("friend")
    assert ward is not None
    assert kward is not None
    assert friend is not None
    names = [
        [
            item.findtext("name") or item.findtext("kname")
            for item in told[key].nodes(world.at(node))
        ]
        for key, node in (
            (("ward", "itemset"), ward),
            (("kids/kward", "itemset"), kward),
            (("kids/friend", "itemset"), friend),
        )
    ]
    assert names == [["kilburn", "alperton"], ["kilburn"], ["Ann"]]
