"""How somebody is invited to a role: what an admin is asked, as a form."""

from dataclasses import dataclass
from typing import Final

from bot.forms.definition import Choice, Form, Kind, Question
from bot.forms.values import Answers, Record
from bot.people.boroughs import Boroughs
from bot.people.models import Group, Role
from bot.people.roles import LOCAL

NAME: Final = "invite"
ROLE, BOROUGH, GROUP, LABEL = "role", "borough", "group", "label"
EVERYWHERE, EVERYBODY = "everywhere", "everybody"
"""Stand for all boroughs, and for no group."""
LABEL_LENGTH: Final = 40  # characters; it stands in lists


def _is_local(answers: Answers) -> bool:
    role = answers.get(ROLE)
    return role is not None and Role(str(role)) in LOCAL


def form_for(boroughs: Boroughs) -> Form:
    """The form, with the boroughs there are."""
    places = (EVERYWHERE, *(borough.key for borough in boroughs))
    return Form(
        name=NAME,
        version="1",
        questions=(
            Question(ROLE, Kind.CHOOSE_ONE, label=ROLE, required=True, choices=_choices(Role)),
            Question(
                BOROUGH,
                Kind.CHOOSE_ONE,
                label=BOROUGH,
                required=True,
                choices=_choices(places),
                relevant=_is_local,
            ),
            Question(
                GROUP,
                Kind.CHOOSE_ONE,
                label=GROUP,
                required=True,
                choices=_choices((EVERYBODY, *Group)),
                relevant=_is_local,
            ),
            Question(LABEL, Kind.TEXT, label=LABEL, required=True, maximum=LABEL_LENGTH),
        ),
        review=lambda _: True,
    )


def _choices(keys: "type[Role] | tuple[str, ...]") -> tuple[Choice, ...]:
    return tuple(Choice(str(key), label=str(key)) for key in keys)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an invite is to give.

    Attributes:
        borough: empty: in all.
        group: None: for everybody.
        label: by what admins will tell its holder from others.
    """

    role: Role
    borough: str
    group: Group | None
    label: str

    @classmethod
    def of(cls, record: Record) -> "Wanted":
        """What the finished form says."""
        borough, group = record.get(BOROUGH), record.get(GROUP)
        return cls(
            Role(str(record[ROLE])),
            "" if borough in {None, EVERYWHERE} else str(borough),
            None if group in {None, EVERYBODY} else Group(str(group)),
            " ".join(str(record[LABEL]).split()),
        )
