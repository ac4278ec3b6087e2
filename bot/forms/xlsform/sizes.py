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
    if len(beside) > limits.FILES_BESIDE:
        raise _refused(Code.TOO_MANY_FILES, limit=str(limits.FILES_BESIDE))
    size = 0
    for name, each in beside.items():
        size += len(each)
        if size > limits.BESIDE_BYTES:
            raise _refused(Code.FILE_TOO_BIG, limit=str(limits.BESIDE_BYTES), file=name)


def _refused(code: Code, **details: str) -> FormRefused:
    return FormRefused([Problem(code, details=details)])
