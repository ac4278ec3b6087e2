"""Whatever is written as an expression, it is refused, fails or gives a result: never a crash."""

from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.forms.expressions import EvaluationFailed, ExpressionRefused, compile_expression
from bot.forms.expressions.table import FUNCTIONS
from tests.forms.expressions.world import scene, text

ATOMS = st.sampled_from(
    ["1", "0", "-1", "2.5", "'x'", "''", "'2026-03-29'", "'12:00'", "'1 2'", ".", "..", "/",
     "/data/age", "/data/kids/kage", "../kids[2]", "//toy", "/data/nowhere", "*", "0 div 0",
     "1 div 0", "'%Y'", "'('", "'wards'", "instance('wards')/root/item", "/data/seen", "'50 1;1 2'",
     "9999999999999", "now()", "'MD5'", "true()", "current()"]
)  # fmt: skip
SIGNS = st.sampled_from(["+", "-", "*", "div", "mod", "=", "!=", "<", ">=", "and", "or", "|", "/"])
NAMES = st.sampled_from(sorted(FUNCTIONS))


def grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    calls = st.builds(
        lambda name, arguments: f"{name}({', '.join(arguments)})",
        NAMES,
        st.lists(inner, max_size=4),
    )
    chains = st.builds(lambda left, sign, right: f"{left} {sign} {right}", inner, SIGNS, inner)
    filters = st.builds(lambda path, predicate: f"{path}[{predicate}]", inner, inner)
    return st.one_of(calls, calls, chains, filters, inner.map("({})".format))


@settings(max_examples=300, deadline=None)
@given(st.recursive(ATOMS, grown, max_leaves=8))
def test_a_well_formed_expression_gives_a_result_or_says_why_not(source: str) -> None:
    try:
        compiled = compile_expression(source, "/data/q")
    except ExpressionRefused:
        return
    world = scene()
    try:
        written, number = compiled.text(world), compiled.number(world)
        truth, nodes = compiled.truth(world), compiled.nodes(world)
    except EvaluationFailed:
        return
    assert [type(each) for each in (written, number, truth, nodes)] == [str, float, bool, list]


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab/.*[]()'\"$@:=<>!|+-, 0123456789{}é\n", max_size=25))
def test_any_text_is_compiled_or_refused(source: str) -> None:
    with suppress(ExpressionRefused):
        assert compile_expression(source, "/data/q").source == source


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_survives_being_written(number: float) -> None:
    written = text(f"string({number:.17f})" if number >= 0 else f"string(-{-number:.17f})")
    assert "e" not in written
    assert float(written) == float(f"{number:.17f}")
