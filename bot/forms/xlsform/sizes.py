"""What is too big is refused before anything looks at it."""

from collections.abc import Mapping

from bot.forms.xlsform import limits
from bot.forms.xlsform.result import Code, FormRefused, Problem


def refuse_sizes(content: bytes, beside: Mapping[str, bytes]) -> None:
    """Refuse a form, or files beside it, of which there is too much or nothing.

    Raises:
        FormRefused: the form is empty or too big, or the files are too many or too big together.
    """
    if len(content) > limits.FILE_BYTES:
        raise _refused(Code.FILE_TOO_BIG, limit=str(limits.FILE_BYTES))
    if not content.strip():
        raise _refused(Code.FILE_EMPTY)
    refuse_sizes_of({name: len(each) for name, each in beside.items()})


def refuse_sizes_of(beside: Mapping[str, int]) -> None:
    """Refuse files beside a form, by their sizes in bytes.

    Raises:
        FormRefused: they are too many, or too big together.
    """
    if len(beside) > limits.FILES_BESIDE:
        raise _refused(Code.TOO_MANY_FILES, limit=str(limits.FILES_BESIDE))
    size = {limits.BESIDE_BYTES: 0, limits.MEDIA_BYTES: 0}
    for name, each in beside.items():
        limit = limits.BESIDE_BYTES if is_list(name) else limits.MEDIA_BYTES
        size[limit] += each
        if size[limit] > limit:
            raise _refused(Code.FILES_TOO_BIG, limit=str(limit // 1_000_000), file=name)


def is_list(name: str) -> bool:
    """Whether a file beside a form is a list, and no picture, sound or video."""
    return name.lower().endswith(".csv")


def _refused(code: Code, **details: str) -> FormRefused:
    return FormRefused([Problem(code, details=details)])
