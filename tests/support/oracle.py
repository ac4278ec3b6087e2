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
import typing
from functools import cache
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

LIMIT = re.compile(r"(\d+)-(\d+) (characters|bytes)")
TAG = re.compile(r"<[^>]*>")
OURS = frozenset({"_file"})  # how the bot keeps an upload until it is sent
ALIASES = ("List", "Literal", "Optional", "Union")  # which aiogram's fields name
UPLOADS = {f"send{kind.title()}": kind for kind in ("document", "photo", "video", "audio", "voice")}


@cache
def types() -> dict[str, Any]:
    """Every type of the Bot API, by its name there, and what else its fields name.

    aiogram makes the validators of all of them while it is imported, which takes longer than all
    that a test asks of it. Here a model has none until somebody asks; see `built`.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseModel, "model_rebuild", classmethod(lambda *_, **__: None))
        import aiogram.types
        from aiogram.client.default import Default

    found = {name: getattr(aiogram.types, name) for name in aiogram.types.__all__}
    return found | {"Default": Default} | {name: getattr(typing, name) for name in ALIASES}


@cache
def methods() -> dict[str, type[BaseModel]]:
    """Every method of the Bot API, by its name there."""
    types()
    import aiogram.methods

    found = {}
    for value in vars(aiogram.methods).values():
        if inspect.isclass(value) and issubclass(value, aiogram.methods.TelegramMethod):
            name = getattr(value, "__api_method__", None)
            if isinstance(name, str):
                found[name] = value
    return found


@cache
def built(model: type[BaseModel]) -> type[BaseModel]:
    """The model, able to validate."""
    model.model_rebuild(_types_namespace=types())
    return model


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
        call = built(model).model_validate(given)
    except ValidationError as error:
        return [f"{method}: {problem['loc']}: {problem['msg']}" for problem in error.errors()]
    return [f"{method}: {problem}" for problem in _walk(call, "")]


def problems_of_update(update: dict[str, Any]) -> list[str]:
    """What is wrong with an update or any part of it."""
    return problems_of_object("Update", update)


def problems_of_object(name: str, value: Any) -> list[str]:
    """What is wrong with an object of the Bot API, such as a "Message"."""
    try:
        return _walk(built(types()[name]).model_validate(value), "")
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
        if part is not None and not isinstance(part, types()["Default"]):
            found += _walk(part, f"{where}{name}.")
    return found


def _length(text: str, unit: str, *, html: bool) -> int:
    if unit == "bytes":
        return len(text.encode())
    return len(TAG.sub("", text) if html else text)
