"""The child process of `isolation`: a form comes in by a pipe, an XForm or problems go out."""

import os
import sys

from bot.forms.xlsform import convert_trusted, wire
from bot.forms.xlsform.isolation import limit_ourselves
from bot.forms.xlsform.result import Code, FormRefused, Problem


def _answer(data: bytes) -> wire.Answer:
    try:
        return convert_trusted(*wire.read_request(data))
    except FormRefused as refusal:
        return refusal.problems
    except MemoryError:
        return (Problem(Code.TOO_HEAVY),)


def main(cpu: int, memory: int, size: int) -> None:
    """Convert the form that stands on standard input.

    Args:
        cpu: seconds of work.
        memory: bytes of address space.
        size: bytes of the answer.
    """
    data = sys.stdin.buffer.read()
    out = os.dup(sys.stdout.fileno())
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nobody prints into the answer
    limit_ourselves(cpu, memory)
    response = wire.response(_answer(data))
    if len(response) > size:
        response = wire.response((Problem(Code.TOO_HEAVY),))
    with os.fdopen(out, "wb") as pipe:
        pipe.write(response)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
