"""Functions on answers to select questions, and those that decide."""

import pytest

from tests.forms.expressions.world import text

CHOICES = {
    "selected(/data/colours, 'blue')": "true",
    "selected(/data/colours, 'blu')": "false",
    "selected(/data/colours, 'red')": "true",
    "selected(/data/colours, 'green')": "true",
    "selected(/data/colours, ' blue ')": "true",
    "selected(/data/colours, 'red blue')": "false",
    "selected(/data/colours, '')": "false",
    "selected(/data/empty, '')": "false",
    "selected(/data/nowhere, 'x')": "false",
    "selected(/data/age, 34)": "true",
    "is-selected(/data/colours, 'blue')": "true",
    "selected-at(/data/colours, 0)": "red",
    "selected-at(/data/colours, 2)": "green",
    "selected-at(/data/colours, 3)": "",
    "selected-at(/data/colours, -1)": "",
    "selected-at(/data/colours, 'x')": "",
    "selected-at(/data/empty, 0)": "",
    "count-selected(/data/colours)": "3",
    "count-selected(/data/empty)": "0",
    "count-selected(/data/nowhere)": "0",
    "count-selected('  a   b ')": "2",
    "jr:choice-name('red', '/data/colours')": "Red",
    "jr:choice-name(selected-at( /data/colours , 0), ' /data/colours ')": "Red",
    "jr:choice-name('mauve', '/data/colours')": "mauve",
    "jr:choice-name('red', /data/colours)": "Red",
    "jr:choice-name('red', ' ../colours ')": "Red",
    "checklist(2, 3, 'yes', 'yes', 'no')": "true",
    "checklist(3, 3, 'yes', 'yes', 'no')": "false",
    "checklist(0, 1, 'yes', 'yes', 'no')": "false",
    "checklist(-1, 1, 'no', 'yes')": "true",
    "checklist(2, -1, 'yes', 'yes', 'yes')": "true",
    "checklist(-1, -1)": "true",
    "checklist(1, -1)": "false",
    "checklist(1, 1, true(), false())": "true",
    "checklist(1, 1, 1, 0)": "true",
    "checklist(2, 2, /data/agrees, /data/refuses, /data/one, /data/zero)": "true",
    "checklist(1, 1, 'Yes', 'yes')": "true",
    "checklist(2, 2, /data/kids/kage)": "true",
    "weighted-checklist(3, 4, 'yes', 1, 'yes', 2, 'no', 5)": "true",
    "weighted-checklist(4, 4, 'yes', 1, 'yes', 2, 'no', 5)": "false",
    "weighted-checklist(-1, 2.5, 'yes', 2.5)": "true",
    "weighted-checklist(-1, 2.4, 'yes', 2.5)": "false",
    "weighted-checklist(8, -1, 'yes', 4, 'yes', 4)": "true",
    "weighted-checklist(-1, -1)": "true",
    "weighted-checklist(11, 11, /data/kids/kage, /data/kids/kage)": "true",
}
CONTROL = {
    "if(true(), 'a', 'b')": "a",
    "if(false(), 'a', 'b')": "b",
    "if('', 'a', 'b')": "b",
    "if('false', 'a', 'b')": "a",
    "if(0, 'a', 'b')": "b",
    "if(/data/age > 18, 'adult', 'child')": "adult",
    "if(/data/nowhere, 'a', 'b')": "b",
    "if(true(), 1, 'x') + 1": "2",
    "if(true(), /data/kids/kname, '')": "Ann",
    "if(false(), regex('a', concat('(', '')), 'not evaluated')": "not evaluated",
    "if(1 = 1, if(2 = 3, 'a', 'b'), 'c')": "b",
    "coalesce('a', 'b')": "a",
    "coalesce('', 'b')": "b",
    "coalesce('', '')": "",
    "coalesce(/data/empty, /data/name)": "Amina",
    "coalesce(/data/nowhere, /data/empty)": "",
    "coalesce(/data/name, 'x')": "Amina",
    "coalesce(0, 5)": "0",
    "coalesce(number(/data/empty), 5)": "5",
    "coalesce(false(), 'x')": "false",
    "coalesce('', '', 'c')": "c",
    "coalesce(/data/age, 0) + 1": "35",
    "once('new')": "new",
    "depend('a', /data/age)": "a",
    "true()": "true",
    "false()": "false",
    "not(true())": "false",
    "not('')": "true",
    "not(/data/empty)": "false",
    "not(/data/nowhere)": "true",
    "boolean('x')": "true",
    "boolean('')": "false",
    "boolean(0)": "false",
    "boolean('0')": "true",
    "boolean(/data/empty)": "true",
    "boolean(/data/nowhere)": "false",
}


@pytest.mark.parametrize(("expression", "expected"), (CHOICES | CONTROL).items())
def test_choices_and_control(expression: str, expected: str) -> None:
    assert text(expression) == expected


@pytest.mark.parametrize(
    ("expression", "at", "expected"),
    [
        ("once('new')", "kids[2]/kage", "7"),
        ("once('new')", "kids[3]/kage", "new"),
        ("once(random() >= 0)", "kids[3]/kage", "true"),
        ("jr:choice-name(., '../kname')", "kids[2]/kname", "Little Bo"),
        ("jr:choice-name('Bo', 'current()/../kname')", "kids[2]/kage", "Little Bo"),
    ],
)
def test_choices_inside_repeats(expression: str, at: str, expected: str) -> None:
    assert text(expression, at) == expected
