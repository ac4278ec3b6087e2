from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import ImportRefused
from bot.events.importing import read_samples
from bot.events.models import (
    AccessFact,
    Activity,
    ActivityKind,
    EventDraft,
    EventKind,
    EventStatus,
    Position,
)
from bot.people.boroughs import Boroughs
from tests.events.conftest import NOW, london
from tests.events.importing.conftest import HEAD, ROW, Read, Said, table


def test_a_full_row_becomes_an_event(read: Read) -> None:
    imported = read(
        "october.csv",
        "UID,Kind,Title,Title_so,title-ar,Description,description_fr,date,start,end,end date,venue,"
        "postcode,borough,latitude,longitude,online link,organisation,topics,capacity,access,"
        "languages,status\n"
        'brent-expo,Health expo,Sample expo,Carwada,معرض,"Line one\n\n\n\nLine, two",Un exemple,'
        "Saturday 17 October 2026,11am,12.30pm,18/10/2026,Sample hall,ha9 0aa,brent,"
        "51.5586,-0.2678,https://example.org/join,Sample group,diabetes; Blood pressure,300,"
        '"Step-free access, BSL, crèche",English; soomaali; fr,confirmed\n',
    )

    assert imported.drafts == (
        EventDraft(
            uid="brent-expo",
            kind=EventKind.EXPO,
            title={"en": "Sample expo", "so": "Carwada", "ar": "معرض"},
            description={"en": "Line one\n\nLine, two", "fr": "Un exemple"},
            starts_at=london("2026-10-17 11:00"),
            ends_at=london("2026-10-18 12:30"),
            venue="Sample hall",
            borough="brent",
            outcode="HA9",
            position=Position(51.5586, -0.2678),
            online_link="https://example.org/join",
            organisation="Sample group",
            topics=("Blood pressure", "diabetes"),
            capacity=300,
            access=frozenset({AccessFact.STEP_FREE, AccessFact.BSL, AccessFact.CRECHE}),
            languages=frozenset({"en", "so", "fr"}),
            status=EventStatus.PLANNED,
        ),
    )
    assert imported.notes == ()
    assert imported.series == ()


def test_activities_stand_in_rows_that_name_their_event(read: Read) -> None:
    imported = read(
        "day.csv",
        table(
            "expo,,health check,Blood pressure,,11:30,15:00,Sample clinic,21,10",
            ",expo,expo,Sample expo,17/10/2026,11:00,16:00,,300,",
            "expo,,stall,Sample stall,,,,,,",
            "expo,talk-1,talk,Sample talk,,2pm,,,,",
            head="event,uid,kind,title,date,start,end,organisation,capacity,slot_minutes",
        )
        .replace(",expo,expo,Sample", ",day,expo,Sample")
        .replace("\nexpo,", "\nday,"),
    )

    assert [draft.uid for draft in imported.drafts] == ["day"]
    assert imported.drafts[0].activities == (
        Activity(
            "health-check-blood-pressure",
            ActivityKind.HEALTH_CHECK,
            {"en": "Blood pressure"},
            organisation="Sample clinic",
            starts_at=london("2026-10-17 11:30"),
            ends_at=london("2026-10-17 15:00"),
            capacity=21,
            slot_minutes=10,
        ),
        Activity("stall-sample-stall", ActivityKind.STALL, {"en": "Sample stall"}),
        Activity(
            "talk-1",
            ActivityKind.TALK,
            {"en": "Sample talk"},
            starts_at=london("2026-10-17 14:00"),
        ),
    )


@pytest.mark.parametrize(
    "content",
    [
        table(ROW),
        table(ROW).replace(",", ";"),
        table(ROW).replace(",", "\t"),
        "sep=;\r\n" + table(ROW).replace(",", ";"),
        "\ufeff" + table(ROW),
        table(ROW).replace("\n", "\r\n"),
        "\n\n" + table(",,,,,,", ROW, ",,,,,,", ""),
        table(ROW, head='"uid","kind","title","date","start","end","venue"'),
        table(ROW + ",", head=HEAD + ","),
        table(ROW).encode("utf-16"),
    ],
)
def test_a_table_is_read_however_it_was_saved(read: Read, content: str | bytes) -> None:
    [draft] = read("a.csv", content).drafts
    assert (draft.uid, draft.venue, draft.starts_at) == (
        "expo",
        "Sample hall",
        london("2026-10-17 11:00"),
    )


def test_accents_of_windows_are_read_with_a_note(read: Read) -> None:
    imported = read("a.csv", table(ROW.replace("Sample hall", "Café Sample")).encode("cp1252"))
    assert imported.drafts[0].venue == "Café Sample"
    assert imported.notes == (
        "The file is not UTF-8, so it was read as Windows-1252. Look at letters with accents.",
    )


def test_arabic_of_windows_is_refused_and_not_guessed(problems: Said) -> None:
    content = table(ROW.replace("Sample hall", "قاعة للتجربة")).encode("cp1256")
    assert problems("a.csv", content) == [
        (
            "The letters of this file cannot be read safely. In Excel, choose “Save as” and the "
            "type “CSV UTF-8”."
        )
    ]


@pytest.mark.parametrize(
    ("cells", "borough", "outcode", "note"),
    [
        ("HA9 0AA,", "Brent", "HA9", None),
        ("NW10 4AB,Ealing", "Ealing", "NW10", None),
        ("HA9,Ealing", "Ealing", "HA9", "HA9 does not lie in Ealing."),
        (",H&F", "Hammersmith and Fulham", "", None),
        ("NW10,", None, "NW10", "NW10 can be in Brent or Ealing"),
        ("M1 1AA,", None, "M1", None),
    ],
)
def test_borough_and_postcode_complete_each_other(  # noqa: PLR0917 -- the columns of the table
    read: Read, boroughs: Boroughs, cells: str, borough: str | None, outcode: str, note: str | None
) -> None:
    imported = read("a.csv", table(f"{ROW},{cells}", head=f"{HEAD},postcode,borough"))
    [draft] = imported.drafts
    assert (draft.borough, draft.outcode) == (borough and boroughs.find(borough), outcode)
    assert [each.removeprefix("Row 2: ")[: len(note or "")] for each in imported.notes] == (
        [note] if note else []
    )


def test_what_is_worth_a_look_is_noted(read: Read) -> None:
    imported = read(
        "a.csv",
        table(ROW.replace("Sample hall", ""), "old,expo,A,17/10/2025,11am,4pm,Sample hall"),
    )
    assert imported.notes == (
        "Row 2: This event has no venue and no online link, so people cannot tell where it is.",
        "Row 3: This event is over. It is kept, but nobody will see it in lists.",
    )


def test_dates_counted_from_today_are_for_samples_only(
    tmp_path: Path, problems: Said, boroughs: Boroughs
) -> None:
    content = table(ROW.replace("17/10/2026", "+12 Saturday"))
    assert problems("a.csv", content)[0].startswith(
        "Row 2, column “date”: “+12 saturday” counts from today, which only sample files may."
    )

    loaded = read_samples(tmp_path, now=NOW, boroughs=boroughs)
    later = read_samples(tmp_path, now=NOW + timedelta(days=3), boroughs=boroughs)
    assert [(draft.starts_at, draft.sample) for draft in loaded.drafts + later.drafts] == [
        (london("2026-10-31 11:00"), True),
        (london("2026-10-31 11:00"), True),
    ]

    (tmp_path / "b.csv").write_text(table(ROW), encoding="utf-8")
    with pytest.raises(ImportRefused, match="Two sample events have the same uid: expo"):
        read_samples(tmp_path, now=NOW, boroughs=boroughs)
    (tmp_path / "b.csv").write_text(table("a,expo"), encoding="utf-8")
    with pytest.raises(ImportRefused, match=r"^b\.csv: Row 2, column “title”"):
        read_samples(tmp_path, now=NOW, boroughs=boroughs)
