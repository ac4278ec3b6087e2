"""The process in which `read_apart` has an author's file read."""

import gc
import os
import sys


def main(cpu: int, memory: int, most: int) -> None:
    """Read the form that stands on standard input, with its files.

    Args:
        cpu: seconds of work.
        memory: bytes of address space.
        most: bytes of the answer, without files.
    """
    # All that is loaded here stays: to look through it for rubbish would take a fifth of the time.
    gc.disable()
    from bot.forms.expressions import compiling
    from bot.forms.xlsform import conversion, wire
    from bot.forms.xlsform.isolation import limit_ourselves
    from bot.surveys.reading_here import dumped, read_here

    del compiling, conversion  # needed for nearly every form, and loaded while there is no limit
    gc.freeze()
    gc.enable()
    sys.dont_write_bytecode = True  # from here on it can write nothing
    content, filename, beside = wire.read_request(sys.stdin.buffer.read())
    out = os.dup(sys.stdout.fileno())
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nobody prints into the answer
    limit_ourselves(cpu, memory)
    answer = dumped(read_here(content, filename, beside), most)
    with os.fdopen(out, "wb") as pipe:
        pipe.write(answer)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
