"""regex(): the whole text must match, as java.util.regex has it, and never for long."""

import pytest

from bot.forms.expressions import (
    EvaluationFailed,
    ExpressionRefused,
    Failure,
    Refusal,
    Scene,
    compile_expression,
)
from tests.forms.expressions.world import NOW, text, tree_of

MATCHES = [
    ("abc", "[a-c]{3}", True),
    ("abcd", "[a-c]{3}", False),
    ("xabc", "[a-c]{3}", False),
    ("abc", "^abc$", True),
    ("", "", True),
    ("", ".*", True),
    ("", ".+", False),
    ("NW10 4AB", "[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}", True),
    ("NW104AB", "[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}", False),
    ("07700900123", "0\\d{10}", True),
    ("0770090012", "0\\d{10}", False),
    ("٠٧", "\\d\\d", False),
    ("é", "\\w", False),
    ("é", "\\W", True),
    ("é", "\\p{L}", True),
    ("ب", "\\p{IsArabic}", True),
    ("A", "\\p{Lu}", True),
    ("a", "\\p{Lu}", False),
    ("a1", "[\\w]+", True),
    ("12-3", "[\\d-]+", True),
    ("acd", "[a-z&&[^b]]+", True),
    ("abd", "[a-z&&[^b]]+", False),
    ("aa", "(a)\\1", True),
    ("AbC", "(?i)abc", True),
    ("a@b.org", "[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\\.[A-Za-z]{2,}", True),
    ("a@b", "[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\\.[A-Za-z]{2,}", False),
    ("cat", "cat|dog", True),
    ("catdog", "cat|dog", False),
    ("aaa", "a++", True),
    ("a\\b", "a\\\\b", True),
    ("a{b", "a\\{b", True),
    ("(", "\\(", True),
    ("5", "(?=5).", True),
]


@pytest.mark.parametrize(("said", "pattern", "expected"), MATCHES)
def test_the_whole_text_matches(said: str, pattern: str, *, expected: bool) -> None:
    tree = tree_of("<data><q/></data>")
    tree[0].text = said
    matches = compile_expression(f"regex(., '{pattern}')", "/data/q")
    assert matches.truth(Scene(tree, tree[0], now=NOW)) is expected


@pytest.mark.parametrize(
    "pattern",
    [
        "(",
        "[a",
        "a{2,1}",
        "*a",
        "\\p{Nonsense}",
        "(?P<a>x)(?P<a",
        "a" * 2001,
        "a{1000000000}",
        "a{99999999999999999999}",
        "(a{1000}){1000}",
        "((a{1,100}){1,100}){1,100}",
        "(((((a{1,100}){1,100}){1,100}){1,100}){1,100}){1,100}",
        "(" * 900 + "a" + ")" * 900,
    ],
)
def test_a_pattern_that_is_none_or_too_large_is_refused(pattern: str) -> None:
    with pytest.raises(ExpressionRefused) as refused:
        compile_expression(f"regex(., '{pattern}')", "/data/q")
    assert (refused.value.code, refused.value.detail) == (Refusal.BAD_REGEX, pattern)


def test_a_pattern_put_together_from_answers_is_looked_at_when_it_is_there() -> None:
    with pytest.raises(EvaluationFailed) as failed:
        text("regex('a', concat(/data/name, '('))")
    assert (failed.value.code, failed.value.detail) == (Failure.BAD_REGEX, "regex")
    assert text("regex('Amina', concat(/data/name, '?'))") == "true"


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("(a|aa)+", "a" * 60 + "b"),
        ("(a+)+", "a" * 5000 + "b"),
        ("(.*a){20}", "a" * 10_000 + "b"),
        ("(x+x+)+y", "x" * 10_000),
        ("([a-zA-Z]+)*", "a" * 9_999 + "!"),
        ("(\\w+\\s?)+", "word " * 2_000 + "!"),
    ],
)
def test_a_pattern_that_explodes_ends_in_time(pattern: str, said: str) -> None:
    tree = tree_of("<data><q/></data>")
    tree[0].text = said
    explodes = compile_expression(f"regex(., '{pattern}')", "/data/q")
    try:
        assert explodes.truth(Scene(tree, tree[0], now=NOW)) is False
    except EvaluationFailed as failed:
        assert failed.code is Failure.REGEX_TOO_SLOW  # noqa: PT017 -- either may be
