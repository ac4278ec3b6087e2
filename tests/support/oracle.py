"""The oracle: aiogram's typed Bot API, against which every call of the bot is checked.

The bot and its sandbox are built by the same people and could agree on a mistake; aiogram's types
are made from Telegram's own documentation by others. Types and required fields come from its
models, limits from the words of its attribute docstrings.
"""

import ast
import inspect
import itertools
import json
import re
from functools import cache
from typing import Any

import aiogram.methods
import aiogram.types
from aiogram.client.default import Default
from aiogram.methods import TelegramMethod
from pydantic import BaseModel, ValidationError

LIMIT = re.compile(r"(\d+)-(\d+) (characters|bytes)")
TAG = re.compile(r"<[^>]*>")
OURS = frozenset({"_file"})  # how the bot keeps an upload until it is sent
UPLOADS = {
    "sendDocument": "document",
    "sendPhoto": "photo",
    "sendVideo": "video",
    "sendAudio": "audio",
    "sendVoice": "voice",
}


@cache
def methods() -> dict[str, type[TelegramMethod[Any]]]:
    """Every method of the Bot API, by its name there."""
    found = {}
    for value in vars(aiogram.methods).values():
        if inspect.isclass(value) and issubclass(value, TelegramMethod):
            name = getattr(value, "__api_method__", None)
            if isinstance(name, str):
                found[name] = value
    return found


@cache
def limits(model: type[BaseModel]) -> dict[str, tuple[int, int, str]]:
    """The lengths a model's attributes may have, as their docstrings say."""
    tree = ast.parse(inspect.getsource(model).lstrip())
    body = tree.body[0].body  # type: ignore[attr-defined]
    found = {}
    for field, words in itertools.pairwise(body):
        is_field = isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
        is_words = isinstance(words, ast.Expr) and isinstance(words.value, ast.Constant)
        if is_field and is_words and (match := LIMIT.search(str(words.value.value))):
            found[field.target.id] = (int(match[1]), int(match[2]), match[3])
    return found


def problems_of_call(method: str, params: dict[str, Any]) -> list[str]:
    """What is wrong with a call; empty when nothing is."""
    model = methods().get(method)
    if model is None:
        return [f"{method}: there is no such method"]
    given = {key: value for key, value in params.items() if key not in OURS}
    if method in UPLOADS:
        given.setdefault(UPLOADS[method], "attach://file")
        if isinstance(given.get("reply_markup"), str):
            given["reply_markup"] = json.loads(given["reply_markup"])  # as forms carry objects
    try:
        call = model.model_validate(given)
    except ValidationError as error:
        return [f"{method}: {problem['loc']}: {problem['msg']}" for problem in error.errors()]
    return [f"{method}: {problem}" for problem in _walk(call, "")]


def problems_of_update(update: dict[str, Any]) -> list[str]:
    """What is wrong with an update or any part of it."""
    return problems_of_object(aiogram.types.Update, update)


def problems_of_object(model: type[BaseModel], value: Any) -> list[str]:
    """What is wrong with an object of the Bot API."""
    try:
        return _walk(model.model_validate(value), "")
    except ValidationError as error:
        return [f"{problem['loc']}: {problem['msg']}" for problem in error.errors()]


def _walk(value: Any, where: str) -> list[str]:
    """Unknown fields and broken limits, anywhere inside."""
    if isinstance(value, list | tuple):
        return [problem for each in value for problem in _walk(each, where)]
    if not isinstance(value, BaseModel):
        return []
    found = [f"{where}{name}: unknown" for name in value.model_extra or {}]
    for name, (least, most, unit) in limits(type(value)).items():
        text = getattr(value, name, None)
        if isinstance(text, str):
            length = _length(text, unit, html=getattr(value, "parse_mode", None) == "HTML")
            if not least <= length <= most:
                found.append(f"{where}{name}: {length} {unit}, allowed {least}-{most}")
    for name in type(value).model_fields:
        part = getattr(value, name)
        if part is not None and not isinstance(part, Default):
            found += _walk(part, f"{where}{name}.")
    return found


def _length(text: str, unit: str, *, html: bool) -> int:
    if unit == "bytes":
        return len(text.encode())
    return len(TAG.sub("", text) if html else text)
