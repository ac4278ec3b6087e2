"""What an installed Baobab carries with it: everything it needs, and no checkout beside it."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from bot.config import HOME


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(  # noqa: S603 -- our own words
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=HOME, check=True, capture_output=True,
    )  # fmt: skip
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder / "site")
    return folder / "site"


def run(installed: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    rest = {name: value for name, value in os.environ.items() if not name.startswith("BAOBAB_")}
    return subprocess.run(  # noqa: S603 -- our own words
        [sys.executable, "-m", "bot", *words],
        cwd=folder, env=rest | {"PYTHONPATH": str(installed)}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip


@pytest.mark.parametrize("what", ["content", "locales", "migrations"])
def test_every_file_that_lies_beside_the_code_is_in_the_wheel(installed: Path, what: str) -> None:
    def files(home: Path) -> set[str]:
        return {
            str(path.relative_to(home))
            for path in (home / what).rglob("*")
            if path.is_file() and path.suffix != ".pyc"
        }

    assert files(installed / "bot" / "_home") == files(HOME)


def test_an_installed_bot_finds_content_and_migrations(installed: Path, tmp_path: Path) -> None:
    where = [sys.executable, "-c", "import bot.config; print(bot.config.HOME)"]
    environment = os.environ | {"PYTHONPATH": str(installed)}
    told = subprocess.run(  # noqa: S603 -- our own words
        where, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == str(installed / "bot" / "_home")

    assert run(installed, tmp_path, "check", "--content-only").stdout.endswith(
        "Nothing is wrong.\n"
    )
    assert run(installed, tmp_path, "migrate").stdout == "The database was upgraded.\n"
    samples = run(installed, tmp_path, "import", str(installed / "bot/_home/content/events"))
    assert (samples.returncode, samples.stderr) == (0, "")
