"""Invites to a role, and what only some roles may see."""

from collections.abc import Mapping

from bot.errors import BaobabError, InviteExpired, InviteRevoked, InviteUsed
from bot.i18n import N_, Translator
from bot.message import Button, Message, Tap
from bot.people.models import Role
from bot.people.views import GAP
from bot.people.views.welcome import go_home

WELCOMES: Mapping[Role, str] = {
    Role.VOLUNTEER: N_("<b>You are a volunteer now.</b>"),
    Role.ORGANISER: N_("<b>You are an organiser now.</b>"),
    Role.STEERING: N_("<b>You are in the Race Steering Group now.</b>"),
    Role.ANALYST: N_("<b>You are an analyst now.</b>"),
    Role.ADMIN: N_("<b>You are an administrator now.</b>"),
}


def accepted(  # noqa: PLR0913 -- by name, and most have a usual value
    t: Translator,
    role: Role,
    *,
    is_new: bool,
    sees_schedule: bool,
    writes_broadcasts: bool = False,
    publishes_surveys: bool = False,
    gives_roles: bool = False,
) -> Message:
    """They followed an invite, and have the role.

    Args:
        t: the reader's language.
        role: which they have.
        is_new: False: they had it before, and nothing has changed.
        sees_schedule: whether they may see what will be sent.
        writes_broadcasts: whether they may write to many people.
        publishes_surveys: whether they may publish surveys.
        gives_roles: whether they may give roles and read the log.
    """
    if is_new:
        text = [t(WELCOMES[role]) + " " + t("Thank you for helping.")]
    else:
        text = [t("You have this role already. Nothing has changed.")]
    if sees_schedule:
        text.append(
            t("To see what I will send to people, and when, send {command}.", command="/schedule")
        )
    if writes_broadcasts:
        text.append(t("To write to many people at once, send {command}.", command="/broadcast"))
    if publishes_surveys:
        text.append(
            t(
                "To publish a survey, send me the form as a file. To see all surveys, send "
                "{command}.",
                command="/publish",
            )
        )
    if gives_roles:
        text.append(
            t(
                "To give roles and take them away, send {roles}. To see who did what, send {log}.",
                roles="/roles",
                log="/log",
            )
        )
    return Message(GAP.join(text)).with_buttons(
        [to_schedule(t)] if sees_schedule else [], [go_home(t)]
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
