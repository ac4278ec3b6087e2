"""What an expression says that it reads, and whether nothing else can change its result."""

from collections.abc import Mapping

import pytest

from bot.forms.expressions import Outside, compile_expression

HERE = "/data/kids/kage"
REFERENCES = {
    "1 + 1": (),
    ".": ("/data/kids/kage",),
    ". > 3 and . < 9": ("/data/kids/kage",),
    "..": ("/data/kids",),
    "../kname": ("/data/kids/kname",),
    "../../name": ("/data/name",),
    "/data/a": ("/data/a",),
    " /data/g/a = /data/b ": ("/data/g/a", "/data/b"),
    "/data/b + /data/a + /data/b": ("/data/b", "/data/a"),
    "current()/../kname": ("/data/kids/kname",),
    "current()": ("/data/kids/kage",),
    "position(..)": ("/data/kids",),
    "sum( /data/kids/kage )": ("/data/kids/kage",),
    "count(/data/kids)": ("/data/kids",),
    "/data/kids[kage > /data/limit]/kname": (
        "/data/kids/kage",
        "/data/limit",
        "/data/kids/kname",
    ),
    "/data/kids[2]/kname": ("/data/kids/kname",),
    "/data/kids[toys/toy = 'x'][position() = ../n]/kname": (
        "/data/kids/toys/toy",
        "/data/n",
        "/data/kids/kname",
    ),
    "(/data/kids)[2]/kname": ("/data/kids/kname",),
    "indexed-repeat( /data/kids/kname , /data/kids , /data/n )": (
        "/data/kids/kname",
        "/data/kids",
        "/data/n",
    ),
    "instance('wards')/root/item[borough = /data/borough and size > ../kname]/name": (
        "/data/borough",
    ),
    "instance('wards')/root/item[name = current()/../kname]": ("/data/kids/kname",),
    "pulldata('wards', 'name', 'size', /data/n )": ("/data/n",),
    "jr:choice-name( /data/a , ' /data/b ')": ("/data/a",),
    "once(/data/a)": ("/data/a",),
    "if(/data/a, /data/b, /data/c)": ("/data/a", "/data/b", "/data/c"),
    "coalesce(/data/a, /data/b)": ("/data/a", "/data/b"),
    "regex(/data/a, /data/b)": ("/data/a", "/data/b"),
    "/data/a | /data/b": ("/data/a", "/data/b"),
    "-(/data/a)": ("/data/a",),
    # What cannot be known by name is all that is there.
    "/data/g/*": ("/data/g",),
    "count(/data/kids/*/toy)": ("/data/kids",),
    "//toy": ("/data",),
    "/data/g//x": ("/data/g",),
    "../*": ("/data/kids",),
    "/": ("/data",),
    "ancestor::g/x": ("/data/kids/kage",),
    "../following-sibling::kids[1]/kname": ("/data/kids/kname",),
    "randomize(/data/kids, 3)/kname": ("/data/kids",),
}


@pytest.mark.parametrize(("expression", "expected"), REFERENCES.items())
def test_references(expression: str, expected: tuple[str, ...]) -> None:
    assert compile_expression(expression, HERE).references == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    {
        "1": (),
        "instance('a')/root/item": ("a",),
        "instance('b')/root/item[x = instance('a')/root/item/y]": ("b", "a"),
        "pulldata('c', 'x', 'y', 'z')": ("c",),
        "if(true(), instance('a')/root, instance('a')/root)": ("a",),
        "instance('my list')/root/item": ("my list",),
    }.items(),
)
def test_instances(expression: str, expected: tuple[str, ...]) -> None:
    assert compile_expression(expression, HERE).instances == expected


STEADY = {
    "1 + /data/a": True,
    "/data/kids[2]/kname": True,
    "/data/kids[position() = 2]/kname": True,
    "count(/data/kids)": True,
    "indexed-repeat(/data/kids/kname, /data/kids, 1)": True,
    "instance('w')/root/item[position() < 3 and b = /data/a]": True,
    "instance('w')/root/item[position(..) = 1]": True,
    "randomize(instance('w')/root/item, 5)": True,
    "randomize(instance('w')/root/item, /data/a)": True,
    "format-date(/data/a, '%d/%m/%Y')": True,
    "date('2026-01-01') + 1": True,
    "digest(/data/a, 'MD5')": True,
    "pulldata('w', 'a', 'b', /data/a)": True,
    "today()": False,
    "now()": False,
    "/data/a > today()": False,
    "if(/data/a, now(), '')": False,
    "instance('w')/root/item[a > today()]": False,
    "random()": False,
    "uuid()": False,
    "uuid(5)": False,
    "once(1)": False,
    "position(..)": False,
    "position()": False,
    "/data/kids[position() = position(current()/..)]/kname": False,
    "instance('w')/root/item[n = position(current()/..)]": False,
    "indexed-repeat(/data/kids/kname, /data/kids, position(..) - 1)": False,
    "randomize(instance('w')/root/item)": False,
    "jr:choice-name(/data/a, '/data/a')": False,
    "jr:itext('x')": False,
    "format-date(/data/a, '%e %b')": False,
    "format-date(/data/a, '%a')": False,
    "format-date-time(/data/a, '%H:%M')": True,
    "format-date(/data/a, /data/b)": False,
}


@pytest.mark.parametrize(("expression", "expected"), STEADY.items())
def test_steady(expression: str, *, expected: bool) -> None:
    assert compile_expression(expression, HERE).steady is expected


OUTSIDE: Mapping[str, set[Outside]] = {
    "/data/a + position(..)": set(),
    "once(1)": set(),
    "if(/data/a, now(), '')": {Outside.CLOCK},
    "once(string(today()))": {Outside.CLOCK},
    "instance('w')/root/item[a > today()]": {Outside.CLOCK},
    "once(random())": {Outside.CHANCE},
    "uuid(5)": {Outside.CHANCE},
    "join(' ', randomize(/data/kids/kname))": {Outside.CHANCE},
    "randomize(instance('w')/root/item, /data/a)": set(),
    "jr:choice-name(/data/a, '/data/a')": {Outside.LANGUAGE},
    "jr:itext('x')": {Outside.LANGUAGE},
    "format-date(now(), '%e %b')": {Outside.CLOCK, Outside.LANGUAGE},
    "format-date(/data/a, /data/b)": {Outside.LANGUAGE},
    "format-date(/data/a, '%e')": set(),
}


@pytest.mark.parametrize(("expression", "expected"), OUTSIDE.items())
def test_what_stands_in_no_answer_is_told(expression: str, expected: set[Outside]) -> None:
    assert compile_expression(expression, HERE).outside == expected


def test_an_expression_keeps_its_source_and_can_be_shared() -> None:
    one = compile_expression(" /data/a ", HERE)
    assert one.source == " /data/a "
    with pytest.raises(AttributeError):
        one.source = "x"  # type: ignore[misc]
