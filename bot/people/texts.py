"""Texts that editors write in several languages, as their files hold them."""

from typing import Annotated

from pydantic import AfterValidator, StringConstraints

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


def _with_english(texts: dict[str, str]) -> dict[str, str]:
    if "en" not in texts:
        raise ValueError("the English text (en) is missing; others fall back to it")
    return texts


Texts = Annotated[dict[Language, Text], AfterValidator(_with_english)]
"""Text by language code; English is always there."""
