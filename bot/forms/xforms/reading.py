"""Reads an XForm's XML, as pyxform writes it, into a model."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

from bot.forms.expressions import Expression, compile_expression
from bot.forms.xforms.model import (
    Bind,
    Bounds,
    Control,
    Itemset,
    Node,
    Part,
    Section,
    SetValue,
    Tag,
    Text,
    XForm,
)
from bot.forms.xforms.texts import GUIDANCE, Texts

_XF = "{http://www.w3.org/2002/xforms}"
_XHTML = "{http://www.w3.org/1999/xhtml}"
_JR = "{http://openrosa.org/javarosa}"
_ALWAYS = frozenset({"", "true()"})
_NEVER = "false()"
UNREVIEWED = "machine_translated"
"""The attribute with the codes of languages that a computer wrote (our convention)."""
TITLE = "title"
"""The name of the note that holds the title in every language."""
_TAGS = frozenset(map(str, Tag))
_RANDOMIZE = re.compile(r"\s*randomize\s*\(")
_NOTHING: Mapping[str, bytes] = {}


def read_xform(xml: str, files: Mapping[str, bytes] = _NOTHING) -> XForm:
    """The form that pyxform wrote.

    Args:
        xml: its XForm.
        files: name -> content of the lists (.csv) beside the form, as its conversion gives them.

    Raises:
        ExpressionRefused: an expression cannot be evaluated here.
        KeyError: a list is missing that the form looks into.
        ValueError: a list cannot be read.
    """
    root = ET.fromstring(xml)  # noqa: S314 -- pyxform wrote it; it defines no entities
    model = root.find(f"{_XHTML}head/{_XF}model")
    body = root.find(f"{_XHTML}body")
    if model is None or body is None:
        raise ValueError("this is not an XForm")
    return _Reader(model, body, root.findtext(f"{_XHTML}head/{_XHTML}title", ""), files).form()


class _Reader:
    """Reads one form."""

    def __init__(
        self, model: Element, body: Element, title: str, files: Mapping[str, bytes]
    ) -> None:
        self._model = model
        self._body = body
        self._title = title
        self._files = files
        self._texts = Texts(model.findall(f"{_XF}itext/{_XF}translation"))
        self._set_values: list[SetValue] = []

    def form(self) -> XForm:
        instances = self._model.findall(f"{_XF}instance")
        data = instances[0][0]
        repeats = {each.get("nodeset", "") for each in self._body.iter(f"{_XF}repeat")}
        for each in self._model.findall(f"{_XF}setvalue"):
            self._set(each, "")
        body = tuple(self._parts(self._body))
        titles, body = _titles(body, data.tag.rpartition("}")[2])
        return XForm(
            name=data.get("id", ""),
            version=data.get("version", ""),
            title=self._title,
            titles=titles,
            root=_node(data, "", repeats),
            binds={path: bind for path, bind in self._binds() if path},
            body=body,
            set_values=tuple(self._set_values),
            instances={each.get("id", ""): self._list(each) for each in instances[1:]},
            texts={name: self._texts.named(name, "") for name in self._texts.names},
            languages=self._texts.languages,
            default=self._texts.default,
            unreviewed=frozenset(data.get(UNREVIEWED, "").split()),
        )

    def _list(self, instance: Element) -> Element:
        """The root of a list that expressions look into, with plain names."""
        address = instance.get("src")
        if address is None:
            return _plain(instance[0])
        name = address.rpartition("/")[2]
        return _rows(self._files[name])

    def _binds(self) -> Iterator[tuple[str, Bind]]:
        for bind in self._model.findall(f"{_XF}bind"):
            path = bind.get("nodeset", "")
            yield (
                path,
                Bind(
                    kind=bind.get("type", "string").rpartition(":")[2],
                    relevant=_rule(bind, "relevant", path),
                    required=_rule(bind, "required", path),
                    readonly=_rule(bind, "readonly", path),
                    constraint=_rule(bind, "constraint", path),
                    calculate=_rule(bind, "calculate", path),
                    constraint_message=self._texts.message(bind.get(f"{_JR}constraintMsg"), path),
                    required_message=self._texts.message(bind.get(f"{_JR}requiredMsg"), path),
                    preload=bind.get(f"{_JR}preloadParams", ""),
                ),
            )

    def _parts(self, parent: Element) -> Iterator[Part]:
        for element in parent:
            tag = element.tag.rpartition("}")[2]
            if tag == "group":
                yield self._section(element)
            elif tag == "setvalue":
                self._set(element, "")
            elif tag in _TAGS:
                yield self._control(element, Tag(tag))

    def _section(self, element: Element) -> Section:
        """A group; where it only holds a repeat, that repeat with the group's heading."""
        path = element.get("ref", "")
        label = self._texts.of(element.find(f"{_XF}label"), path)
        repeat = element.find(f"{_XF}repeat")
        if repeat is None:
            return Section(path, label, tuple(self._parts(element)))
        path = repeat.get("nodeset", "")
        count = repeat.get(f"{_JR}count")
        return Section(
            path,
            label,
            tuple(self._parts(repeat)),
            repeat=True,
            count=compile_expression(count, path) if count else None,
            fixed=repeat.get(f"{_JR}noAddRemove", "") == "true()",
        )

    def _control(self, element: Element, tag: Tag) -> Control:
        path = element.get("ref", "")
        for each in element.findall(f"{_XF}setvalue"):
            self._set(each, path)
        hint = element.find(f"{_XF}hint")
        itemset = element.find(f"{_XF}itemset")
        media = element.get("mediatype", "").partition("/")[0]
        accuracy = element.get("accuracyThreshold")
        return Control(
            path=path,
            tag=tag,
            label=self._texts.of(element.find(f"{_XF}label"), path),
            hint=self._texts.of(hint, path),
            guidance=self._texts.of(hint, path, form=GUIDANCE),
            choices=None if itemset is None else _itemset(itemset, path),
            bounds=_bounds(element) if tag is Tag.RANGE else None,
            media="file" if media == "application" else media,
            appearance=frozenset(element.get("appearance", "").split()),
            accuracy=float(accuracy) if accuracy else None,
        )

    def _set(self, element: Element, source: str) -> None:
        path, value = element.get("ref", ""), element.get("value")
        events = element.get("event", "")
        self._set_values.append(
            SetValue(
                path=path,
                value=compile_expression(value, path) if value else (element.text or ""),
                first_load="first-load" in events,
                new_repeat="new-repeat" in events,
                source=source if "value-changed" in events else "",
            )
        )


def _titles(body: tuple[Part, ...], root: str) -> tuple[Text, tuple[Part, ...]]:
    """The title in the form's languages, and the body without it.

    XLSForm has one title for all languages. By our convention, a note named "title" that comes
    first holds it in each.
    """
    match body:
        case (Control(path=path) as first, *others) if path == f"/{root}/{TITLE}":
            return first.label, tuple(others)
        case _:
            return Text(), body


def _node(element: Element, above: str, repeats: set[str]) -> Node:
    """The node of an element; of a repeat, which is there as template and once, only one."""
    path = f"{above}/{element.tag.rpartition('}')[2]}"
    children: dict[str, Node] = {}
    for child in element:
        node = _node(child, path, repeats)
        children.setdefault(node.path, node)
    default = "" if children else (element.text or "")
    return Node(path, tuple(children.values()), path in repeats, default)


def _rule(bind: Element, name: str, path: str) -> Expression | None:
    """A rule of a bind; None where it says what holds without it."""
    written = bind.get(name, "").strip()
    holds = _ALWAYS if name in {"relevant", "constraint"} else frozenset({"", _NEVER})
    return None if written in holds else compile_expression(written, path)


def _itemset(element: Element, path: str) -> Itemset:
    nodes = element.get("nodeset", "")
    value, label = element.find(f"{_XF}value"), element.find(f"{_XF}label")
    reference = "" if label is None else label.get("ref", "")
    translated = reference.startswith("jr:itext(")
    return Itemset(
        nodes=compile_expression(nodes, path),
        value="" if value is None else value.get("ref", ""),
        label=reference.removeprefix("jr:itext(").rstrip(")") if translated else reference,
        translated=translated,
        shuffled=_RANDOMIZE.match(nodes) is not None,
    )


def _bounds(element: Element) -> Bounds:
    return Bounds(element.get("start", ""), element.get("end", ""), element.get("step", "1"))


def _plain(element: Element) -> Element:
    """A copy of an element without namespaces."""
    copy = Element(element.tag.rpartition("}")[2])
    copy.text = element.text
    copy.extend([_plain(child) for child in element])
    return copy


def _rows(content: bytes) -> Element:
    """The rows of a .csv file as a list that expressions look into."""
    root = Element("root")
    for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"))):
        item = ET.SubElement(root, "item")
        for name, value in row.items():
            if name:
                ET.SubElement(item, name.strip()).text = value
    return root
