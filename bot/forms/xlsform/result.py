"""What converting gives: an XForm and where everything in it stands, or every problem found."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.errors import BaobabError


class Severity(StrEnum):
    """Whether a problem stops the form."""

    ERROR = "error"
    WARNING = "warning"


class Code(StrEnum):
    """What is wrong. Behind each: the details that come with it, besides `pyxform`."""

    # The file
    FILE_EMPTY = "file_empty"
    FILE_TOO_BIG = "file_too_big"  # limit (bytes)
    FILE_OF_ANOTHER_KIND = "file_of_another_kind"  # kind: see reading.OTHER_KINDS, or ""
    FILE_DAMAGED = "file_damaged"
    FILE_HAS_PASSWORD = "file_has_password"  # noqa: S105 - no password, but the word for it
    FILE_HAS_MACROS = "file_has_macros"  # they would never be run, and are not wanted here
    FILE_HAS_ENTITIES = "file_has_entities"  # XML that no spreadsheet program writes
    FILE_UNPACKS_TOO_BIG = "file_unpacks_too_big"
    FILE_NOT_UTF8 = "file_not_utf8"
    QUOTES_UNMATCHED = "quotes_unmatched"  # in a .csv
    TOO_MANY_FILES = "too_many_files"  # limit
    FILES_TOO_BIG = "files_too_big"  # limit (megabytes); file: with which it is too much
    FORM_NOT_PACKED = "form_not_packed"  # in a .zip without a form
    FORMS_PACKED = "forms_packed"  # in a .zip with several; files, by commas
    FILE_PACKED_TWICE = "file_packed_twice"  # file
    TOO_MANY_SHEETS = "too_many_sheets"  # limit
    TOO_MANY_ROWS = "too_many_rows"  # limit
    TOO_MANY_COLUMNS = "too_many_columns"  # limit
    TOO_MANY_CELLS = "too_many_cells"  # limit
    CELL_TOO_LONG = "cell_too_long"  # limit (characters)
    TOO_HEAVY = "too_heavy"  # reading or converting took too long or too much memory
    MORE_PROBLEMS = "more_problems"  # count: that were found, and are not told
    NOT_CONVERTED = "not_converted"  # pyxform objects in words that we do not know, or broke

    # Cells
    FORMULA_WITHOUT_VALUE = "formula_without_value"
    FORMULA_FAILS = "formula_fails"  # value, such as #REF!
    CHARACTER_REFUSED = "character_refused"  # character, as U+0001
    TEXT_ABOVE_SHEETS = "text_above_sheets"  # in .md and .csv: cells before any sheet's name

    # Sheets and columns
    SHEET_MISSING = "sheet_missing"  # sheet; similar, if a sheet has nearly that name
    SHEET_MISSPELT = "sheet_misspelt"  # sheet; similar
    SHEET_TWICE = "sheet_twice"
    COLUMN_MISSING = "column_missing"
    COLUMN_TWICE = "column_twice"  # first: its other name, if it has two
    COLUMN_UNKNOWN = "column_unknown"  # similar, if there is a column of nearly that name
    COLUMN_NAME_INVALID = "column_name_invalid"  # of an extra column of choices

    # Rows of the survey sheet
    NOTHING_ASKED = "nothing_asked"  # there is no row with a question
    TYPE_MISSING = "type_missing"
    TYPE_UNKNOWN = "type_unknown"  # type; similar, if a type has nearly that name
    NAME_MISSING = "name_missing"
    NAME_INVALID = "name_invalid"  # name
    NAME_TWICE = "name_twice"  # name; first, the row that has it too, where that is known
    NAME_DIFFERS_IN_CASE = "name_differs_in_case"  # name; a warning
    NAME_RESERVED = "name_reserved"  # name
    LABEL_MISSING = "label_missing"  # name
    CALCULATION_MISSING = "calculation_missing"
    BEGIN_WITHOUT_END = "begin_without_end"  # type (group or repeat); name
    END_WITHOUT_BEGIN = "end_without_begin"  # type
    TOO_DEEP = "too_deep"  # limit
    REFERENCE_UNKNOWN = "reference_unknown"  # name; similar, if a question has nearly that name
    REFERENCE_AMBIGUOUS = "reference_ambiguous"  # name
    REFERENCE_INVALID = "reference_invalid"  # ${…} that is not closed or holds no name
    PARAMETERS_INVALID = "parameters_invalid"
    TRIGGER_INVALID = "trigger_invalid"  # name; trigger: the question that is not shown
    TABLE_LIST_INVALID = "table_list_invalid"  # choices of a table-list differ, or are filtered
    BIG_IMAGE_ALONE = "big_image_alone"  # name; big-image goes with image
    ROW_SKIPPED = "row_skipped"  # neither type nor name nor label; a warning
    ROW_DISABLED = "row_disabled"  # a warning

    # Choices
    LIST_NAME_MISSING = "list_name_missing"  # type, in survey; a choice without a list
    LIST_UNUSED = "list_unused"  # list; a warning
    LIST_MISSING = "list_missing"  # list; similar, if a list has nearly that name
    CHOICE_NAME_MISSING = "choice_name_missing"
    CHOICE_NAME_TWICE = "choice_name_twice"  # name; list
    CHOICE_NAME_HAS_SPACE = "choice_name_has_space"  # name; list
    CHOICE_LABEL_MISSING = "choice_label_missing"  # a warning
    OTHER_WITH_FILTER = "other_with_filter"  # or_other and choice_filter together

    # Languages
    DEFAULT_LANGUAGE_UNKNOWN = (
        "default_language_unknown"  # language; languages, by commas; a warning
    )
    LANGUAGE_WITHOUT_CODE = "language_without_code"  # languages, with commas; a warning
    TRANSLATION_COLUMN_MISSING = "translation_column_missing"  # language; a warning
    OTHER_NOT_TRANSLATED = "other_not_translated"  # a warning

    # Files
    CSV_NAME_INVALID = "csv_name_invalid"  # select_one_from_file names no .csv
    CSV_MISSING = "csv_missing"  # file
    CSV_COLUMN_MISSING = "csv_column_missing"  # file; column
    CSV_UNREADABLE = "csv_unreadable"  # file
    MEDIA_MISSING = "media_missing"  # file

    # What a chat does not do
    NOT_IN_A_CHAT = "not_in_a_chat"  # what, reason: see support.py
    IGNORED_IN_A_CHAT = "ignored_in_a_chat"  # what; a warning
    LEFT_EMPTY = "left_empty"  # what, a warning: it would say who people are
    OTHER = "other"  # any other warning of pyxform


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a form, for a view to find words for.

    Attributes:
        code: what is wrong.
        severity: whether it stops the form.
        sheet: its name as in the file; empty if the whole file is meant.
        row: as the author counts: the row of a spreadsheet, the record of a .csv (as a
            spreadsheet program shows it), the line of an .md file; from 1.
        column: the heading, as the author wrote it.
        details: what the words need; `Code` says which. `pyxform` is pyxform's own sentence,
            where it objects; it may name other row numbers, since it counts tables.
    """

    code: Code
    severity: Severity = Severity.ERROR
    sheet: str = ""
    row: int | None = None
    column: str | None = None
    details: Mapping[str, str] = field(default_factory=dict)


class FormRefused(BaobabError):
    """A form cannot be used as it is.

    Attributes:
        problems: every error found, and the warnings beside them, in the order of the file;
            at least one is an error.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        super().__init__()
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the author's file.

    Attributes:
        sheet: the sheet's name as in the file.
        row: counted as in `Problem`.
    """

    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class Language:
    """A language of a form's columns.

    Attributes:
        name: as the XForm names it, "Arabic (ar)"; "default" where the author names none.
        code: "ar", or empty if the name holds none.
    """

    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a sheet.

    Attributes:
        number: counted as in `Problem`.
        cells: heading to text, without empty cells.
    """

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as read.

    Attributes:
        name: as in the file.
        columns: its headings, in order.
        rows: its rows in order, without empty ones.
        heading: the number of the row that holds the headings.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    heading: int = 1


@dataclass(frozen=True, slots=True)
class Converted:
    """A form as an XForm, and where everything stands.

    Attributes:
        xform: the XML that pyxform makes.
        title: the form's title, or its id if it has none.
        form_id: `form_id` of the settings, or the file's name without its suffix.
        version: `version` of the settings, or empty.
        default_language: the name of one of `languages`.
        languages: those of the XForm in their order. If its columns name none, the one of the
            setting default_language, or else one that is called "default".
        places: path of a node ("/data/group/age") to the row it comes from.
        choice_places: (list name, choice name) to the row; the first, if there are several.
        rows: name of a sheet ("survey", "choices", "settings", in small letters) to its rows.
        files: the files beside the form that it names; lists as UTF-8 with commas, whatever
            they came as.
        warnings: what an author should know, though the form works.
    """

    xform: str
    title: str
    form_id: str
    version: str
    default_language: str
    languages: tuple[Language, ...]
    places: Mapping[str, Place]
    choice_places: Mapping[tuple[str, str], Place]
    rows: Mapping[str, tuple[Row, ...]]
    files: Mapping[str, bytes]
    warnings: tuple[Problem, ...]
