import sqlite3
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest

from bot.config import HOME
from bot.db.upgrade import HEAD, upgrade
from tools.check_migrations import column_problems, revision_problems, schema, upgrade_problems


def versions(tmp_path: Path, **files: tuple[str, str | None]) -> Path:
    """A migrations folder whose files hold these revisions, each with the one before it."""
    folder = tmp_path / "versions"
    folder.mkdir()
    for name, (revision, before) in files.items():
        (folder / f"{name[1:]}.py").write_text(
            f"revision = {revision!r}\ndown_revision = {before!r}\n"
        )
    return tmp_path


def database(file: Path, *statements: str) -> Path:
    with closing(sqlite3.connect(file)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    return file


async def test_our_own_migrations_have_no_problems(tmp_path: Path) -> None:
    assert list(revision_problems(HOME / "migrations", HEAD)) == []
    assert await upgrade_problems(upgrade, tmp_path) == []
    assert "people" in schema(tmp_path / "first.db")


def test_a_line_of_revisions_is_fine(tmp_path: Path) -> None:
    folder = versions(tmp_path, _0001_first=("0001", None), _0002_more=("0002", "0001"))
    assert list(revision_problems(folder, "0002")) == []


def test_a_head_the_code_does_not_name_is_a_problem(tmp_path: Path) -> None:
    folder = versions(tmp_path, _0001_first=("0001", None), _0002_more=("0002", "0001"))
    assert list(revision_problems(folder, "0001")) == [
        "the newest migration is 0002, but HEAD in bot/db/upgrade.py is 0001"
    ]


def test_two_ends_are_a_problem(tmp_path: Path) -> None:
    folder = versions(
        tmp_path,
        _0001_first=("0001", None),
        _0002_one=("0002", "0001"),
        _0003_other=("0003", "0001"),
    )
    assert list(revision_problems(folder, "0003")) == [
        "migrations have 2 ends (0002, 0003); there must be one"
    ]


def test_a_file_must_be_named_after_its_revision(tmp_path: Path) -> None:
    folder = versions(tmp_path, _0007_first=("0001", None))
    assert list(revision_problems(folder, "0001")) == [
        "0007_first.py holds revision 0001: begin its name with that number"
    ]


@pytest.mark.parametrize(
    ("column", "problem"),
    [
        ("price REAL", "shop.price is REAL; use BIGINT, INTEGER or TEXT"),
        ("name VARCHAR(20)", "shop.name is VARCHAR(20); use BIGINT, INTEGER or TEXT"),
        ("anything", "shop.anything is of no type; use BIGINT, INTEGER or TEXT"),
    ],
)
def test_a_column_of_another_type_is_a_problem(tmp_path: Path, column: str, problem: str) -> None:
    file = database(
        tmp_path / "a.db",
        f"CREATE TABLE shop (id INTEGER PRIMARY KEY AUTOINCREMENT, {column}, note TEXT, n BIGINT)",
        "CREATE TABLE alembic_version (version_num VARCHAR(32))",
    )
    assert list(column_problems(file)) == [problem]


async def test_an_upgrade_that_depends_on_the_day_is_a_problem(tmp_path: Path) -> None:
    numbers, done = count(), set[str]()

    async def upgrades(url: str) -> bool:
        file = Path(url.removeprefix("sqlite+aiosqlite:///"))
        if url in done:
            return False
        done.add(url)
        database(file, f"CREATE TABLE t (id INTEGER DEFAULT {next(numbers)})")
        return True

    assert await upgrade_problems(upgrades, tmp_path) == ["two upgrades from empty differ in t"]


async def test_an_upgrade_that_never_ends_is_a_problem(tmp_path: Path) -> None:
    async def always(url: str) -> bool:
        database(Path(url.removeprefix("sqlite+aiosqlite:///")))
        return True

    assert (
        await upgrade_problems(always, tmp_path) == ["a second upgrade found something to do"] * 2
    )
