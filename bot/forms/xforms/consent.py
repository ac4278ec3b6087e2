"""The question whether somebody agrees to take part: one named "consent", wherever it stands."""

from collections.abc import Mapping
from typing import Final

from bot.forms.values import Value
from bot.forms.xforms.model import Control, Tag, XForm

CONSENT: Final = "consent"
AGREED: Final = frozenset({"yes", "agree", "OK"})
"""The answers that mean so; "OK" is that of what is acknowledged."""


def is_consent(name: str) -> bool:
    """Whether a question of this name, or of this path, asks whether somebody agrees.

    Capital letters make no difference: an author who writes "Consent" means it.
    """
    return name.rpartition("/")[2].lower() == CONSENT


def agreed(asked: Mapping[str, Value]) -> bool:
    """Whether nobody was asked to agree, or they did each time.

    Args:
        asked: the answer to every question that was asked, None where there is none.
    """
    return all(
        isinstance(value, str) and value in AGREED
        for name, value in asked.items()
        if is_consent(name)
    )


def can_be_given(form: XForm, control: Control) -> bool:
    """Whether a question can be answered so that we know it for a yes."""
    if control.tag is Tag.TRIGGER:
        return True
    itemset = control.choices
    if control.tag is not Tag.ONE or itemset is None:
        return False
    return any(
        item.findtext(itemset.value, "").strip() in AGREED
        for name in itemset.nodes.instances
        for item in form.instances.get(name, ())
    )
