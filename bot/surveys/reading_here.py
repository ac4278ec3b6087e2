"""Reading an author's file in this process. Blocks, and has no limits on time and memory."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from enum import StrEnum
from typing import Any, Final

import orjson

from bot.forms.xlsform import Code, FormRefused, convert_trusted, limits
from bot.forms.xlsform.packed import SUFFIX, Packed, unpack
from bot.surveys.checking import look_at, refused
from bot.surveys.editions import edition_of, files_of, source_of
from bot.surveys.findings import Finding, Report
from bot.surveys.readings import Reading
from bot.surveys.uploads import refused as nothing_but

MOST: Final = limits.PROBLEMS  # findings that are told
_NOTHING: Final[Mapping[str, bytes]] = {}


def read_here(content: bytes, filename: str, beside: Mapping[str, bytes] = _NOTHING) -> Reading:
    """As `read_apart`, in this process: for tests, and for the process that reads apart."""
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


def dumped(reading: Reading, most: int) -> bytes:
    """What came of it, for `read_apart`: a line of JSON, and behind it what the files hold.

    Args:
        reading: what came of it.
        most: bytes of the line; of more, nothing is said but that it is too much.
    """
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
