"""A survey that its author tries as people will see it."""

from collections.abc import Sequence
from dataclasses import replace

import orjson
from markupsafe import Markup
from typing_extensions import override

from bot.forms.definition import Question
from bot.forms.happened import Step
from bot.forms.values import Record
from bot.i18n import Translator
from bot.message import Button, Message, Tap
from bot.people.views import GAP
from bot.surveys.drafts import Draft
from bot.surveys.views.authoring import AUTHOR, to_draft
from bot.surveys.views.keyboard import Screen
from bot.surveys.views.markdown import to_html

WALK = "dq"
"""The verb of every button under a question of a draft; the rest is as under those of surveys."""
LONGEST_RECORD = 1500  # characters
LONGEST_NOTES = 1500


class TrialScreen(Screen):
    """A question of a draft; its number stands in the place of a survey's."""

    __slots__ = ()

    @override
    def tap(self, step: Step, did: str, what: str | int = "", page: int | None = None) -> Tap:
        page = self.page if page is None else page
        return Tap.to(WALK, self.survey_id, step.interview.revision, did, what, page)


def only_a_test(t: Translator, message: Message) -> Message:
    """The same screen, which says that it is only a test."""
    return replace(
        message, text=GAP.join([t("<i>This is a test. No answer is kept.</i>"), message.text])
    )


def ended(
    t: Translator, draft: Draft, notes: Sequence[Question], record: Record, *, agreed: bool
) -> Message:
    """They came to the end; what a response would hold."""
    blocks = [to_html(note.label) for note in notes if note.label]
    if sum(map(len, blocks)) > LONGEST_NOTES:
        blocks = []
    blocks.append(t("<b>This is the end of the test.</b>"))
    if not agreed:
        blocks.append(t("Whoever does not agree leaves nothing: we keep no answer."))
    elif not record:
        blocks.append(t("Whoever answers no question leaves nothing: it does not count."))
    else:
        kept = orjson.dumps(record, option=orjson.OPT_INDENT_2).decode()
        if len(kept) > LONGEST_RECORD:
            kept = kept[:LONGEST_RECORD] + "…"
        blocks.append(t("If somebody answers like this, we keep:"))
        blocks.append(Markup("<pre>{}</pre>").format(kept))
    blocks.append(t("Your test answers are deleted."))
    return Message(GAP.join(blocks)).with_buttons(*_ways(t, draft))


def stopped(t: Translator, draft: Draft) -> Message:
    """They broke the test off."""
    return Message(t("The test is over. Your test answers are deleted.")).with_buttons(
        *_ways(t, draft)
    )


def _ways(t: Translator, draft: Draft) -> list[list[Button]]:
    return [
        [Button(t.plain("Try it again"), Tap.to(AUTHOR, "try", draft.id))],
        [Button(t.plain("Publish"), Tap.to(AUTHOR, "publish", draft.id))],
        [to_draft(t, draft.id)],
    ]
