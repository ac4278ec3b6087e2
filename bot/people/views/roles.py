"""Invites to a role, and what only some roles may see."""

from collections.abc import Collection, Mapping

from bot.errors import BaobabError, InviteExpired, InviteRevoked, InviteUsed
from bot.i18n import N_, Translator
from bot.message import Button, Message, Tap
from bot.people.models import Right, Role
from bot.people.views import GAP
from bot.people.views.welcome import go_home

WELCOMES: Mapping[Role, str] = {
    Role.VOLUNTEER: N_("<b>You are a volunteer now.</b>"),
    Role.ORGANISER: N_("<b>You are an organiser now.</b>"),
    Role.STEERING: N_("<b>You are in the Race Steering Group now.</b>"),
    Role.ANALYST: N_("<b>You are an analyst now.</b>"),
    Role.ADMIN: N_("<b>You are an administrator now.</b>"),
}


def accepted(t: Translator, role: Role, rights: Collection[Right], *, is_new: bool) -> Message:
    """They followed an invite, and have the role.

    Args:
        t: the reader's language.
        role: which they have.
        rights: all that they may do now.
        is_new: False: they had it before, and nothing has changed.
    """
    if is_new:
        text = [t(WELCOMES[role]) + " " + t("Thank you for helping.")]
    else:
        text = [t("You have this role already. Nothing has changed.")]
    if Right.SEE_SCHEDULE in rights:
        text.append(
            t("To see what I will send to people, and when, send {command}.", command="/schedule")
        )
    if Right.WRITE_BROADCASTS in rights:
        text.append(t("To write to many people at once, send {command}.", command="/broadcast"))
    elif Right.READ_REPORTS in rights:
        text.append(t("To see the results of broadcasts, send {command}.", command="/reports"))
    if Right.PUBLISH_SURVEYS in rights:
        text.append(
            t(
                "To publish a survey, send me the form as a file. To see all surveys, send "
                "{command}.",
                command="/publish",
            )
        )
    if Right.INVITE in rights:
        text.append(
            t(
                "To give roles and take them away, send {roles}. To see who did what, send {log}.",
                roles="/roles",
                log="/log",
            )
        )
    return Message(GAP.join(text)).with_buttons(
        [to_schedule(t)] if Right.SEE_SCHEDULE in rights else [], [go_home(t)]
    )


def refused(t: Translator, why: BaobabError) -> Message:
    """They followed an invite that gives nothing, or nothing any more."""
    if isinstance(why, InviteUsed):
        text = [t("Somebody has used this invite already. Each one works once.")]
    elif isinstance(why, InviteExpired):
        text = [t("This invite is too old. An invite works for a few days only.")]
    elif isinstance(why, InviteRevoked):
        text = [t("This invite was taken back.")]
    else:
        text = [t("I do not know this invite. Perhaps a part of the link is missing.")]
    text.append(t("Please ask whoever sent it to you for a new one."))
    return Message(GAP.join(text)).with_buttons([go_home(t)])


def not_allowed(t: Translator) -> Message:
    """They asked for something that takes a role they do not have."""
    return Message(
        GAP.join(
            [
                t("Only our volunteers and organisers can see this."),
                t(
                    "Do you help at our events? Then ask the people who organise them for an "
                    "invite."
                ),
            ]
        )
    ).with_buttons([go_home(t)])


def to_schedule(t: Translator) -> Button:
    """Leads to what will be sent."""
    return Button(t.plain("What will be sent"), Tap.to("schedule"))
