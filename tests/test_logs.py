import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.logs import configure_logs

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
WORDS = "I need a wheelchair"


@pytest.fixture(autouse=True)
def logs_as_they_were() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    out, err = capsys.readouterr()
    assert out == ""
    return [json.loads(line) for line in err.splitlines()]


def test_each_line_is_an_object_with_its_time_in_utc(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("json")
    structlog.get_logger().info("old data is erased", bookings=2)
    (line,) = lines(capsys)
    assert str(line.pop("timestamp")).endswith("Z")
    assert line == {"event": "old data is erased", "level": "info", "bookings": 2}


@pytest.mark.parametrize("form", ["text", "json"])
def test_no_token_gets_out(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("json" if form == "json" else "text")
    log = structlog.get_logger()
    log.error(f"at {TOKEN}", url=f"https://x/bot{TOKEN}/getMe", where=["a:1", f"/bot{TOKEN}"])  # noqa: G004 -- the worst case
    said = capsys.readouterr().err
    assert TOKEN.split(":")[1] not in said
    assert said.count("<token>") == 3


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("library", ["telegram.ext", "aiohttp.server", "asyncio", "apscheduler"])
def test_what_a_library_quotes_and_its_traceback_are_dropped(
    form: str, library: str, capsys: pytest.CaptureFixture[str]
) -> None:
    configure_logs("json" if form == "json" else "text")
    try:
        int(f"{WORDS} {TOKEN}")
    except ValueError:
        logging.getLogger(library).exception(f"failed on {WORDS}")  # noqa: G004 -- as libraries do
    logging.getLogger(library).warning("handled %s", WORDS)
    said = capsys.readouterr().err
    assert WORDS not in said
    assert TOKEN not in said
    assert "Traceback" not in said
    assert said.count("a library warned") == 2
    assert said.count("ValueError") == 1


def test_a_library_that_only_tells_is_not_heard(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("json")
    for library in ("telegram", "aiohttp.access", "aiosqlite", "httpx", "sqlalchemy.engine"):
        logging.getLogger(library).info("SELECT %s", WORDS)
        logging.getLogger(library).debug("SELECT %s", WORDS)
    assert lines(capsys) == []
