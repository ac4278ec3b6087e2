"""Telegram's HTML: any escaped text comes through, nothing crashes, offsets are UTF-16."""

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.entities import JsonObject, utf16_length
from bot.sandbox.markup import checked_url, parse_html
from bot.sandbox.refusal import RefusedError

TAGS = ["b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "tg-spoiler", "code", "pre"]
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
CRUMBS = """
< > </ /> & &amp; &# &#x41; &#9999999; = " ' b i a span pre code href class expandable blockquote
tg-emoji emoji-id tg-time unix language-py tg-spoiler 🌳 ሰ س x <b> </b> <i> </i> </> <a href </a>
"""
SOUP = st.lists(st.sampled_from([*CRUMBS.split(), " ", "\n"])).map("".join)


@given(TEXT)
def test_escaped_text_comes_through_unchanged(text: str) -> None:
    parsed = parse_html(escape(text))
    assert parsed.text == text
    assert parsed.entities == []


@given(TEXT.filter(bool), TEXT, st.sampled_from(TAGS))
def test_a_tag_covers_exactly_its_text_in_utf16_units(text: str, before: str, tag: str) -> None:
    parsed = parse_html(f"{escape(before)}<{tag}>{escape(text)}</{tag}>")
    (entity,) = parsed.entities
    units = parsed.text.encode("utf-16-le")
    start, stop = entity["offset"] * 2, (entity["offset"] + entity["length"]) * 2
    assert units[start:stop].decode("utf-16-le") == text


@given(SOUP)
def test_any_soup_is_parsed_or_refused(soup: str) -> None:
    refusal = ""
    entities: list[JsonObject] = []
    end = 0
    try:
        parsed = parse_html(soup)
        entities, end = parsed.entities, utf16_length(parsed.text)
    except RefusedError as refused:
        refusal = refused.description
    assert refusal == "" or refusal.startswith("Bad Request: can't parse entities: ")
    stops = [(one["offset"], one["offset"] + one["length"]) for one in entities]
    assert all(0 <= start < stop <= end for start, stop in stops)


def kind(name: str, offset: int, length: int, **more: object) -> JsonObject:
    return {"type": name, "offset": offset, "length": length, **more}


WELL_FORMED = [
    ("<b>x</b>", "x", [kind("bold", 0, 1)]),
    ("<B>x</b>", "x", [kind("bold", 0, 1)]),
    ("<b>x</>", "x", [kind("bold", 0, 1)]),
    ("<b>x</b  >", "x", [kind("bold", 0, 1)]),
    ("🌳<b>x</b>", "🌳x", [kind("bold", 2, 1)]),
    ("<i>سلام</i>", "سلام", [kind("italic", 0, 4)]),
    ("ሰላም <u>ለሁሉም</u>", "ሰላም ለሁሉም", [kind("underline", 4, 4)]),
    ("<b></b>x", "x", []),
    ("&lt;&gt;&amp;&quot;", '<>&"', []),
    ("&#65;&#x42;&#X43;", "ABC", []),
    ("&nbsp;&unknown; & &", "&nbsp;&unknown; & &", []),
    ("<s>x</s>", "x", [kind("strikethrough", 0, 1)]),
    ('<span class="tg-spoiler">x</span>', "x", [kind("spoiler", 0, 1)]),
    ("<blockquote>x</blockquote>", "x", [kind("blockquote", 0, 1)]),
    ("<blockquote expandable>x</blockquote>", "x", [kind("expandable_blockquote", 0, 1)]),
    ('<a href="https://x.example">x</a>', "x", [kind("text_link", 0, 1, url="https://x.example/")]),
    ("<a href=x.example>x</a>", "x", [kind("text_link", 0, 1, url="http://x.example/")]),
    (
        '<a href="https://x.example/?a=1&amp;b=2">x</a>',
        "x",
        [kind("text_link", 0, 1, url="https://x.example/?a=1&b=2")],
    ),
    (
        "<a>https://x.example/a</a>",
        "https://x.example/a",
        [kind("text_link", 0, 19, url="https://x.example/a")],
    ),
    ('<a href="javascript:alert(1)">x</a>', "x", []),
    ('<a href="/relative">x</a>', "x", []),
    ("<pre>x</pre>", "x", [kind("pre", 0, 1)]),
    (
        '<pre><code class="language-python">x</code></pre>',
        "x",
        [kind("pre", 0, 1, language="python")],
    ),
    (
        '<tg-emoji emoji-id="5368324170671202286">🌳</tg-emoji>',
        "🌳",
        [kind("custom_emoji", 0, 2, custom_emoji_id="5368324170671202286")],
    ),
    (
        '<tg-time unix="1700000000" format="wDT">x</tg-time>',
        "x",
        [kind("date_time", 0, 1, unix_time=1700000000, date_time_format="wDT")],
    ),
]


@pytest.mark.parametrize(("source", "text", "entities"), WELL_FORMED)
def test_well_formed_html_becomes_text_and_entities(
    source: str, text: str, entities: list[JsonObject]
) -> None:
    parsed = parse_html(source)
    assert (parsed.text, parsed.entities) == (text, entities)


def test_a_link_to_a_person_mentions_them() -> None:
    person = {"id": 7, "is_bot": False, "first_name": "Amina"}
    source = '<a href="tg://user?id=7">Amina</a>'
    parsed = parse_html(source, lambda number: person if number == 7 else None)
    assert parsed.entities == [kind("text_mention", 0, 5, user=person)]
    assert parse_html(source).entities == []


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://X.example/Path", "https://x.example/Path"),
        ("t.me/baobab", "http://t.me/baobab"),
        ("tg://resolve?domain=x", "tg://resolve?domain=x"),
        ("mailto:a@x.example", None),
        ("http://[bad", None),
        ("http://x.example:port/", None),
        ("word", None),
        ("", None),
    ],
)
def test_addresses_are_kept_as_telegram_keeps_them(address: str, kept: str | None) -> None:
    assert checked_url(address) == kept
