import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.logs import LIBRARIES, configure_logs


@pytest.fixture
def _as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name in (*LIBRARIES, "apscheduler.scheduler"):
        logging.getLogger(name).setLevel(logging.NOTSET)
    structlog.reset_defaults()


@pytest.mark.usefixtures("_as_before")
def test_a_tick_left_out_under_load_is_no_warning_and_one_that_failed_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure_logs("json")
    skipped = 'Execution of job "%s" skipped: maximum number of running instances reached (%d)'
    logging.getLogger("apscheduler.scheduler").warning(skipped, "run", 1)
    assert capsys.readouterr().err == ""
    logging.getLogger("apscheduler.executors.default").error('Job "%s" raised an exception', "run")
    assert "raised an exception" in capsys.readouterr().err
