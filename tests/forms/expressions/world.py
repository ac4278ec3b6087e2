"""A form half answered, which the tables of expressions are about."""

from datetime import datetime
from xml.etree.ElementTree import Element
from zoneinfo import ZoneInfo

from defusedxml.ElementTree import fromstring

from bot.forms.expressions import Instances, Scene, compile_expression

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 3, 29, 14, 5, 9, 7000, tzinfo=LONDON)  # summer time began this morning

ANSWERS = """
<data version="2026-1">
  <q/>
  <age>34</age>
  <height>1.75</height>
  <name>Amina</name>
  <empty/>
  <colours>red blue green</colours>
  <dob>1991-06-15</dob>
  <seen>2026-03-29T14:05:09.007+01:00</seen>
  <woke>06:00:00.000+01:00</woke>
  <agrees>yes</agrees>
  <refuses>no</refuses>
  <one>1</one>
  <zero>0</zero>
  <false>false</false>
  <borough>brent</borough>
  <count>9</count>
  <g><inner>deep</inner><other>er</other></g>
  <kids>
    <kname>Ann</kname><kage>4</kage>
    <toys><toy>ball</toy></toys><toys><toy>car</toy></toys>
  </kids>
  <kids><kname>Bo</kname><kage>7</kage><toys><toy>doll</toy></toys></kids>
  <kids><kname>Cy</kname><kage/></kids>
  <place>51.5 -0.1 0 0</place>
</data>
"""
WARDS = """
<root>
  <item><name>alperton</name><label>Alperton</label><borough>brent</borough><size>3</size></item>
  <item><name>acton</name><label>Acton</label><borough>ealing</borough><size>2</size></item>
  <item><name>kilburn</name><label>Kilburn</label><borough>brent</borough><size>3.0</size></item>
  <item><name>hayes</name><label>Hayes</label><borough>hillingdon</borough><size>10</size></item>
</root>
"""
LETTERS = (
    "<root>" + "".join(f"<item><name>{letter}</name></item>" for letter in "ABCDEF") + "</root>"
)
LABELS = {("/data/colours", "red"): "Red", ("/data/kids/kname", "Bo"): "Little Bo"}


def tree_of(text: str) -> Element:
    """The tree, without the space between its elements."""
    tree: Element = fromstring(text)
    for node in tree.iter():
        if len(node):
            node.text = None
        node.tail = None
    return tree


def scene(at: str = "", now: datetime = NOW) -> Scene:
    """The world seen from the node at an ElementTree path below the root."""
    tree = tree_of(ANSWERS)
    node = tree.find(at) if at else tree.find("q")
    assert node is not None
    return Scene(
        tree,
        node,
        now=now,
        instances=Instances({"wards": tree_of(WARDS), "letters": tree_of(LETTERS)}),
        label_of=lambda path, value: LABELS.get((path, value), value),
        itext=lambda name: f"«{name}»",
    )


def text(expression: str, at: str = "q", now: datetime = NOW) -> str:
    """The result as a text, from the node at the path, such as kids[2]/kage."""
    generic = "/data/" + "/".join(step.partition("[")[0] for step in at.split("/"))
    return compile_expression(expression, generic).text(scene(at, now))
