"""A poster with a QR code that opens an event in the chat: as SVG for print and as PNG."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

import segno

_WIDTH, _HEIGHT = 595, 842  # A4 in points, portrait
_MARGIN = 56
_QUIET_ZONE = 4  # modules around a QR code that must stay empty (ISO/IEC 18004, 9.1)
_CODE = 340  # points
_PNG_MODULE = 20  # pixels; prints sharply at 10 cm
_INK, _PAPER, _EARTH = "#1f2a1f", "#ffffff", "#2f5d3a"
_FONTS = "Noto Sans, DejaVu Sans, Arial, sans-serif"
_SMALL = 22  # letters bigger than this are bold
_WIDE = 0.58  # of its size is what a letter takes in width on average, in a bold sans serif
_GAP = 1.3  # of the size of letters, from line to line


@dataclass(frozen=True, slots=True)
class PosterTexts:
    """What a poster says, in plain text.

    Attributes:
        title: of the event.
        when: such as "Saturday 17 October 2026, 11:00".
        scan: what to do with the code, such as "Scan to see this event".
        rtl: whether the texts are written from right to left.
    """

    title: str
    when: str
    scan: str
    rtl: bool = False


def poster_svg(link: str, texts: PosterTexts) -> bytes:
    """An A4 poster as SVG: the title, the date, the QR code, what to do, and the link to type.

    Args:
        link: what the code opens, such as https://t.me/…?start=…
        texts: in the readers' language.

    Raises:
        ValueError: the link is too long for a QR code.
    """
    code = _code(link)
    size = code.symbol_size(border=_QUIET_ZONE)[0]
    title_size, title = _fitted(texts.title)
    y = _MARGIN + title_size
    words = []
    for line in title:
        words.append(_text(line, y, title_size, _EARTH, rtl=texts.rtl))
        y += round(title_size * _GAP)
    words.append(_text(texts.when, y + 8, 22, rtl=texts.rtl))
    top = max(y + 38, (_HEIGHT - _CODE) // 2)  # in the middle of the page, or below the words
    below = top + _CODE + 34
    words.append(_text(texts.scan, below, 26, rtl=texts.rtl))
    words.append(_text(link, below + 34, 13))
    left = (_WIDTH - _CODE) / 2
    scale = _CODE / size
    path = _modules(code)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="210mm" height="297mm" '
        f'viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label={quoteattr(texts.title)}>\n'
        f"<title>{escape(texts.title)}</title>\n"
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="{_PAPER}"/>\n'
        f'<rect width="{_WIDTH}" height="14" fill="{_EARTH}"/>\n'
        f'<g transform="translate({left:g} {top:g}) scale({scale:.6f})">'
        f'<path d="{path}" fill="{_INK}" shape-rendering="crispEdges"/></g>\n'
        + "\n".join(words)
        + "\n</svg>\n"
    )
    return svg.encode()


def code_png(link: str) -> bytes:
    """Only the QR code, black on white with its quiet zone, as PNG for people's own posters.

    Raises:
        ValueError: the link is too long for a QR code.
    """
    png = BytesIO()
    _code(link).save(png, kind="png", scale=_PNG_MODULE, border=_QUIET_ZONE)
    return png.getvalue()


def _code(link: str) -> segno.QRCode:
    # Level Q reads with a quarter of the code damaged, as posters are; no micro codes, which
    # phones do not read.
    return segno.make(link, error="q", micro=False, boost_error=False)


def _modules(code: segno.QRCode) -> str:
    """The dark modules as runs of one path, in modules, quiet zone included."""
    runs = []
    for y, row in enumerate(code.matrix_iter(border=_QUIET_ZONE)):
        start = None
        for x, dark in enumerate([*row, 0]):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                runs.append(f"M{start} {y}h{x - start}v1h{start - x}z")
                start = None
    return "".join(runs)


def _fitted(title: str) -> tuple[int, Sequence[str]]:
    """The size of letters and the lines in which a title fits the width."""
    room = _WIDTH - 2 * _MARGIN
    for size in (40, 34, 28, 24):
        lines = _wrapped(title, int(room / (size * _WIDE)))
        if len(lines) <= 3 or size == 24:  # noqa: PLR2004 -- lines above the code
            return size, lines[:5]
    return 24, [title]


def _wrapped(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _text(words: str, y: int, size: int, colour: str = _INK, *, rtl: bool = False) -> str:
    direction = ' direction="rtl"' if rtl else ""
    weight = "bold" if size > _SMALL else "normal"
    return (
        f'<text x="{_WIDTH / 2:g}" y="{y}" font-family="{_FONTS}" font-size="{size}" '
        f'font-weight="{weight}" fill="{colour}" text-anchor="middle"{direction}>'
        f"{escape(words)}</text>"
    )
