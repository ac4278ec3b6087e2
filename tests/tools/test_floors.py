import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools.catalogues import ROOT

LINT = Path(sys.executable).with_name("lint-imports")
DRIVERS = "Only bot.db talks to a database, but for the copy that `baobab backup` makes"
SPREADSHEETS = "Spreadsheets are read behind two doors: slow to import"
MODULES = {
    "bot/archives.py": "",
    "bot/clock.py": "",
    "bot/config.py": "import bot.errors",
    "bot/errors.py": "",
    "bot/message.py": "import bot.clock",
    "bot/i18n/__init__.py": "",
    "bot/forms/__init__.py": "",
    "bot/forms/expressions/__init__.py": "import elementpath",
    "bot/forms/xlsform/__init__.py": "import openpyxl, pyxform, xlrd",
    "bot/db/__init__.py": "import aiosql, asyncpg, sqlite3",
    "bot/db/upgrade.py": "import alembic",
    "bot/people/__init__.py": "import bot.db",
    "bot/events/__init__.py": "import bot.people",
    "bot/chat/__init__.py": "import telegram, bot.events",
    "bot/app.py": "import telegram, handlers.start, bot.chat",
    "bot/__main__.py": "import bot.commands.demo, bot.commands.run",
    "bot/commands/run.py": "import bot.app",
    "bot/commands/demo.py": "import bot.sandbox.server",
    "bot/commands/backup.py": "import sqlite3",
    "bot/sandbox/__init__.py": "import bot.clock",
    "bot/sandbox/server.py": "import tornado, bot.clock",
    "handlers/start.py": "import telegram, bot.chat",
}


def lint(folder: Path, **more: str) -> list[str]:
    """The contracts that a small house breaks, when these modules import these as well."""
    shutil.copy(ROOT / ".importlinter", folder)
    for name, text in (MODULES | more).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        (path.parent / "__init__.py").touch()
        path.write_text(text)
    (folder / "bot/__init__.py").touch()
    run = subprocess.run(  # noqa: S603 -- our own linter on a folder of the test
        [LINT, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )
    broken = [line.partition(" BROKEN")[0] for line in run.stdout.splitlines() if "BROKEN" in line]
    assert (run.returncode == 0) is (not broken), run.stdout + run.stderr
    return broken


def test_a_house_with_its_floors_in_order_keeps_every_contract(tmp_path: Path) -> None:
    assert lint(tmp_path) == []


@pytest.mark.parametrize(
    ("module", "imports", "contract"),
    [
        ("bot/people/x.py", "bot.events", "A room imports only from floors below its own"),
        ("bot/i18n/x.py", "bot.db", "A room imports only from floors below its own"),
        ("bot/attic.py", "os", "A room imports only from floors below its own"),
        ("bot/chat/x.py", "handlers.start", "Handlers stand between the wiring and the chat"),
        ("handlers/x.py", "bot.app", "Handlers stand between the wiring and the chat"),
        ("bot/events/x.py", "telegram", "Only handlers, chat and the wiring know Telegram"),
        ("bot/events/x.py", "asyncpg", DRIVERS),
        ("handlers/x.py", "sqlite3", DRIVERS),
        ("bot/db/x.py", "alembic", "Only the upgrade imports Alembic"),
        ("bot/db/x.py", "sqlalchemy", "SQLAlchemy is for migrations alone"),
        ("bot/forms/x.py", "elementpath", "Only the expressions of forms import elementpath"),
        ("handlers/x.py", "pyxform", SPREADSHEETS),
        (
            "bot/sandbox/x.py",
            "bot.errors",
            "The sandbox knows nothing of the house but its clock",
        ),
        ("bot/commands/run.py", "bot.sandbox.server", "Only the demo knows the sandbox"),
    ],
)
def test_an_import_against_the_floors_is_caught(
    tmp_path: Path, module: str, imports: str, contract: str
) -> None:
    assert lint(tmp_path, **{module: f"import {imports}"}) == [contract]
