"""What can go wrong, named for the situation. No words for people: views find those."""

from collections.abc import Collection


class BaobabError(Exception):
    """Something a person or an operator can be told about."""


class PersonNotFound(BaobabError):
    """There is no such person: they were erased."""


class SealBroken(BaobabError):
    """A sealed text cannot be read: another key sealed it, or it belongs to another row."""


class NotAllowed(BaobabError):
    """This person has no role that may do this, or not any more."""


class OutsideRole(NotAllowed):
    """The person may do this, but only in other places."""


class NewsNotWanted(BaobabError):
    """This person has not agreed to news, or not any more."""


class InviteUnknown(BaobabError):
    """No invite has this code; a part of the link may be missing."""


class InviteUsed(BaobabError):
    """Somebody has accepted the invite already."""


class InviteExpired(BaobabError):
    """The invite was not accepted in time."""


class InviteRevoked(BaobabError):
    """The invite was taken back before anybody accepted it."""


class InviteNotOpen(BaobabError):
    """There is no such invite that somebody could still accept."""


class RoleHoldsEverywhere(BaobabError):
    """This role cannot be given for one borough or group; the message says which."""


class RoleNotFound(BaobabError):
    """This role of this person is gone already."""


class LastAdmin(BaobabError):
    """Without this role nobody could give roles any more."""


class EventNotFound(BaobabError):
    """There is no such event, or not any more."""


class EventFull(BaobabError):
    """All places are taken."""


class EventOver(BaobabError):
    """The event has begun or is past, so its places are settled."""


class EventCancelled(BaobabError):
    """The event will not happen."""


class BookingNotFound(BaobabError):
    """This person has no such booking."""


class InterviewStale(BaobabError):
    """The button or answer belongs to an earlier step of the conversation."""


class SurveyClosed(BaobabError):
    """There is no such survey for this person, or not any more."""


class FormNotGood(BaobabError):
    """A form, or a rehearsal of it, is not as it should be.

    Attributes:
        lines: one plain sentence each.
    """

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


class DraftNotFound(BaobabError):
    """This person has no such draft of a survey, or not any more."""


class NotAForm(BaobabError):
    """The file is of a kind that no survey is written in."""


class FormTooLarge(BaobabError):
    """The file is larger than any form is.

    Attributes:
        most: bytes that one like it can have.
    """

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most


class TooManyDrafts(BaobabError):
    """This person has as many drafts as one person can have."""


class ClosingDatePast(BaobabError):
    """A survey cannot close before it opens."""


class BroadcastNotFound(BaobabError):
    """There is no such broadcast, or not any more."""


class BroadcastChanged(BaobabError):
    """The broadcast is not as it was on the screen: it was changed, or it has begun."""


class BeingEdited(BaobabError):
    """Somebody else is changing the broadcast.

    Attributes:
        minutes: after which it is free, if they leave it alone.
    """

    def __init__(self, minutes: int) -> None:
        super().__init__("somebody else is changing it")
        self.minutes = minutes


class BroadcastUnfit(BaobabError):
    """The broadcast cannot go out as it is.

    Attributes:
        why: keys of bot.broadcasts.checking.Trouble.
    """

    def __init__(self, why: Collection[str]) -> None:
        super().__init__(", ".join(why))
        self.why = tuple(why)


class OverLimit(BaobabError):
    """A new volunteer cannot send to so many people in one day.

    Attributes:
        limit: how many people.
        used: to how many they have sent today.
    """

    def __init__(self, limit: int, used: int) -> None:
        super().__init__(f"{used} of {limit} today")
        self.limit = limit
        self.used = used


class SamePerson(BaobabError):
    """A second person has to approve a broadcast, and this is the first."""


class NotTheirLanguage(BaobabError):
    """Only somebody who uses the bot in a language can say that a text in it is right.

    Attributes:
        language: its code.
    """

    def __init__(self, language: str) -> None:
        super().__init__(language)
        self.language = language


class TooLateToRecall(BaobabError):
    """Telegram lets nobody take these messages away any more."""


class ImportRefused(BaobabError):
    """A file could not be taken in; nothing of it was.

    Attributes:
        problems: one plain sentence each, with the row and column where there are any.
    """

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class ContentProblem(BaobabError):
    """A file of the editors' folder is wrong; the message says which and how."""


class SettingsProblem(BaobabError):
    """A setting is missing or wrong; the message says which and what to do."""


class DatabaseBusy(BaobabError):
    """The database could not do it this time, through no fault of what was asked: try again."""


class Overtaken(BaobabError):
    """What a change relied on holds no more: somebody else was faster. Nothing was changed.

    Whoever looks again sees how things are now.
    """


class DatabaseProblem(BaobabError):
    """The database cannot be used as it is; the message says what to do."""
