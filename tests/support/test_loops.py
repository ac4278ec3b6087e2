import asyncio
import sys

import psutil

from tests.support.loops import Loop

SLEEPS = "import time; time.sleep(300)"


async def leave_a_process() -> int:
    out = asyncio.subprocess.PIPE
    return (await asyncio.create_subprocess_exec(sys.executable, "-c", SLEEPS, stdout=out)).pid


def test_what_a_test_leaves_ends_with_its_loop() -> None:
    with asyncio.Runner(loop_factory=Loop) as runner:
        left = runner.run(leave_a_process())
    assert psutil.pid_exists(left) is False
