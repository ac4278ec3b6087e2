"""Who has which role, and open invites: for admins."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.i18n import Translator
from bot.message import Button, Message, Tap
from bot.people.boroughs import Boroughs
from bot.people.models import Given, Invite
from bot.people.role_desk import Holder, HoldersPage
from bot.people.roles import LASTS
from bot.people.views import GAP
from bot.people.views.role_names import ROLES, role_and_place
from bot.people.views.welcome import go_home

VERB = "roles"
"""The verb of the buttons of this room."""
LINE = Markup("\n")
INVITES_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Admin:
    """To whom it is shown.

    Attributes:
        person_id: their own number.
        zone: in whose wall time they think.
    """

    t: Translator
    boroughs: Boroughs
    person_id: int
    zone: ZoneInfo


def overview(admin: Admin, page: HoldersPage) -> Message:
    """The people with roles, and what can be done."""
    t = admin.t
    blocks = [
        t("<b>Roles</b>"),
        t.plural("{n} person has a role.", "{n} people have a role.", page.people),
        t("I keep no names. You know people by their number and the label you gave them."),
        *(_holder(admin, each) for each in page.holders),
    ]
    if page.pages > 1:
        blocks.append(t("Page {page} of {pages}.", page=page.page, pages=page.pages))
    people = [
        Button(_person(t, each.person_id), Tap.to(VERB, "person", each.person_id))
        for each in page.holders
    ]
    invites = t.plain_plural("{n} open invite", "{n} open invites", page.open_invites)
    return Message(GAP.join(blocks)).with_buttons(
        people[:3],
        people[3:],
        turning(t, VERB, page.page, page.pages),
        [Button(t.plain("Invite somebody"), Tap.to(VERB, "new"))],
        [Button(invites, Tap.to(VERB, "invites"))],
        [to_log(t)],
        [go_home(t)],
    )


def holder(admin: Admin, each: Holder) -> Message:
    """One person's roles, each with the way to take it away."""
    t = admin.t
    rows = [
        [
            Button(
                t.plain("Take away: {role}", role=t.plain(ROLES[given.role])),
                Tap.to(VERB, "take", given.id),
            )
        ]
        for given in each.roles
    ]
    return Message(_holder(admin, each)).with_buttons(*rows, [to_roles(t)], [go_home(t)])


def confirm_take(admin: Admin, given: Given) -> Message:
    """The one question before a role is taken away."""
    t = admin.t
    yourself = given.person_id == admin.person_id
    blocks = [
        t(
            "<b>Take away {role} from {person}?</b>",
            role=role_and_place(t, admin.boroughs, given),
            person=_who(admin, given.person_id),
        ),
        *([t("Label: {label}", label=given.label)] if given.label else []),
        t("It holds at once. I tell them, unless they stopped messages."),
        *([t("This is you. You cannot give it back to yourself.")] if yourself else []),
    ]
    return Message(GAP.join(blocks)).with_buttons(
        [Button(t.plain("Yes, take it away"), Tap.to(VERB, "taken", given.id))],
        [Button(t.plain("No, keep it"), Tap.to(VERB, "person", given.person_id))],
    )


def taken(admin: Admin, given: Given) -> Message:
    """It is taken away."""
    t = admin.t
    said = t(
        "{person} does not have this role any more: {role}.",
        person=_who(admin, given.person_id),
        role=role_and_place(t, admin.boroughs, given),
    )
    return Message(said).with_buttons([to_roles(t)], [go_home(t)])


def last_admin(t: Translator) -> str:
    """They wanted to take the last admin's role away."""
    return t.plain("This is the last administrator. Make somebody else one first.")


def gone(t: Translator) -> str:
    """What the button was about is not there any more."""
    return t.plain("This has changed since. Here is how it is now.")


def invites(admin: Admin, found: list[Invite]) -> Message:
    """The invites that somebody can still accept."""
    t = admin.t
    blocks = [t("<b>Open invites</b>")]
    shown = found[:INVITES_SHOWN]
    if not found:
        blocks.append(t("There is none. Whoever has a role now keeps it."))
    blocks += [_invite(admin, each) for each in shown]
    if len(found) > len(shown):
        more = len(found) - len(shown)
        blocks.append(
            t.plural("{n} older one is not shown.", "{n} older ones are not shown.", more)
        )
    rows = [
        [
            Button(
                t.plain("Take back invite {number}", number=each.id),
                Tap.to(VERB, "revoke", each.id),
            )
        ]
        for each in shown
    ]
    return Message(GAP.join(blocks)).with_buttons(
        *rows,
        [Button(t.plain("Invite somebody"), Tap.to(VERB, "new"))],
        [to_roles(t)],
    )


def revoked(t: Translator) -> str:
    """An invite was taken back."""
    return t.plain("I took the invite back. Its link gives nothing now.")


def invited(admin: Admin, role: str, link: str, now: datetime) -> Message:
    """The link of a new invite, shown this once.

    Args:
        admin: who made it.
        role: the role and where it holds, in words.
        link: the link.
        now: from when it works.
    """
    t = admin.t
    blocks = [
        t("<b>Invite: {role}</b>", role=role),
        Markup("<code>{}</code>").format(link),
        t(
            "Send this link to that person alone. Whoever follows it first has the role. It works "
            "once, until {date}, {time}.",
            date=t.date((now + LASTS).astimezone(admin.zone).date()),
            time=t.time(now + LASTS, admin.zone),
        ),
        t("I keep no copy of the link. If it is lost, take it back and make a new one."),
    ]
    return Message(GAP.join(blocks)).with_buttons(
        [Button(t.plain("Invite somebody"), Tap.to(VERB, "new"))], [to_roles(t)], [go_home(t)]
    )


def told_taken(t: Translator, role: str) -> Message:
    """Tells somebody that a role of theirs was taken away.

    Args:
        t: their language.
        role: the role and where it held, in words.
    """
    blocks = [
        t("You do not have this role any more: <b>{role}</b>.", role=role),
        t("Thank you for your help. Your bookings and your settings have not changed."),
        t("Is this a mistake? Then ask the people who organise our events."),
    ]
    return Message(GAP.join(blocks)).with_buttons([go_home(t)])


def not_allowed(t: Translator) -> Message:
    """They asked for what only admins may see."""
    return Message(t("Only administrators can see this.")).with_buttons([go_home(t)])


def to_roles(t: Translator) -> Button:
    """Leads to who has which role."""
    return Button(t.plain("All roles"), Tap.to(VERB))


def to_log(t: Translator) -> Button:
    """Leads to the log."""
    return Button(t.plain("Who did what"), Tap.to("log"))


def turning(t: Translator, verb: str, page: int, pages: int) -> list[Button]:
    """Buttons that turn pages; the arrows point as the reader's pages turn."""
    back, on = ("▶", "◀") if t.rtl else ("◀", "▶")
    found = []
    if page > 1:
        found.append(Button(f"{t.plain('Previous page')} {back}", Tap.to(verb, "page", page - 1)))
    if page < pages:
        found.append(Button(f"{t.plain('Next page')} {on}", Tap.to(verb, "page", page + 1)))
    return found


def _holder(admin: Admin, each: Holder) -> Markup:
    t = admin.t
    lines = [t("<b>{person}</b>", person=_who(admin, each.person_id))]
    for given in each.roles:
        lines.append(
            t(
                "• {role}, since {date}",
                role=role_and_place(t, admin.boroughs, given),
                date=t.date(given.at.astimezone(admin.zone).date()),
            )
        )
        if given.label:
            lines.append(t("Label: {label}", label=given.label))
    if each.last_at is not None:
        lines.append(
            t.plural(
                "{n} entry in the log, the last on {date}",
                "{n} entries in the log, the last on {date}",
                each.acts,
                date=t.date(each.last_at.astimezone(admin.zone).date()),
            )
        )
    return LINE.join(lines)


def _invite(admin: Admin, each: Invite) -> Markup:
    t = admin.t
    lines = [
        t(
            "<b>Invite {number}</b>: {role}",
            number=each.id,
            role=role_and_place(t, admin.boroughs, each),
        )
    ]
    if each.label:
        lines.append(t("Label: {label}", label=each.label))
    lines.append(
        t(
            "Works until {date}, {time}",
            date=t.date(each.expires_at.astimezone(admin.zone).date()),
            time=t.time(each.expires_at, admin.zone),
        )
    )
    return LINE.join(lines)


def _person(t: Translator, person_id: int) -> str:
    return t.plain("Person {number}", number=person_id)


def _who(admin: Admin, person_id: int) -> str:
    if person_id == admin.person_id:
        return admin.t.plain("Person {number} (you)", number=person_id)
    return _person(admin.t, person_id)
