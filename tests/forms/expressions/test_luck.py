"""randomize(), random() and uuid().

The shuffles are worked out from the specification: Park and Miller's generator multiplies the
seed by 16,807 and keeps the remainder of a division by 2³¹ - 1; the number for the letter at
place i is ⌊(i + 1) · (state - 1) / (2³¹ - 2)⌋. From 42 the fractions are .0003, .5246, .7354,
.2633, .3762 and .1963, so the places are 0, 1, 2, 1, 1, 1:
A · AB · ABC · ADCB (B moves to the end) · AECBD · AFCBDE.
"""

import re
from random import Random

import pytest

from bot.forms.expressions import Scene, compile_expression
from tests.forms.expressions.world import NOW, scene, text, tree_of

LETTERS = "instance('letters')/root/item/name"


@pytest.mark.parametrize(
    ("seed", "expected"),
    [
        ("42", "AFCBDE"),
        ("42.9", "AFCBDE"),
        ("'42'", "AFCBDE"),
        ("1", "BFEACD"),  # places 0, 0, 2, 1, 2, 1
        ("11111111", "ACDBFE"),  # places 0, 1, 1, 2, 4, 4
        ("42 + 2147483647", "AFCBDE"),
        ("0", "CBEAFD"),
        ("2147483647", "CBEAFD"),
        ("''", "CBEAFD"),
        ("number('x')", "CBEAFD"),
        ("/data/nowhere", "CBEAFD"),
    ],
)
def test_a_seed_gives_the_shuffle_of_the_specification(seed: str, expected: str) -> None:
    shuffled = compile_expression(f"randomize({LETTERS}, {seed})", "/data/q")
    assert "".join(node.text or "" for node in shuffled.nodes(scene())) == expected
    assert text(f"concat(randomize({LETTERS}, {seed}))") == expected


def test_a_text_is_a_seed_too() -> None:
    orders = {text(f"concat(randomize({LETTERS}, '{seed}'))") for seed in ("anna", "ben", "anna")}
    assert len(orders) == 2
    assert {"".join(sorted(order)) for order in orders} == {"ABCDEF"}


def test_choices_that_are_filtered_are_shuffled() -> None:
    rows = "instance('wards')/root/item[borough = 'brent' or borough = 'ealing']"
    # From 1 the places are 0, 0, 2: a · ba · bac.
    assert text(f"concat(randomize({rows}, 1)/name)") == "actonalpertonkilburn"


def test_without_a_seed_every_person_has_an_order() -> None:
    tree, letters = scene().tree, scene().instances
    shuffled = compile_expression(f"randomize({LETTERS})", "/data/q")

    def order(seed: int) -> str:
        world = Scene(tree, now=NOW, instances=letters, random=Random(seed))  # noqa: S311 -- no secret
        return "".join(node.text or "" for node in shuffled.nodes(world))

    orders = {order(seed) for seed in range(30)}
    assert len(orders) > 20
    assert {"".join(sorted(each)) for each in orders} == {"ABCDEF"}


def test_luck_is_that_of_the_scene() -> None:
    tree = tree_of("<data/>")
    expected = Random(7).random()  # noqa: S311 -- no secret
    world = Scene(tree, now=NOW, random=Random(7))  # noqa: S311 -- no secret
    assert compile_expression("random()", "/data/q").number(world) == expected


def test_random_is_from_nought_up_to_before_one() -> None:
    assert {text("random() >= 0 and random() < 1") for _ in range(50)} == {"true"}


def test_ids_differ() -> None:
    ids = {text("uuid()") for _ in range(20)}
    assert len(ids) == 20
    form = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
    assert [each for each in ids if not form.fullmatch(each)] == []


@pytest.mark.parametrize("length", [0, 1, 12, 40])
def test_an_id_may_have_a_length(length: int) -> None:
    assert re.fullmatch(rf"[A-Z0-9]{{{length}}}", text(f"uuid({length})"))


def test_a_row_is_not_chosen_by_one_throw_for_all() -> None:
    world = scene()
    world.random = Random(3)  # noqa: S311 -- no secret
    rows = "instance('letters')/root/item[name = if(random() < 0.5, 'A', name)]"
    counts = {len(compile_expression(rows, "/data/q").nodes(world)) for _ in range(20)}
    assert len(counts) > 2
