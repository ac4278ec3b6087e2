"""What a version of a survey is made of, as its form says."""

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

import orjson

from bot.forms.xforms.languages import code_of, complete_in
from bot.forms.xforms.model import Control, XForm
from bot.forms.xforms.order import all_parts
from bot.forms.xlsform.sizes import is_list
from bot.surveys.media import File, file_of
from bot.surveys.models import Edition, Source

if TYPE_CHECKING:
    from bot.forms.xlsform.result import Converted


def edition_of(form: XForm, source: Source, title: Mapping[str, str]) -> Edition:
    """A version of a survey, with what is read off its form."""
    codes = tuple(code_of(language) for language in complete_in(form))
    return Edition(
        title={"en": form.title, **titles_of(form), **title},
        languages=codes,
        unreviewed=tuple(sorted(form.unreviewed)),
        questions=questions_in(form),
        source=source,
        digest=digest_of(source, title),
    )


def digest_of(source: Source, title: Mapping[str, str]) -> str:
    """The same for the same form under the same titles."""
    parts = [source.xform, source.lists, title]
    if source.files:  # forms without have the digest that they always had
        parts.append(source.files)
    told = orjson.dumps(parts, option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(told).hexdigest()


def source_of(converted: "Converted") -> Source:
    """A form as it is kept, from what pyxform made of it."""
    lists, files = {}, {}
    for name, content in converted.files.items():
        if is_list(name):
            lists[name] = content.decode()
        elif (file := file_of(name, content)) is not None:
            files[name] = file.digest
    return Source(converted.xform, lists, files)


def files_of(converted: "Converted") -> tuple[File, ...]:
    """The pictures, sounds and videos that came with a form."""
    found = (file_of(name, content) for name, content in converted.files.items())
    return tuple(file for file in found if file is not None)


def titles_of(form: XForm) -> Mapping[str, str]:
    """The title of a form by language code, as far as it is written in each."""
    return {
        code_of(language): "".join(map(str, form.titles.pieces[language.name]))
        for language in form.languages
        if language.name in form.titles.pieces
    }


def questions_in(form: XForm) -> int:
    """How many questions a form can ask at most, each repetition once."""
    controls = [part for part in all_parts(form.body) if isinstance(part, Control)]
    only_read = {path for path, bind in form.binds.items() if bind.readonly is not None}
    return sum(control.path not in only_read for control in controls)
