"""Reading the editors' files: what is wrong is said in plain words, with file and field."""

import csv
from collections.abc import Hashable
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from bot.errors import ContentProblem

Model = TypeVar("Model", bound=BaseModel)

_LARGEST = 1_000_000  # bytes; far more than an editor writes by hand
_DEEPEST = 50  # things within things; the fast reader is no match for thousands
_PLAIN = {
    "missing": "is missing",
    "extra_forbidden": "is not a name this file knows; check the spelling",
    "string_type": 'must be text; put it in quotes, such as "0800 1111"',
    "string_too_short": "must not be empty",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "date_from_datetime_parsing": "must be a date such as 2026-10-17",
    "date_parsing": "must be a date such as 2026-10-17",
    "date_type": "must be a date such as 2026-10-17",
    "dict_type": "must hold names and values, each on a line of its own",
    "model_type": "must hold names and values, each on a line of its own",
    "tuple_type": "must be a list",
    "list_type": "must be a list",
}


class _Once:
    """Refuses a name written twice: the first value would silently be lost."""

    def construct_mapping(
        self: Any,
        node: yaml.MappingNode,
        deep: bool = False,  # noqa: FBT001, FBT002 -- the library's signature
    ) -> dict[Hashable, Any]:
        """The names and values."""
        seen: set[Hashable] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if isinstance(key, Hashable) and key in seen:
                raise yaml.MarkedYAMLError(
                    problem=f"“{key}” stands here twice", problem_mark=key_node.start_mark
                )
            seen.add(key)
        found: dict[Hashable, Any] = yaml.SafeLoader.construct_mapping(self, node, deep=deep)
        return found


class _Loader(_Once, yaml.SafeLoader):
    """Safe YAML, whose errors say most."""


# The same in a tenth of the time, where the library was built with it.
_FAST: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FastLoader: Any = type("_FastLoader", (_Once, _FAST), {})


def read_yaml(path: Path, model: type[Model]) -> Model:
    """The file as a value of `model`.

    Raises:
        ContentProblem: it is missing, is no YAML, or does not fit; one line for each problem.
    """
    try:
        value = _value(_text(path))
    except yaml.MarkedYAMLError as error:
        where = f"{path.name}, line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise ContentProblem(f"{where or path.name}: {error.problem}") from None
    except (yaml.YAMLError, RecursionError):
        raise ContentProblem(f"{path.name}: this is not readable as YAML") from None
    if not isinstance(value, dict):
        raise ContentProblem(f"{path.name}: the file must begin with a name and a colon")
    try:
        return model.model_validate(value)
    except ValidationError as error:
        lines = []
        for problem in error.errors(include_url=False, include_input=False):
            said = _PLAIN.get(problem["type"], problem["msg"].removeprefix("Value error, "))
            if problem["type"] == "literal_error":
                said = f"must be one of {problem['ctx']['expected']}"
            lines.append(f"{path.name}, {_field(problem['loc'])}: {said}")
        raise ContentProblem("\n".join(lines)) from None


def _value(text: str) -> Any:
    try:
        if _is_deep(text):
            return yaml.load(text, _Loader)  # noqa: S506 -- it is a SafeLoader
        return yaml.load(text, _FastLoader)  # noqa: S506 -- it is a SafeLoader
    except yaml.YAMLError:
        return yaml.load(text, _Loader)  # noqa: S506 -- it is a SafeLoader


def _is_deep(text: str) -> bool:
    depth = 0
    for event in yaml.parse(text, _FAST):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _DEEPEST:
                return True
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return False


def read_table(path: Path, columns: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    """The rows of a .csv file with exactly these columns, each with its line number.

    Raises:
        ContentProblem: it is missing, is not UTF-8, or a row has too few or too many cells.
    """
    lines = csv.reader(_text(path).lstrip("\ufeff").splitlines())
    if tuple(next(lines, [])) != columns:
        raise ContentProblem(f"{path.name}, line 1: the columns must be {', '.join(columns)}")
    rows = []
    try:
        for cells in lines:
            if len(cells) not in (0, len(columns)):
                raise ContentProblem(
                    f"{path.name}, line {lines.line_num}: {len(cells)} cells stand here instead "
                    f"of {len(columns)}"
                )
            if cells:
                row = dict(zip(columns, (cell.strip() for cell in cells), strict=True))
                rows.append((lines.line_num, row))
    except csv.Error:
        raise ContentProblem(f"{path.name}, line {lines.line_num}: this is no table row") from None
    return rows


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
        if len(raw) > _LARGEST:
            raise ContentProblem(f"{path.name}: the file is too large")
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        raise ContentProblem(f"{path.name}: save it as UTF-8 text") from None
    except OSError:
        raise ContentProblem(
            f"{path.name}: the file is missing from the content folder, or cannot be read"
        ) from None


def _field(location: tuple[int | str, ...]) -> str:
    parts = [f"number {part + 1}" if isinstance(part, int) else str(part) for part in location]
    return ", ".join(parts) or "the whole file"
