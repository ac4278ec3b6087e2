"""Location paths: XPath 1.0, section 2, and what OpenRosa makes of them inside repeats."""

import pytest

from bot.forms.expressions import compile_expression
from tests.forms.expressions.world import scene, text

PATHS = {
    "/data/name": "Amina",
    " /data/name ": "Amina",
    "/data/g/inner": "deep",
    "/data/g": "deeper",
    "/data/nowhere": "",
    "/data/kids/kname": "Ann",
    "/data/kids[2]/kname": "Bo",
    "/data/kids[position() = 2]/kname": "Bo",
    "/data/kids[last()]/kname": "Cy",
    "/data/kids[position() < last()][2]/kname": "Bo",
    "/data/kids[0]/kname": "",
    "/data/kids[1.5]/kname": "",
    "/data/kids[4]/kname": "",
    "/data/kids[kage > 4]/kname": "Bo",
    "/data/kids[kname = 'Cy']/kage": "",
    "/data/kids[kage = ''][kname]/kname": "Cy",
    "/data/kids[count(toys) = 2]/toys[2]/toy": "car",
    "/data/kids[not(toys)]/kname": "Cy",
    "/data/kids[toys/toy = 'doll']/kname": "Bo",
    "/data/kids[kname][kage][toys][1]/kname": "Ann",
    "string(/data/kids/toys[1]/toy)": "ball",
    "concat(/data/kids/toys[1]/toy)": "balldoll",
    "concat((/data/kids/toys)[2]/toy)": "car",
    "count(//toy)": "3",
    "count(/data//toy)": "3",
    "//toys[2]/toy": "car",
    "count(/data/*)": "21",
    "count(/data/kids/*)": "9",
    "count(/data/node())": "21",
    "name(/*)": "data",
    "name(/data/g/*[2])": "other",
    "local-name(/data/g)": "g",
    "name(/data/nowhere)": "",
    "namespace-uri(/data/g)": "",
    "count(/data/name | /data/age)": "2",
    "count(/data/name | /data/name)": "1",
    "concat(/data/name | /data/age)": "34Amina",
    "(/data/nowhere | /data/name)": "Amina",
    "concat((/data/kids | /data/g)/kname)": "AnnBoCy",
    "concat(/data/kids[2]/preceding-sibling::kids/kname)": "Ann",
    "concat(/data/kids[1]/following-sibling::kids/kname)": "BoCy",
    "/data/kids[3]/preceding-sibling::kids[1]/kname": "Bo",
    "concat(/data/descendant::toy)": "ballcardoll",
    "count(/data/g/inner/ancestor::*)": "2",
    "name(/data/g/inner/ancestor::*[1])": "g",
    "count(/data/g/descendant-or-self::*)": "3",
    "/data/child::g/child::inner": "deep",
    "name(/data/g/inner/parent::g)": "g",
    "count(/data/g/inner/parent::kids)": "0",
    "/data/g/self::g/inner": "deep",
    "/data/g/./inner/../other": "er",
    "/data/orx:name": "Amina",
    "count(/)": "1",
    "count(/..)": "0",
    "../name": "Amina",
    "../../data/name": "Amina",
    "./../name": "Amina",
    "current()/../name": "Amina",
    " current()/../name ": "Amina",
    "string(.)": "",
    "name(.)": "q",
    "name(..)": "data",
}


@pytest.mark.parametrize(("expression", "expected"), PATHS.items())
def test_paths(expression: str, expected: str) -> None:
    assert text(expression) == expected


REPEATS = [
    ("../kname", "kids[2]/kage", "Bo"),
    ("../../kids/kname", "kids[2]/kage", "Ann"),
    (". > 5", "kids[2]/kage", "true"),
    (". > 5", "kids[1]/kage", "false"),
    ("position(..)", "kids[2]/kage", "2"),
    ("position(../..)", "kids[1]/toys[2]/toy", "1"),
    ("position(..)", "kids[1]/toys[2]/toy", "2"),
    # "Absolute paths inside repeats are always evaluated as if they are relative."
    ("/data/kids/kname", "kids[2]/kage", "Bo"),
    ("/data/kids/toys/toy", "kids[1]/toys[2]/toy", "car"),
    ("/data/kids/kname", "kids[1]/toys[2]/toy", "Ann"),
    ("sum( /data/kids/kage )", "kids[2]/kage", "7"),
    ("count(/data/kids/toys)", "kids[1]/kname", "2"),
    ("/data/kids[1]/kname", "kids[2]/kage", "Ann"),
    ("count(/data/kids)", "kids[2]/kage", "3"),
    ("count(../../kids)", "kids[2]/kage", "3"),
    ("sum(../../kids/kage)", "kids[2]/kage", "11"),
    ("/data/name", "kids[2]/kage", "Amina"),
    ("/data/g/inner", "g/other", "deep"),
    ("../../kids[position() = position(current()/..) - 1]/kname", "kids[2]/kage", "Ann"),
    ("indexed-repeat( /data/kids/kname , /data/kids , 2)", "q", "Bo"),
    ("indexed-repeat(/data/kids/kname, /data/kids, position(..) - 1)", "kids[3]/kage", "Bo"),
    ("indexed-repeat(/data/kids/kname, /data/kids, 1)", "kids[3]/kage", "Ann"),
    ("indexed-repeat(../kname, .., 3)", "kids[1]/kage", "Cy"),
    ("indexed-repeat(/data/kids/toys/toy, /data/kids, 1, /data/kids/toys, 2)", "q", "car"),
    ("indexed-repeat(/data/kids/toys/toy, /data/kids/toys, 2, /data/kids, 1)", "q", "car"),
    ("indexed-repeat(/data/kids/toys/toy, /data/kids/toys, 2)", "kids[1]/kname", "car"),
    ("indexed-repeat(/data/kids/toys/toy, /data/kids/toys, 1)", "kids[2]/kname", "doll"),
    ("indexed-repeat(/data/kids/kname, /data/kids, 4)", "q", ""),
    ("indexed-repeat(/data/kids/kname, /data/kids, 0)", "q", ""),
    ("indexed-repeat(/data/kids/kname, /data/kids, 'x')", "q", ""),
    ("indexed-repeat(/data/kids/kname, /data/kids, 1 div 0)", "q", ""),
    ("sum( /data/kids/kage )", "q", "11"),
    ("count( /data/kids )", "q", "3"),
]


@pytest.mark.parametrize(("expression", "at", "expected"), REPEATS)
def test_paths_inside_repeats(expression: str, at: str, expected: str) -> None:
    assert text(expression, at) == expected


SECONDARY = {
    "instance('wards')/root/item[2]/label": "Acton",
    "count(instance('wards')/root/item)": "4",
    "instance('wards')/root/item[name = 'hayes']/label": "Hayes",
    "concat(instance('wards')/root/item[borough = /data/borough ]/name)": "alpertonkilburn",
    "concat(instance('wards')/root/item[borough= /data/borough and name='kilburn']/size)": "3.0",
    "concat(instance('wards')/root/item[borough='brent'][2]/label)": "Kilburn",
    "concat(instance('wards')/root/item[size = 3]/name)": "alpertonkilburn",
    "concat(instance('wards')/root/item[size = '3']/name)": "alperton",
    "concat(instance('wards')/root/item[ current()/../borough = borough]/name)": "alpertonkilburn",
    "concat(instance('wards')/root/item[position() > 2]/name)": "kilburnhayes",
    "concat(instance('wards')/root/item[borough = 'brent' and position() > 1]/name)": "kilburn",
    "concat(instance('wards')/root/item[borough = 'brent' and last() = 4]/name)": "alpertonkilburn",
    "concat(instance('wards')/root/item[borough = 'brent' or size = 10]/name)": (
        "alpertonkilburnhayes"
    ),
    "concat(instance('wards')/root/item[selected('acton hayes', name)]/name)": "actonhayes",
    "concat(instance('wards')/root/item[borough = /data/nowhere]/name)": "",
    "count(instance('wards')/root/item[nothing = ''])": "0",
    "count(instance('wards')/root/item[borough = true()])": "4",
    "instance('wards')/root/item[name = 'acton']/../item[1]/name": "alperton",
    "instance('wards')/root/item[name = instance('wards')/root/item[size = 10]/name]/size": "10",
    "instance('wards')/root/item[1]/following-sibling::item[1]/name": "acton",
    "instance('nowhere')/root/item/name": "",
    "instance('wards')/other/item/name": "",
    "pulldata('wards', 'label', 'name', 'acton')": "Acton",
    "pulldata('wards', 'label', 'borough', /data/borough )": "Alperton",
    "pulldata('wards', 'label', 'name', 'nowhere')": "",
    "pulldata('wards', 'nothing', 'name', 'acton')": "",
    "pulldata('nowhere', 'label', 'name', 'acton')": "",
}


@pytest.mark.parametrize(("expression", "expected"), SECONDARY.items())
def test_secondary_instances(expression: str, expected: str) -> None:
    assert text(expression) == expected


def test_nodes_come_in_document_order_and_can_be_kept() -> None:
    world = scene()
    kids = compile_expression("/data/kids", "/data/q").nodes(world)
    assert kids == world.tree.findall("kids")
    kids.clear()
    assert compile_expression("count(/data/kids)", "/data/q").text(world) == "3"


def test_what_is_no_node_set_has_no_nodes() -> None:
    assert compile_expression("1 + 1", "/data/q").nodes(scene()) == []


def test_a_form_may_ask_its_own_node_where_it_stands() -> None:
    toys = compile_expression("../kage * 10", "/data/kids/kname")
    world = scene()
    kids = world.tree.findall("kids")
    assert [toys.text(world.at(kid[0])) for kid in kids] == ["40", "70", "NaN"]
