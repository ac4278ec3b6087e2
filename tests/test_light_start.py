"""What is heavy, and not needed to answer people, is not loaded when the bot starts."""

import subprocess
import sys

HEAVY = (
    "alembic", "babel.messages", "elementpath", "icalendar", "markdown_it", "matplotlib",
    "openpyxl", "pyxform", "rapidfuzz", "recurring_ical_events", "regex", "segno", "sqlalchemy",
    "telegram.ext", "tornado",
)  # fmt: skip
LOADED = """
import sys
import bot.app
print(*sorted({name for name in sys.modules}))
"""


def test_what_is_heavy_is_not_loaded_before_it_is_needed() -> None:
    done = subprocess.run(  # noqa: S603 -- our own words
        [sys.executable, "-c", LOADED], capture_output=True, text=True, check=True, timeout=60
    )
    loaded = set(done.stdout.split())
    assert "bot.app" in loaded
    assert [name for name in HEAVY if name in loaded] == []
