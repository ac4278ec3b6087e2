from pathlib import Path

import pytest

from bot.errors import ImportRefused
from bot.events.importing import read_events
from bot.people.boroughs import Boroughs
from tests.events.conftest import NOW
from tests.events.importing.conftest import HEAD, ROW, Said, table


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (",expo,A,17/10/2026,11am,4pm,", "Row 2, column “uid”: This cell is empty. Give every"),
        (
            "a,party,A,17/10/2026,11am,4pm,",
            "Row 2, column “kind”: “party” is not known. Write expo",
        ),
        ("a,webinr,A,17/10/2026,11am,4pm,", "Row 2, column “kind”: “webinr” is not known. Did you"),
        ("a,,A,17/10/2026,11am,4pm,", "Row 2, column “kind”: This cell is empty."),
        ("a,expo,,17/10/2026,11am,4pm,", "Row 2, column “title”: This cell is empty."),
        ("a,expo,A,,11am,4pm,", "Row 2, column “date”: This cell is empty."),
        ("a,expo,A,17/10/2026,,4pm,", "Row 2, column “start”: This cell is empty."),
        ("a,expo,A,17/10/2026,11am,,", "Row 2, column “end”: This cell is empty."),
        ("a,expo,A,10/17/2026,11am,4pm,", "Row 2, column “date”: There is no such day"),
        ("a,expo,A,17/10/2026,11,4pm,", "Row 2, column “start”: “11”: is that in the morning"),
        ("a,expo,A,17/10/2026,4pm,11am,", "Row 2, column “end”: The event ends before it starts"),
        ("a,expo,A,25/10/2026,01:30,4pm,", "Row 2, column “start”: 01:30 on 25 October 2026"),
        (f"a,expo,{'A' * 201},17/10/2026,11am,4pm,", "Row 2, column “title”: This text has 201"),
        ("=A1,expo,A,17/10/2026,11am,4pm,", "Row 2, cell 1: this is a formula."),
        ("a,expo,A,17/10/2026,11am,4pm,Hall, NW10", "Row 2: there is something to the right"),
        ('a,expo,"A,17/10/2026,11am,4pm,', "Row 2: the double quotes do not match."),
    ],
)
def test_what_is_wrong_is_said_with_row_and_column(problems: Said, row: str, said: str) -> None:
    [problem] = problems("a.csv", table(row))
    assert problem.startswith(said)


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("borough", "Barnet", "“Barnet” is none of our boroughs: "),
        ("postcode", "nowhere", "“nowhere” is no postcode."),
        ("online_link", "http://example.org", "A link starts with https://"),
        ("online_link", "https://", "A link starts with https://"),
        ("capacity", "none", "“none” is not a whole number from 1 to 100,000."),
        ("capacity", "0", "“0” is not a whole number from 1 to 100,000."),
        ("access", "BSL; lift", "“lift” is not known. Write step free, accessible toilet, "),
        ("access", "hering loop", "“hering loop” is not known. Did you mean “hearing loop”?"),
        ("languages", "English; Xyzzy", "“Xyzzy” is no language we know. Write its English name"),
        ("languages", "Somalie", "“Somalie” is no language we know. Did you mean “Somali”?"),
        ("status", "maybe", "“maybe” is not known. Write planned, postponed or cancelled."),
        ("slot_minutes", "10", "Only activities have this."),
        ("topics", ";".join("abcdefghijklm"), "These are 13 topics; 12 fit."),
    ],
)
def test_every_column_says_what_it_wants(problems: Said, column: str, cell: str, said: str) -> None:
    [problem] = problems("a.csv", table(f"{ROW},{cell}", head=f"{HEAD},{column}"))
    assert problem.startswith(f"Row 2, column “{column}”: {said}")


def test_degrees_go_together_and_swapped_ones_are_noticed(problems: Said) -> None:
    assert problems("a.csv", table(f"{ROW},51.5", head=f"{HEAD},latitude")) == [
        "Row 2, column “longitude”: Latitude and longitude go together; this one is empty."
    ]
    assert problems("a.csv", table(f"{ROW},-0.26,51.55", head=f"{HEAD},latitude,longitude")) == [
        "Row 2, column “latitude”: Latitude and longitude look swapped."
    ]


def test_everything_wrong_is_said_at_once_and_nothing_is_taken(problems: Said) -> None:
    said = problems(
        "a.csv",
        table(
            ROW,
            "two,expo,A,31/02/2026,11am,4pm,",
            "expo,webinar,B,17/10/2026,25:00,4pm,",
            head=HEAD.replace("venue", "vennue"),
        ),
    )
    assert [problem.split(":")[0] for problem in said] == [
        "Row 1, column “vennue”",
        "Row 3, column “date”",
        "Row 4, column “uid”",
        "Row 4, column “start”",
    ]
    assert said[0].endswith("this column is not known. Did you mean “venue”?")
    assert said[2].endswith("“expo” is taken by an event above (Row 2).")


def test_a_very_wrong_file_says_only_the_first_problems(problems: Said) -> None:
    said = problems("a.csv", table(*(f"e{n},expo,A,never,11am,4pm," for n in range(80))))
    assert len(said) == 51
    assert said[-1] == "There are 30 more problems. Put these right first and try again."


@pytest.mark.parametrize(
    ("head", "row", "said"),
    [
        ("event", "exbo", "column “event”: No event here has the uid “exbo”. Did you mean “expo”?"),
        ("event,borough", "expo,Brent", "column “borough”: Only events have this"),
        ("event,slot_minutes", "expo,0", "column “slot_minutes”: “0” is not a whole number"),
    ],
)
def test_activities_say_what_is_wrong_with_them(
    problems: Said, head: str, row: str, said: str
) -> None:
    activity = ",stall,Sample stall,,,,"
    extra = "," * head.count(",")
    content = table(f"{ROW},{extra}", f"{activity},{row}", head=f"{HEAD},{head}")
    assert [problem.split("Row 3, ")[1][: len(said)] for problem in problems("a.csv", content)] == [
        said
    ]


def test_two_activities_alike_need_names_of_their_own(problems: Said) -> None:
    stall = ",stall,Sample stall,,,,,expo"
    content = table(f"{ROW},", stall, stall, head=f"{HEAD},event")
    assert problems("a.csv", content) == [
        (
            "Row 4, column “uid”: “stall-sample-stall” is there twice at this event. "
            "Give each a uid of its own."
        )
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "“a.csv” is empty."),
        (" \n ", "“a.csv” is empty."),
        (HEAD, "The table has headings but no events below them."),
        ("some,text\nand,more", "Row 1 names no column we know. The first row names columns: uid,"),
        ("BEGIN:VCALENDAR\nEND:VCALENDAR", "This is a calendar. Let its name end in .ics."),
        ("<!DOCTYPE html><html>", "This is a web page, not the file itself."),
        (b"\0\1\2\3", "This is not a table as text."),
        (b"uid,\x81\xff\n", "The letters of this file cannot be read."),
        (f"{HEAD}\n{ROW}," + "x" * 200_000, "Row 2: one cell holds more text than fits."),
        (f"{HEAD},Venue\n{ROW},", "Row 1, column “Venue”: this column is there twice."),
    ],
)
def test_what_is_no_table_is_refused(problems: Said, content: str | bytes, said: str) -> None:
    assert problems("a.csv", content)[0].startswith(said)


def test_too_many_rows_and_bytes_are_refused(problems: Said) -> None:
    many = table(*(f"e{n},expo,A,17/10/2026,11am,4pm,Hall" for n in range(5001)))
    assert problems("a.csv", many) == [
        "The table has more than 5,000 rows. Make several files of it."
    ]
    assert problems("b.csv", "x" * 5_000_001) == [
        "“b.csv” is bigger than 5 MB. Make several files of it."
    ]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a.xls", "“a.xls” cannot be read. Open it in Excel, choose “Save as” and the type .xlsx."),
        ("a.pdf", "“a.pdf” cannot be read. Write the events into a table and save that."),
        (
            "events",
            "“events” cannot be read. Baobab reads calendars (.ics) and tables (.csv, .xlsx).",
        ),
    ],
)
def test_other_kinds_of_files_are_refused_with_advice(problems: Said, name: str, said: str) -> None:
    assert problems(name, "x") == [said]


def test_a_file_that_is_not_there_is_refused(tmp_path: Path, boroughs: Boroughs) -> None:
    for path, said in (
        (tmp_path / "gone.csv", "There is no file “gone.csv”. Is its name right?"),
        (tmp_path, f"“{tmp_path.name}” is a folder. Name one of the files in it."),
    ):
        with pytest.raises(ImportRefused) as refusal:
            read_events(path, now=NOW, boroughs=boroughs)
        assert refusal.value.problems == [said]
