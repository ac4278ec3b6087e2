"""Reading an author's file in a process of its own, which has little time and memory.

Nobody waits for it: the event loop goes on, and so does every other thread.
"""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Mapping
from dataclasses import asdict, replace
from enum import StrEnum
from typing import Any, Final

import orjson

from bot.forms.xlsform import Code, FormRefused, convert_trusted, limits, wire
from bot.forms.xlsform.isolation import environment, limit_ourselves
from bot.forms.xlsform.packed import SUFFIX, Packed, unpack
from bot.message import MediaKind
from bot.surveys.checking import look_at, refused
from bot.surveys.desk import edition_of, files_of, source_of
from bot.surveys.drafts import Reading
from bot.surveys.findings import Finding, Report, figures_of
from bot.surveys.media import File
from bot.surveys.models import Edition, Source
from bot.surveys.uploads import refused as nothing_but

CPU_SECONDS = 40  # converting the biggest form allowed takes some 7 on a slow machine
WALL_SECONDS = 90.0
ANSWER_BYTES = 60_000_000  # of the form and what is to be said of it, without its files
MOST: Final = limits.PROBLEMS  # findings that are told
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
        *(sys.executable, "-P", "-B", "-m", "bot.surveys.reading_apart", *told),
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


def read_here(content: bytes, filename: str, beside: Mapping[str, bytes] = _NOTHING) -> Reading:
    """The same in this process."""
    try:
        packed = unpack(content) if filename.lower().endswith(SUFFIX) else None
        sent = packed or Packed(content, filename, {})
        report = look_at(convert_trusted(sent.content, sent.filename, {**sent.beside, **beside}))
    except FormRefused as refusal:
        report = refused(refusal)
    except MemoryError:
        return nothing_but(Code.TOO_HEAVY)
    findings = _told(report)
    if not report.is_good or report.converted is None or report.plan is None:
        return Reading(findings=findings)
    form, source = report.plan.form, source_of(report.converted)
    edition = edition_of(form, source, {})
    files = {file.digest: file for file in files_of(report.converted)}
    return Reading(
        form.name, edition, findings, figures=report.figures, files=tuple(files.values())
    )


def _told(report: Report) -> tuple[Finding, ...]:
    """What is told of what was found: not more than anybody reads."""
    left = len(report.findings) - MOST
    if left <= 0:
        return report.findings
    more = Finding(Code.MORE_PROBLEMS, is_error=False, details={"count": str(left)})
    return (*report.findings[:MOST], more)


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


def _dumped(reading: Reading, most: int) -> bytes:
    head = asdict(replace(reading, files=()))
    head["files"] = [
        {"digest": file.digest, "kind": file.kind, "mime": file.mime, "size": len(file.content)}
        for file in reading.files
    ]
    said = orjson.dumps(_proper(head))
    if len(said) > most:
        head = asdict(nothing_but(Code.TOO_HEAVY))
        return orjson.dumps(_proper(head)) + b"\n"
    return b"".join([said, b"\n", *(file.content for file in reading.files)])


def _proper(value: Any) -> Any:
    """Without what a database cannot hold: halves of letters, and the sign 0."""
    match value:
        case StrEnum():
            return value.value
        case str():
            return value.encode("utf-8", "replace").decode().replace("\0", "")
        case tuple() | list():
            return [_proper(each) for each in value]
        case dict():
            return {_proper(key): _proper(each) for key, each in value.items()}
        case _:
            return value


def main(cpu: int, memory: int, most: int) -> None:
    """Read the form that stands on standard input, with its files.

    Args:
        cpu: seconds of work.
        memory: bytes of address space.
        most: bytes of the answer, without files.
    """
    content, filename, beside = wire.read_request(sys.stdin.buffer.read())
    out = os.dup(sys.stdout.fileno())
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nobody prints into the answer
    limit_ourselves(cpu, memory)
    answer = _dumped(read_here(content, filename, beside), most)
    with os.fdopen(out, "wb") as pipe:
        pipe.write(answer)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
