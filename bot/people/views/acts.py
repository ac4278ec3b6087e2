"""The log of what only some may do, in plain words: for admins."""

from collections.abc import Mapping
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.i18n import N_, Translator
from bot.message import Button, Document, Message, Tap
from bot.people.acts import ActsPage
from bot.people.boroughs import Boroughs
from bot.people.models import Act, Group, Noted, Role
from bot.people.views import GAP
from bot.people.views.holders import LINE, Admin, to_roles, turning
from bot.people.views.role_names import named
from bot.people.views.welcome import go_home

VERB = "log"
ACTS: Mapping[Act, str] = {
    Act.ROLE_GIVEN: N_("gave person {number} a role: {role}"),
    Act.ROLE_TAKEN: N_("took a role from person {number}: {role}"),
    Act.ROLES_LEFT: N_("deleted their data and so gave up all roles"),
    Act.INVITE_MADE: N_("made invite {number}: {role}"),
    Act.INVITE_REVOKED: N_("took back invite {number}"),
    Act.INVITE_USED: N_("used invite {number} and has the role: {role}"),
    Act.SURVEY_PUBLISHED: N_("published survey {number}"),
    Act.SURVEY_CLOSED: N_("closed survey {number}"),
    Act.BROADCAST_ASKED: N_("asked for broadcast {number} to be sent"),
    Act.BROADCAST_APPROVED: N_("approved broadcast {number}"),
    Act.BROADCAST_BEGUN: N_("began to send broadcast {number}"),
    Act.BROADCAST_PAUSED: N_("paused broadcast {number}"),
    Act.BROADCAST_RESUMED: N_("let broadcast {number} go on"),
    Act.BROADCAST_SENT_BACK: N_("asked for a change of broadcast {number}"),
    Act.BROADCAST_WITHDRAWN: N_("made broadcast {number} a draft again"),
    Act.BROADCAST_DELETED: N_("deleted the draft of broadcast {number}"),
    Act.TEXT_CHECKED: N_("checked a text of broadcast {number}"),
    Act.BROADCAST_STOPPED: N_("stopped broadcast {number}"),
    Act.BROADCAST_TAKEN_BACK: N_("took back broadcast {number}"),
    Act.GROUP_NAMED: N_("said what group {number} is for"),
    Act.GROUP_LANGUAGE: N_("chose the language of group {number}"),
    Act.LIMIT_LIFTED: N_("lifted the limit of person {number}"),
    Act.NEEDS_SEEN: N_("looked at what people need for event {number}"),
    Act.LOG_EXPORTED: N_("took out the whole log as a file"),
    Act.LOG_SHORTENED: N_("erased old entries of this log, as planned: {number}"),
}
"""What follows who did it. {number} is that of the subject; {role} is made from the details."""


def log(admin: Admin, page: ActsPage) -> Message:
    """A page of the log, the newest entry first."""
    t = admin.t
    blocks = [
        t("<b>Who did what</b>"),
        t(
            "What only some people may do is noted here. Nobody can change it. People are numbers: "
            "I keep no names."
        ),
    ]
    if not page.acts:
        blocks.append(t("Nothing has been noted yet."))
    for day, its in groupby(page.acts, lambda each: each.at.astimezone(admin.zone).date()):
        heading = t("<b>{date}</b>", date=t.date(day))
        blocks.append(LINE.join([heading, *(_line(admin, each) for each in its)]))
    if page.pages > 1:
        blocks.append(t("Page {page} of {pages}.", page=page.page, pages=page.pages))
    return Message(GAP.join(blocks)).with_buttons(
        turning(t, VERB, page.page, page.pages),
        [Button(t.plain("Get it all as a file"), Tap.to(VERB, "file"))],
        [to_roles(t)],
        [go_home(t)],
    )


def exported(t: Translator, content: bytes, now: datetime, zone: ZoneInfo) -> Message:
    """The whole log as a file."""
    name = f"baobab-log-{now.astimezone(zone):%Y-%m-%d}.csv"
    text = t("This is the whole log. You can open it with any app for spreadsheets.")
    return Message(text, document=Document(name, content, "text/csv")).with_buttons(
        [Button(t.plain("Who did what"), Tap.to(VERB))], [go_home(t)]
    )


def _line(admin: Admin, each: Noted) -> Markup:
    t = admin.t
    return t(
        "• {time}, {who}: {what}",
        time=t.time(each.at, admin.zone),
        who=_who(admin, each.actor),
        what=said(t, admin.boroughs, each),
    )


def said(t: Translator, boroughs: Boroughs, each: Noted) -> str:
    """What was done, without who did it."""
    number = each.subject.rpartition(" ")[2]
    role = _role(t, boroughs, each.details) if "role" in each.details else ""
    what = t.plain(ACTS[each.act], number=number, role=role)
    return t.plain("{what}, at any hour", what=what) if each.details.get("urgent") else what


def _role(t: Translator, boroughs: Boroughs, details: Mapping[str, str | int]) -> str:
    group = details.get("group")
    return named(
        t,
        boroughs,
        Role(str(details["role"])),
        str(details.get("borough", "")),
        Group(str(group)) if group else None,
    )


def _who(admin: Admin, actor: int | None) -> str:
    if actor is None:
        return admin.t.plain("the computer that runs the bot")
    if actor == admin.person_id:
        return admin.t.plain("you")
    return admin.t.plain("person {number}", number=actor)
