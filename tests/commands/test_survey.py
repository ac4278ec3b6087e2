"""`baobab survey`, as an author uses it."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.config import HOME
from tests.commands.conftest import Command
from tests.support.databases import fresh_sqlite
from tests.support.surveys import packed, png

FORM = """
| survey | | | | | | | |
| | type | name | label::English (en) | label::Somali (so) | required | constraint | relevant |
| | text | name | Your name? | Magacaaga? | yes | | |
| | integer | age | How old is ${name}? | ${name} waa imisa jir? | | . < 130 | |
| | select_multiple food | food | What do you eat? | Maxaad cuntaa? | | | ${age} > 3 |
| | begin_repeat | kids | Child | Ilmo | | | |
| | text | kname | Name? | Magac? | | | |
| | end_repeat | | | | | | |
| | date | day | Which day? | Maalintee? | | | |
| choices | | | | |
| | list_name | name | label::English (en) | label::Somali (so) |
| | food | rice | Rice | Bariis |
| | food | fish | Fish | Kalluun |
| settings | | | |
| | form_title | form_id | default_language |
| | Family | family | English (en) |
"""
ANSWERS = {
    "name": "Amina",
    "age": 30,
    "food": ["fish", "rice"],
    "kids": [{"kname": "Ali"}, {"kname": "Sara"}],
    "day": "2026-03-29",
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "family.md"
    path.write_text(FORM, encoding="utf-8")
    return path


@dataclass(frozen=True)
class Survey:
    """`baobab survey …`: exit code, what stands on standard output and on standard error."""

    baobab: Command
    folder: Path

    async def __call__(
        self, *words: object, typed: str = "", **settings: str
    ) -> tuple[int, str, str]:
        ended = await self.baobab("survey", *words, typed=typed, **settings)
        return ended.code, ended.out, ended.err

    async def rehearsed(self, file: Path, answers: object, *more: str) -> tuple[int, str, str]:
        given = self.folder / "answers.json"
        given.write_text(json.dumps(answers), encoding="utf-8")
        return await self("rehearse", file, "--answers", given, *more)


@pytest.fixture
def survey(baobab: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Survey:
    monkeypatch.setenv("COLUMNS", "200")  # of the terminal
    return Survey(baobab, tmp_path)


async def test_check_says_that_a_form_can_be_used(survey: Survey, file: Path) -> None:
    code, out, _ = await survey("check", file)
    assert (code, out.splitlines()) == (
        0,
        [
            "Form: Family",
            "5 questions at most",
            "Shortest way: 4 questions",
            "Longest way: 5 questions, each repetition counted once",
            "English (en): 8 of 8 texts",
            "Somali (so): 8 of 8 texts",
            "The form can be used.",
        ],
    )


async def test_check_refuses_with_sheet_row_and_column(survey: Survey, file: Path) -> None:
    file.write_text(FORM.replace("${age} > 3", "${old} > 3"), encoding="utf-8")
    code, out, _ = await survey("check", file)
    assert (code, out.splitlines()) == (
        1,
        [
            "sheet survey, row 6, column relevant: ${old} names a question that is not there.",
            "1 problem: the form cannot be used like this.",
        ],
    )
    assert (await survey("check", file.with_name("nothing.md")))[0] == 1
    assert (await survey("check"))[0] == 2


async def test_rehearse_with_answers_ends_with_the_record(survey: Survey, file: Path) -> None:
    code, out, _ = await survey.rehearsed(file, ANSWERS)
    assert code == 0
    assert "How old is Amina?" in out
    assert json.loads(out.splitlines()[-1]) == ANSWERS | {"food": ["rice", "fish"]}


async def test_rehearse_in_another_language_and_by_paths(survey: Survey, file: Path) -> None:
    answers = {"name": "Ali", "age": 2, "kids[1]/kname": "Sara"}
    code, out, _ = await survey.rehearsed(file, answers, "--language", "so")
    assert code == 0
    assert "Ali waa imisa jir?" in out
    assert json.loads(out.splitlines()[-1]) == {
        "name": "Ali", "age": 2, "kids": [{"kname": "Sara"}]
    }  # fmt: skip
    assert (await survey.rehearsed(file, answers, "--language", "Klingon"))[0] == 1


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ({"age": 3}, "name: an answer is required, and the file has none."),
        ({"name": "A", "age": 200}, "age: the answer is not taken; the reason stands above."),
        ({"name": "A", "agee": 3}, "agee: no question of this name was asked."),
        ({"name": "A", "age": 3, "food": ["rice"]}, "food: no question of this name was asked."),
        ([], "must hold an object: names and answers."),
    ],
)
async def test_rehearse_refuses_answers_that_do_not_fit(
    survey: Survey, file: Path, answers: object, why: str
) -> None:
    code, _, err = await survey.rehearsed(file, answers)
    assert code == 1
    assert why in err


async def test_rehearse_by_hand(survey: Survey, file: Path) -> None:
    typed = "Amina\n200\n/skip\n\nAli\nno\n29 March 2026\n/send\n"
    code, out, err = await survey("rehearse", file, typed=typed.replace("\n\n", "\n"))
    assert (code, err) == (0, "")
    assert "This answer does not fit here." in out
    assert json.loads(out.splitlines()[-1]) == {
        "name": "Amina", "kids": [{"kname": "Ali"}], "day": "2026-03-29"
    }  # fmt: skip
    assert (await survey("rehearse", file, typed="Amina\n"))[0] == 1  # broken off


async def test_a_survey_is_exported_as_a_spreadsheet_that_means_the_same(
    survey: Survey, file: Path, tmp_path: Path
) -> None:
    sheet = tmp_path / "family.xlsx"
    assert (await survey("export", file, sheet))[0] == 0
    assert (await survey("export", file, sheet))[0] == 1  # nothing is overwritten
    assert (await survey.rehearsed(sheet, ANSWERS))[1].splitlines()[-1] == (
        (await survey.rehearsed(file, ANSWERS))[1].splitlines()[-1]
    )


async def test_publish_list_and_close(survey: Survey, file: Path, tmp_path: Path) -> None:
    settings = {
        "database_url": await fresh_sqlite(tmp_path),
        "content": str(HOME / "content"),
    }
    assert (await survey("list", **settings))[1] == "There are no surveys.\n"
    code, out, _ = await survey("publish", file, "--closes", "2099-12-31", **settings)
    assert (code, out.splitlines()[0]) == (
        0, "family, version 1, is open for everyone until the end of 31 December 2099."
    )  # fmt: skip
    code, *_ = await survey("publish", "event-feedback", "--audience", "volunteers", **settings)
    assert code == 0
    assert (await survey("list", **settings))[1].splitlines() == [
        "1  family  version 1  open  for everyone  en, so  0 sent",
        "2  event-feedback  version 1  open  for volunteers  en, so, ar, fr  0 sent",
    ]
    assert (await survey("close", "family", **settings))[:2] == (0, "family is closed.\n")
    assert "family  version 1  closed" in (await survey("list", **settings))[1]
    assert (await survey("close", "nobody", **settings))[0] == 1
    file.write_text(FORM.replace("date | day", "geotrace | day"), encoding="utf-8")
    code, _, err = await survey("publish", file, **settings)
    assert code == 1
    assert "A chat cannot do this: geotrace." in err


SHOWN = """
| survey | | | | |
| | type | name | label | media::image |
| | select_one c | a | Which? | map.png |
| choices | | | | |
| | list_name | name | label | media::image |
| | c | x | The hall | hall.png |
| | c | y | The yard | |
| settings | | |
| | form_title | form_id |
| | Rooms | rooms |
"""


async def test_the_files_of_a_form_come_from_the_folder_beside_it_or_from_a_zip(
    survey: Survey, tmp_path: Path
) -> None:
    form = tmp_path / "rooms.md"
    form.write_text(SHOWN, encoding="utf-8")
    code, out, _ = await survey("check", form)
    assert code == 1
    assert out.splitlines()[:2] == [
        f"sheet {sheet}, column media::image: The file {name} is missing. Please put it and the "
        "form into one .zip file."
        for sheet, name in (("survey, row 4", "map.png"), ("choices, row 7", "hall.png"))
    ]
    files = {"map.png": png(1), "hall.png": png(2)}
    folder = tmp_path / "rooms-media"
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    (tmp_path / "rooms.zip").write_bytes(packed("rooms.md", SHOWN.encode(), files))
    for name in ("rooms.md", "rooms.zip"):
        code, out, _ = await survey.rehearsed(tmp_path / name, {"a": "x"})
        said = out.splitlines()
        assert (code, said[-1]) == (0, '{"a":"x"}')
        assert [line for line in said if ".png" in line] == [
            "[image: map.png]",
            "  1. The hall [hall.png]",
        ]
