"""How somebody is invited to a role, asked step by step."""

from collections.abc import Iterable, Iterator, Mapping

from markupsafe import Markup

from bot.forms.definition import Choice
from bot.forms.happened import Asked, Refused, ReviewShown, Step
from bot.forms.inputs import Reason, Refusal
from bot.i18n import N_, Translator
from bot.message import Button, Message, Tap
from bot.people.boroughs import Boroughs
from bot.people.inviting import BOROUGH, EVERYBODY, EVERYWHERE, GROUP, LABEL, ROLE
from bot.people.models import Group, Role
from bot.people.views import GAP
from bot.people.views.holders import LINE, Admin
from bot.people.views.role_names import GROUPS, ROLES, borough_name

WALK = "invite"
"""The verb of every button of the form: revision, what was done, and to what."""
IN_A_ROW = 2
QUESTIONS: Mapping[str, str] = {
    ROLE: N_("Which role do you want to give?"),
    BOROUGH: N_("In which borough does it hold?"),
    GROUP: N_("For whom does it hold?"),
    LABEL: N_(
        "How will you know this person in the list? Please type a label, such as Volunteer 3. "
        "Do not type a name."
    ),
}
CHANGES: Mapping[str, str] = {
    ROLE: N_("Change the role"),
    BOROUGH: N_("Change the borough"),
    GROUP: N_("Change for whom"),
    LABEL: N_("Change the label"),
}
LINES: Mapping[str, str] = {
    ROLE: N_("Role: {answer}"),
    BOROUGH: N_("Borough: {answer}"),
    GROUP: N_("For: {answer}"),
    LABEL: N_("Label: {answer}"),
}


def labels(t: Translator, boroughs: Boroughs, choices: Iterable[Choice]) -> dict[str, str]:
    """What the choices are called on the screen, for typed answers."""
    return {choice.key: _name(t, boroughs, choice.key) for choice in choices}


def question(admin: Admin, step: Step) -> Message:
    """What is asked now, or the check before the link is made."""
    t, shown, revision = admin.t, step.shown, step.interview.revision
    blocks = [_refused(t, each.why) for each in step.effects if isinstance(each, Refused)]
    if isinstance(shown, Asked):
        blocks.append(t("<b>{question}</b>", question=t.plain(QUESTIONS[shown.question.name])))
        rows = list(_buttons(admin, shown, revision))
    elif isinstance(shown, ReviewShown):
        blocks.append(t("<b>Is everything right?</b>"))
        blocks.append(LINE.join(_lines(admin, shown)))
        rows = list(_ways(t, shown, revision))
    else:
        raise TypeError("a form that is over asks nothing")
    return Message(GAP.join(blocks)).with_buttons(*rows)


def stopped(t: Translator) -> str:
    """They do not invite anybody now."""
    return t.plain("I made no invite.")


def old_question(t: Translator) -> str:
    """They pressed a button of an earlier question."""
    return t.plain("This button is from an earlier question. Here is where we are.")


def _refused(t: Translator, why: Refusal) -> Markup:
    if why.reason == Reason.TOO_LONG:
        return t("This label is too long: {maximum} letters at most.", **dict(why.details))
    return t("I do not know this answer. Please choose one of those below.")


def _name(t: Translator, boroughs: Boroughs, key: str) -> str:
    if key in set(Role):
        return t.plain(ROLES[Role(key)])
    if key in set(Group):
        return t.plain(GROUPS[Group(key)])
    if key == EVERYWHERE:
        return t.plain("All boroughs")
    if key == EVERYBODY:
        return t.plain("Everybody")
    return borough_name(boroughs, key)


def _buttons(admin: Admin, asked: Asked, revision: int) -> Iterator[list[Button]]:
    t = admin.t
    named = labels(t, admin.boroughs, asked.choices)
    buttons = [Button(label, Tap.to(WALK, revision, "pick", key)) for key, label in named.items()]
    for at in range(0, len(buttons), IN_A_ROW):
        yield buttons[at : at + IN_A_ROW]
    if asked.can_keep:
        yield [Button(t.plain("Keep it"), Tap.to(WALK, revision, "keep"))]
    if asked.can_go_back:
        yield [Button(t.plain("Back"), Tap.to(WALK, revision, "back"))]
    yield [Button(t.plain("Do not invite"), Tap.to(WALK, revision, "stop"))]


def _lines(admin: Admin, shown: ReviewShown) -> Iterator[Markup]:
    for line in shown.lines:
        name, value = line.question.name, str(line.value)
        answer = value if name == LABEL else _name(admin.t, admin.boroughs, value)
        yield admin.t(LINES[name], answer=answer)


def _ways(t: Translator, shown: ReviewShown, revision: int) -> Iterator[list[Button]]:
    yield [Button(t.plain("Make the link"), Tap.to(WALK, revision, "finish"))]
    for line in shown.lines:
        name = line.question.name
        yield [Button(t.plain(CHANGES[name]), Tap.to(WALK, revision, "change", name))]
    yield [Button(t.plain("Do not invite"), Tap.to(WALK, revision, "stop"))]
