import pytest

from bot.db.trips import Asked, Statement, in_one, in_step, rows_in


@pytest.mark.parametrize(
    ("value", "literal"),
    [
        (7, "(7)"),
        (-(2**63), "(-9223372036854775808)"),
        (None, "NULL"),
        ("", "''"),
        ("7f3a.aGk-_w==", "'7f3a.aGk-_w=='"),
        ("9000005+@.--...1", "'9000005+@.--...1'"),
    ],
)
def test_numbers_codes_and_what_is_sealed_can_stand_in_a_statement(
    value: object, literal: str
) -> None:
    statement = Statement("UPDATE t SET a = $2, b = $1, c = $2;", [1, value])
    assert statement.as_text == "UPDATE t SET a = ?, b = (1), c = ?".replace("?", literal)


@pytest.mark.parametrize(
    "value", ["it's", "\\", "?1.diabetes", "two words", "\n", "سلام", "$1", "a;b", True, 1.5, b"a"]
)
def test_nothing_else_can(value: object) -> None:
    assert Statement("UPDATE t SET a = $1", [value]).as_text is None


def test_several_statements_become_one_with_a_column_for_each() -> None:
    whole = in_one([Statement("SELECT $1, $2;", [1, "a"]), Statement("SELECT $1", [2])])
    assert whole == Statement(
        "SELECT (SELECT json_agg(its) FROM (\nSELECT $1, $2\n) AS its), "
        "(SELECT json_agg(its) FROM (\nSELECT $3\n) AS its)",
        [1, "a", 2],
    )
    assert rows_in(['[{"a": 9223372036854775807}]', None]) == [[{"a": 2**63 - 1}], []]


async def test_whoever_asks_more_is_answered_with_the_others_as_long_as_there_are_any() -> None:
    trips: list[list[str]] = []

    async def answer(statements: object) -> list[list[str]]:
        assert isinstance(statements, list)
        trips.append([each.sql for each in statements])
        return [[each.sql.lower()] for each in statements]

    async def asks(*names: str) -> list[str]:
        return [(await Asked([Statement(name, [])]))[0][0] for name in names]

    async def asks_together() -> list[list[str]]:
        return await Asked([Statement("E", []), Statement("F", [])])

    found = await in_step([asks("A", "B"), asks("C"), asks(), asks_together()], answer)
    assert found == (["a", "b"], ["c"], [], [["e"], ["f"]])
    assert trips == [["A", "C", "E", "F"], ["B"]]
