"""Reading an author's file in a process of its own, which has little time and memory.

Nobody waits for it: the event loop goes on, and so does every other thread.
"""

import asyncio
import contextlib
import signal
import sys
from collections.abc import Mapping
from typing import Any, Final

import orjson

from bot.forms.xlsform import Code, limits, wire
from bot.forms.xlsform.isolation import environment
from bot.message import MediaKind
from bot.surveys.findings import Finding, figures_of
from bot.surveys.media import File
from bot.surveys.models import Edition, Source
from bot.surveys.readings import Reading
from bot.surveys.uploads import refused as nothing_but

CPU_SECONDS = 40  # converting the biggest form allowed takes some 7 on a slow machine
WALL_SECONDS = 90.0
ANSWER_BYTES = 60_000_000  # of the form and what is to be said of it, without its files
_NOTHING: Final[Mapping[str, bytes]] = {}


async def read_apart(
    content: bytes, filename: str, beside: Mapping[str, bytes] = _NOTHING
) -> Reading:
    """What a file holds, or why it cannot be used. Raises nothing of the file's making.

    Args:
        content: the file.
        filename: its name.
        beside: the files that belong to it, by name: lists (.csv), pictures, sounds.
    """
    told = map(str, (CPU_SECONDS, limits.MEMORY_BYTES, ANSWER_BYTES))
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "bot.surveys.reading_child", *told),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,  # a traceback may hold what people wrote
        env=environment(),
    )
    try:
        async with asyncio.timeout(WALL_SECONDS):
            said, _ = await child.communicate(wire.request(content, filename, beside))
    except TimeoutError:
        return nothing_but(Code.TOO_HEAVY)
    finally:
        if child.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                child.kill()
            await child.wait()
    if child.returncode in {-signal.SIGKILL, -getattr(signal, "SIGXCPU", signal.SIGKILL)}:
        return nothing_but(Code.TOO_HEAVY)
    if child.returncode or not said:  # the form breaks our own code
        return nothing_but(Code.NOT_CONVERTED)
    return _reading(said)


def _reading(answer: bytes) -> Reading:
    """What a child said: a line of JSON, and behind it what is in the files that it names."""
    head, _, body = answer.partition(b"\n")
    said: dict[str, Any] = orjson.loads(head)
    edition = said["edition"]
    findings = tuple(Finding(**each) for each in said["findings"])
    if edition is None:
        return Reading(findings=findings)
    kept = Edition(
        **{
            **edition,
            "languages": tuple(edition["languages"]),
            "unreviewed": tuple(edition["unreviewed"]),
            "source": Source(**edition["source"]),
        }
    )
    files, at = [], 0
    for each in said["files"]:
        content = body[at : at + each["size"]]
        files.append(File(each["digest"], MediaKind(each["kind"]), each["mime"], content))
        at += each["size"]
    figures = figures_of(said["figures"])
    return Reading(said["name"], kept, findings, figures=figures, files=tuple(files))
