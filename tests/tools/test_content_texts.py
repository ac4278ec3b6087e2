from pathlib import Path

from tools.check_catalogues import content_problems
from tools.content_texts import english_texts


def content(tmp_path: Path) -> Path:
    (tmp_path / "events").mkdir()
    (tmp_path / "crisis.yaml").write_text(
        "lines:\n"
        "  - name: {en: Help, so: Caawimaad}\n"
        "    about: {en: Click here., fr: Cliquez ici.}\n"
        "words:\n"
        "  en: [end it all]\n"
    )
    (tmp_path / "events/days.csv").write_text(
        "uid,title,title_fr,description\n1,Health day,Journée,Utilise this.\n2,,,\n"
    )
    (tmp_path / "surveys").mkdir()
    (tmp_path / "surveys/short.md").write_text(
        "# A table\n"
        "| survey |\n"
        "| | type | name | label::English (en) | label::French (fr) | hint::English (en) |\n"
        "| | select_one yes_no | came | Did you come? | Click ? | Click one. |\n"
        "| choices |\n"
        "| | list_name | name | label::English (en) | label::French (fr) |\n"
        "| | yes_no | yes | Yes | Oui |\n"
    )
    return tmp_path


def test_the_english_texts_of_editors_are_found_where_they_stand(tmp_path: Path) -> None:
    assert list(english_texts(content(tmp_path))) == [
        ("crisis.yaml", "Help"),
        ("crisis.yaml", "Click here."),
        ("events/days.csv", "Health day"),
        ("events/days.csv", "Utilise this."),
        ("surveys/short.md", "Did you come?"),
        ("surveys/short.md", "Click one."),
        ("surveys/short.md", "Yes"),
    ]


def test_editors_are_told_which_text_is_not_plain(tmp_path: Path) -> None:
    assert list(content_problems(content(tmp_path))) == [
        (
            "content/crisis.yaml: “Click here.”: “click”: "
            "write tap or press: not everybody has a mouse"
        ),
        "content/events/days.csv: “Utilise this.”: “utilise”: write use",
        (
            "content/surveys/short.md: “Click one.”: “click”: "
            "write tap or press: not everybody has a mouse"
        ),
    ]


def test_a_house_without_content_has_no_problems(tmp_path: Path) -> None:
    assert list(content_problems(tmp_path)) == []
