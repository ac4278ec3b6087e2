"""A scene is moved and changed between evaluations, and never gives yesterday's answer."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from defusedxml.ElementTree import fromstring

from bot.forms.expressions import Scene, compile_expression

NOW = datetime(2026, 3, 29, 14, 5, tzinfo=ZoneInfo("Europe/London"))


def test_a_leaf_that_changes_changes_what_is_read() -> None:
    tree = fromstring("<data><age>17</age></data>")
    scene = Scene(tree, now=NOW)
    adult = compile_expression(" /data/age >= 18", "/data/ok")
    assert adult.truth(scene) is False
    scene.put(tree[0], "18")
    assert adult.truth(scene) is True


def test_a_change_through_one_view_is_seen_through_the_other() -> None:
    tree = fromstring("<data><kids><age>4</age></kids><kids><age>7</age></kids></data>")
    scene = Scene(tree, now=NOW)
    older = scene.at(tree[1][0])
    own = compile_expression(".", "/data/kids/age")
    scene.put(tree[1][0], "8")
    assert (own.text(older), own.text(scene.at(tree[0][0]))) == ("8", "4")


def test_a_scene_needs_to_know_where_it_is_in_time() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Scene(fromstring("<data/>"), now=NOW.replace(tzinfo=None))
