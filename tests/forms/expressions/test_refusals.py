"""What no form can use is refused before anybody answers, and what cannot be computed is said."""

import pytest

from bot.forms.expressions import (
    EvaluationFailed,
    ExpressionRefused,
    Failure,
    Instances,
    Refusal,
    Scene,
    compile_expression,
)
from bot.forms.expressions.grammar import DEPTH_LIMIT, LENGTH_LIMIT
from bot.forms.expressions.table import FUNCTIONS
from tests.forms.expressions.world import scene, text, tree_of

REFUSED = {
    "": (Refusal.SYNTAX, ""),
    "   ": (Refusal.SYNTAX, ""),
    "1 +": (Refusal.SYNTAX, "1 +"),
    "(1": (Refusal.SYNTAX, "(1"),
    "1)": (Refusal.SYNTAX, "1)"),
    "'open": (Refusal.SYNTAX, "'open"),
    "a b": (Refusal.SYNTAX, "a b"),
    "a = = b": (Refusal.SYNTAX, "a = = b"),
    "${age} > 3": (Refusal.SYNTAX, "${age} > 3"),
    "/data/a[": (Refusal.SYNTAX, "/data/a["),
    "a and": (Refusal.SYNTAX, "a and"),
    "1 ! 2": (Refusal.SYNTAX, "1 ! 2"),
    "/data/a/": (Refusal.SYNTAX, "/data/a/"),
    "nowhere:a": (Refusal.SYNTAX, "nowhere:a"),
    "ages(/data/a)": (Refusal.UNKNOWN_FUNCTION, "ages"),
    "jr:nothing('a')": (Refusal.UNKNOWN_FUNCTION, "jr:nothing"),
    "id('a')": (Refusal.UNKNOWN_FUNCTION, "id"),
    "/data/a/text()": (Refusal.UNKNOWN_FUNCTION, "text"),
    "if(nothing(1), 2, 3)": (Refusal.UNKNOWN_FUNCTION, "nothing"),
    "/data/a/count(b)": (Refusal.UNSUPPORTED, "count"),
    "/data/(a | b)": (Refusal.UNSUPPORTED, "("),
    "/data/@version": (Refusal.UNSUPPORTED, "@"),
    "/data/attribute::version": (Refusal.UNSUPPORTED, "attribute"),
    "following::a": (Refusal.UNSUPPORTED, "following"),
    "$age": (Refusal.UNSUPPORTED, "$"),
    "'a'/b": (Refusal.UNSUPPORTED, "(string)"),
    "true()/b": (Refusal.UNSUPPORTED, "true"),
    "(1)[1]": (Refusal.UNSUPPORTED, "(1)"),
    "if(1, 2)": (Refusal.WRONG_ARGUMENTS, "if"),
    "if(1, 2, 3, 4)": (Refusal.WRONG_ARGUMENTS, "if"),
    "true(1)": (Refusal.WRONG_ARGUMENTS, "true"),
    "selected(/data/a)": (Refusal.WRONG_ARGUMENTS, "selected"),
    "count('a')": (Refusal.WRONG_ARGUMENTS, "count"),
    "sum(1)": (Refusal.WRONG_ARGUMENTS, "sum"),
    "1 | 2": (Refusal.WRONG_ARGUMENTS, "|"),
    "coalesce(1)": (Refusal.WRONG_ARGUMENTS, "coalesce"),
    "weighted-checklist(1, 2, 'yes')": (Refusal.WRONG_ARGUMENTS, "weighted-checklist"),
    "instance(/data/a)": (Refusal.WRONG_ARGUMENTS, "instance"),
    "instance()": (Refusal.WRONG_ARGUMENTS, "instance"),
    "pulldata(/data/a, 'b', 'c', 'd')": (Refusal.WRONG_ARGUMENTS, "pulldata"),
    "indexed-repeat(/data/kids/kname, /data/kids)": (Refusal.WRONG_ARGUMENTS, "indexed-repeat"),
    "indexed-repeat(/data/kids/kname, /data/g, 1)": (Refusal.WRONG_ARGUMENTS, "indexed-repeat"),
    "indexed-repeat('a', /data/kids, 1)": (Refusal.WRONG_ARGUMENTS, "indexed-repeat"),
    "indexed-repeat(/data/kids/kname, /data/kids, 1, /data/kids/toys)": (
        Refusal.WRONG_ARGUMENTS,
        "indexed-repeat",
    ),
    "digest('a', 'SHA-3')": (Refusal.WRONG_ARGUMENTS, "digest"),
    "digest('a', 'MD5', 'octal')": (Refusal.WRONG_ARGUMENTS, "digest"),
    "jr:choice-name('a', 1)": (Refusal.WRONG_ARGUMENTS, "jr:choice-name"),
    "format-date(today(), '%q')": (Refusal.BAD_FORMAT, "%q"),
    "format-date(today(), '%H')": (Refusal.BAD_FORMAT, "%H"),
    "format-date(today(), '100%')": (Refusal.BAD_FORMAT, "%"),
    "format-date-time(now(), '%s')": (Refusal.BAD_FORMAT, "%s"),
    "9" * 5000: (Refusal.SYNTAX, "9" * 40),
    "1" + " " * LENGTH_LIMIT: (Refusal.TOO_LONG, str(LENGTH_LIMIT)),
    "(" * 61 + "1" + ")" * 61: (Refusal.TOO_DEEP, str(DEPTH_LIMIT)),
    "not(" * 4000 + "1": (Refusal.TOO_DEEP, str(DEPTH_LIMIT)),
    "-" * 10_000 + "1": (Refusal.TOO_DEEP, str(DEPTH_LIMIT)),
}


@pytest.mark.parametrize(("expression", "expected"), REFUSED.items(), ids=lambda v: str(v)[:40])
def test_refusals(expression: str, expected: tuple[Refusal, str]) -> None:
    with pytest.raises(ExpressionRefused) as refused:
        compile_expression(expression, "/data/q")
    assert (refused.value.code, refused.value.detail) == expected


FAILED = {
    "uuid(-1)": (Failure.WRONG_ARGUMENTS, "uuid"),
    "uuid(100000000)": (Failure.WRONG_ARGUMENTS, "uuid"),
    "uuid('x')": (Failure.WRONG_ARGUMENTS, "uuid"),
    "count(if(/data/name, 'a', /data/kids))": (Failure.WRONG_ARGUMENTS, "count"),
    "digest('a', /data/name)": (Failure.WRONG_ARGUMENTS, "digest"),
    "format-date(today(), concat('%', /data/name))": None,
    "format-date(today(), concat('%', 'q'))": (Failure.BAD_FORMAT, "format-date"),
}


@pytest.mark.parametrize(("expression", "expected"), FAILED.items())
def test_failures(expression: str, expected: tuple[Failure, str] | None) -> None:
    compiled = compile_expression(expression, "/data/q")
    if expected is None:
        assert compiled.text(scene()) == "Sundaymina"
        return
    with pytest.raises(EvaluationFailed) as failed:
        compiled.text(scene())
    assert (failed.value.code, failed.value.detail) == expected


def test_what_is_as_deep_as_allowed_is_computed() -> None:
    deep = "if(1 = 1, " * (DEPTH_LIMIT - 1) + "(/data/age)" + ", 0)" * (DEPTH_LIMIT - 1)
    assert text(deep) == "34"
    assert text("(" * DEPTH_LIMIT + "7" + ")" * DEPTH_LIMIT) == "7"


def test_a_chain_may_be_as_long_as_the_expression() -> None:
    assert text(" + ".join(["1"] * 4000)) == "4000"
    assert text(" or ".join(["/data/age = 0"] * 1000 + ["/data/age = 34"])) == "true"
    assert text(" | ".join(["/data/age"] * 1000)) == "34"
    assert text("/data" + "/." * 4000 + "/age") == "34"


def test_long_texts_are_read_whole() -> None:
    said = "word " * 2000
    world = scene()
    world.put(world.node, said)

    def found(expression: str) -> str:
        return compile_expression(expression, "/data/q").text(world)

    assert found("string-length(.)") == "10000"
    assert found("count-selected(.)") == "2000"
    assert found("string-length(normalize-space(.))") == "9999"
    assert found("number(.)") == "NaN"
    assert found("format-date(., '%Y')") == ""
    assert found("regex(., '(word )+')") == "true"
    assert found("distance(.)") == "NaN"
    world.put(world.node, "9" * 10_000)
    assert found("number(.)") == "Infinity"
    assert found(". > 5") == "true"


@pytest.mark.parametrize(
    "expression",
    [
        "count(//*[count(//*[count(//*[count(//*[count(//*[. = 'x'])])])])])",
        "//*[//*[//*[//*[//*[//*[. = 'x']]]]]]",
        "instance('big')/root/item[count(instance('big')/root/item[. != current()]) = -1]",
        "instance('big')/root/item/a < instance('big')/root/item/a",
        "instance('big')/root/item[count(instance('big')/root/item/a) > 1]",
        "instance('big')/root/item[count(instance('big')/root/item) = -1]",
        "instance('big')/root/item[instance('big')/root/item/a = 'x']",
        "instance('big')/root/item[instance('big')/root/item[b = 'y' and a = '1']]",
        "instance('big')/root/item[position(instance('big')/root/item[5000]) = 0]",
        "instance('big')/root/item[instance('big')/root/item[5000]/following-sibling::item]",
        "instance('big')/root/item[../item[position() < 300]/a < ../item[position() < 300]/a]",
        "instance('big')/root/item[instance('big')/root = '']",
        f"instance('big')/root/item[{' or '.join(['a = 2'] * 2_000)}]",
    ],
    ids=lambda expression: expression[:40],
)
def test_work_without_end_is_ended(expression: str) -> None:
    world = scene()
    rows = tree_of("<root>" + "<item><a>1</a></item>" * 5000 + "</root>")
    big = Scene(world.tree, world.node, now=world.now, instances=Instances({"big": rows}))
    with pytest.raises(EvaluationFailed) as failed:
        compile_expression(expression, "/data/q").text(big)
    assert failed.value.code is Failure.TOO_MUCH


def test_large_node_sets_are_compared_at_once() -> None:
    world = scene()
    ones = tree_of("<root>" + "<item><a>1</a></item>" * 5000 + "</root>")
    twos = tree_of("<root>" + "<item><a>2</a></item>" * 5000 + "</root>")
    both = Scene(world.tree, world.node, now=world.now, instances={"1": ones, "2": twos})

    def found(sign: str, other: int) -> str:
        sides = [f"instance('{number}')/root/item/a" for number in (1, other)]
        return compile_expression(f" {sign} ".join(sides), "/data/q").text(both)

    assert (found("=", 1), found("=", 2)) == ("true", "false")
    assert (found("!=", 1), found("!=", 2)) == ("false", "true")


def test_a_text_cannot_grow_without_end() -> None:
    doubled = "/data/q"
    world = scene()
    world.put(world.node, "x" * 10_000)
    with pytest.raises(EvaluationFailed) as failed:
        compile_expression(f"concat({', '.join([doubled] * 200)})", "/data/q").text(world)
    assert failed.value.code is Failure.TOO_MUCH


# docs.getodk.org, Form operators and functions; the OpenRosa specification; XPath 1.0.
PAGE = """
    if position once selected selected-at count-selected jr:choice-name indexed-repeat count
    count-non-empty sum max min regex contains starts-with ends-with substr substring-before
    substring-after translate string-length normalize-space concat join boolean-from-string
    string digest base64-decode extract-signed round int number pow log log10 abs sin cos tan
    asin acos atan atan2 sqrt exp exp10 pi today now decimal-date-time date date-time
    decimal-time format-date format-date-time area distance geofence intersects random
    randomize uuid boolean not coalesce checklist weighted-checklist true false pulldata
    instance current jr:itext property version
    last local-name namespace-uri name substring floor ceiling
"""


def test_every_function_of_the_odk_page_is_there() -> None:
    assert sorted(set(PAGE.split()) - FUNCTIONS.keys()) == []
