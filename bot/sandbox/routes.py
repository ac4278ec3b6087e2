"""The addresses of the people-side API, the table of contents of what people can do."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel
from tornado.web import Application, HTTPError

from bot.sandbox import bodies
from bot.sandbox import people_api as api
from bot.sandbox.accounts import NotPossibleError
from bot.sandbox.groups import Groups
from bot.sandbox.people import PeopleSide

if TYPE_CHECKING:
    from bot.sandbox.server import Sandbox

Verb = Callable[..., Any]


class _Unknown(api.Guarded):
    def prepare(self) -> None:
        super().prepare()
        raise HTTPError(HTTPStatus.NOT_FOUND, reason="There is nothing at this address.")


def application(sandbox: "Sandbox") -> Application:
    """Everything but the Bot API."""
    people = sandbox.people
    person = r"/people/(\d+)"

    def does(method: Callable[..., Any], model: type[BaseModel]) -> Mapping[str, Verb]:
        return {"POST": lambda asked, number: method(int(number), **asked.body(model))}

    def shows(method: Callable[..., Any]) -> Mapping[str, Verb]:
        return {"GET": lambda asked, number: method(int(number), bot=asked.query("bot"))}

    table: list[tuple[str, Mapping[str, Verb]]] = [
        (
            r"/people",
            {
                "GET": lambda _: people.everyone(),
                "POST": lambda asked: people.add(**asked.body(bodies.NewPerson)),
            },
        ),
        (
            person,
            {
                "GET": lambda _, number: people.described(people.person(int(number))),
                "PATCH": lambda asked, number: people.change(
                    int(number), **asked.body(bodies.PersonChange)
                ),
            },
        ),
        (rf"{person}/chat", shows(people.chat)),
        (rf"{person}/answers", shows(people.answers)),
        (
            rf"{person}/commands",
            {
                "GET": lambda asked, number: people.commands(
                    int(number), asked.query("bot"), api.group_of(asked.query("group"))
                )
            },
        ),
        (rf"{person}/bot", shows(people.profile)),
        (rf"{person}/say", does(people.say, bodies.Say)),
        (rf"{person}/edit", does(people.edit, bodies.Edit)),
        (rf"{person}/tap", does(people.tap, bodies.Tap)),
        (rf"{person}/open", does(people.open, bodies.Open)),
        (rf"{person}/location", does(people.location, bodies.Place)),
        (rf"{person}/sticker", does(people.sticker, bodies.Sticker)),
        (rf"{person}/inline", does(people.inline, bodies.Ask)),
        (rf"{person}/choose", does(people.choose, bodies.Choose)),
        (rf"{person}/block", does(people.block, bodies.Nothing)),
        (rf"{person}/unblock", does(people.unblock, bodies.Nothing)),
        (rf"{person}/deactivate", does(_without_bot(people), bodies.Nothing)),
        (
            rf"{person}/inline/([^/]+)",
            {
                "GET": lambda asked, number, query: people.inline_results(
                    int(number), query, asked.query("bot")
                )
            },
        ),
        (
            rf"{person}/file",
            {"POST": lambda asked, number: people.file(int(number), **api.uploaded(asked))},
        ),
        (
            rf"{person}/album",
            {"POST": lambda asked, number: people.album(int(number), **api.uploaded_album(asked))},
        ),
        *_groups(sandbox.groups),
        (r"/clock", {"GET": lambda _: sandbox.time(), "POST": api.forward}),
        (r"/bots", {"GET": lambda _: sandbox.bots()}),
        (r"/log", {"GET": lambda asked: sandbox.log.after(_number(asked.query("after", "0")))}),
        (
            r"/faults",
            {
                "GET": lambda _: sandbox.faults.all(),
                "POST": lambda asked: sandbox.faults.add(**asked.body(bodies.NewFault)),
                "DELETE": lambda _: {"removed": sandbox.faults.remove()},
            },
        ),
        (r"/faults/(\d+)", {"DELETE": lambda _, number: _remove(sandbox, int(number))}),
        (r"/demo", {"GET": lambda _: sandbox.demo.settings()}),
        (r"/demo/next", {"GET": lambda _: sandbox.demo.next()}),
        (r"/demo/controls/([^/]+)", {"POST": lambda _, name: _press(sandbox, name)}),
    ]
    given = {"sandbox": sandbox}
    return Application(
        [
            *((pattern, api.Resource, {**given, "verbs": verbs}) for pattern, verbs in table),
            (r"/events", api.Events, given),
            (r"/file/([A-Za-z0-9_-]+)", api.Files, given),
            (r"/page/(.*)", api.PageFiles, {**given, "path": str(api.PAGE)}),
            (r"/", api.Index, given),
        ],
        default_handler_class=_Unknown,
        default_handler_args=given,
        log_function=lambda _: None,  # a request's address may carry the control token
    )


def _groups(groups: Groups) -> list[tuple[str, Mapping[str, Verb]]]:
    group = r"/groups/(-\d+)"

    def does(method: Callable[..., Any], model: type[BaseModel]) -> Mapping[str, Verb]:
        return {"POST": lambda asked, number: method(int(number), **asked.body(model))}

    return [
        (
            r"/groups",
            {
                "GET": lambda _: groups.everywhere(),
                "POST": lambda asked: groups.make(**asked.body(bodies.NewGroup)),
            },
        ),
        (
            group,
            {
                "GET": lambda _, number: groups.described(groups.people.group(int(number))),
                "PATCH": lambda asked, number: groups.change(
                    int(number), **asked.body(bodies.GroupChange)
                ),
            },
        ),
        (rf"{group}/chat", {"GET": lambda _, number: groups.chat(int(number))}),
        (rf"{group}/join", does(groups.join, bodies.ByPerson)),
        (rf"{group}/leave", does(groups.leave, bodies.ByPerson)),
        (rf"{group}/add_bot", does(groups.add_bot, bodies.AddBot)),
        (rf"{group}/remove_bot", does(groups.remove_bot, bodies.ByPerson)),
        (rf"{group}/promote_bot", does(groups.promote_bot, bodies.ByPerson)),
        (rf"{group}/demote_bot", does(groups.demote_bot, bodies.ByPerson)),
        (rf"{group}/upgrade", does(groups.upgrade, bodies.ByPerson)),
    ]


def _without_bot(people: PeopleSide) -> Verb:
    return lambda number, **_bot: people.deactivate(number)


def _number(text: str) -> int:
    if not text.isdecimal():
        raise NotPossibleError('"after" is a whole number.')
    return int(text)


def _remove(sandbox: "Sandbox", number: int) -> dict[str, bool]:
    if not sandbox.faults.remove(number):
        raise NotPossibleError("There is no such fault.", 404)
    return {"removed": True}


async def _press(sandbox: "Sandbox", name: str) -> dict[str, str]:
    said = await sandbox.demo.press(name)
    if said is None:
        raise NotPossibleError("There is no such button.", 404)
    return {"said": said}
