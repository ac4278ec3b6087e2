"""What screens of a survey have in common: how a question is put, and what fits."""

from markupsafe import Markup, escape

from bot.forms.definition import Question
from bot.forms.xforms.asking import Asking
from bot.i18n import Translator
from bot.people.views import GAP
from bot.surveys.views.markdown import to_html

_LONGEST = 4000  # characters without tags; Telegram takes 4,096


def put(t: Translator, question: Question) -> Markup:
    """What a question asks."""
    if isinstance(question, Asking) and question.another:
        if question.label:
            return t("Do you want to add another: {what}?", what=to_html(question.label))
        return t("Do you want to add another one?")
    return to_html(question.label)


def shortened(t: Translator, blocks: list[Markup]) -> list[Markup]:
    """The blocks, of which the longest gives way where all are more than Telegram takes."""
    while sum(len(block.striptags()) + len(GAP) for block in blocks) > _LONGEST:
        place = max(range(len(blocks)), key=lambda place: len(blocks[place]))
        text = blocks[place].striptags()
        cut = text[: len(text) // 2]
        blocks[place] = escape(cut) + t("… (shortened)")
    return blocks
