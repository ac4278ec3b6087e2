"""What is wrong with a form, in words for its author."""

from collections.abc import Mapping

from bot.forms.expressions import Refusal
from bot.forms.xlsform import Code
from bot.i18n import N_
from bot.surveys.findings import Trouble
from bot.surveys.media import Flaw

PROBLEMS: Mapping[str, str] = {
    Code.FILE_EMPTY: N_("The file is empty."),
    Code.FILE_TOO_BIG: N_("The file is too big. At most {limit} bytes can be read."),
    Code.FILE_OF_ANOTHER_KIND: N_(
        "This is no form. Please send an Excel file (.xlsx or .xls), a .csv or an .md file."
    ),
    Code.FILE_DAMAGED: N_("The file is damaged. Please save it again and send it anew."),
    Code.FILE_HAS_PASSWORD: N_("The file has a password. Please save it without one."),
    Code.FILE_HAS_MACROS: N_("The file holds macros. Please save it as a plain .xlsx file."),
    Code.FILE_HAS_ENTITIES: N_(
        "The file holds things that no spreadsheet program writes. Please save it anew."
    ),
    Code.FILE_UNPACKS_TOO_BIG: N_("The file becomes too big when it is opened."),
    Code.FILE_NOT_UTF8: N_("The letters of this file cannot be read. Please save it as UTF-8."),
    Code.QUOTES_UNMATCHED: N_("A quotation mark is opened and never closed."),
    Code.TOO_MANY_FILES: N_("There are too many files beside the form: {limit} at most."),
    Code.FILES_TOO_BIG: N_(
        "The files beside the form are too big together: {limit} MB at most. Look at {file}."
    ),
    Code.FORM_NOT_PACKED: N_("There is no form in the .zip file. Please put the form into it too."),
    Code.FORMS_PACKED: N_(
        "There is more than one form in the .zip file: {files}. Please send one at a time."
    ),
    Code.FILE_PACKED_TWICE: N_(
        "There are two files with the name {file} in the .zip file. Please rename one."
    ),
    Code.TOO_MANY_SHEETS: N_("There are too many sheets: {limit} at most."),
    Code.TOO_MANY_ROWS: N_("There are too many rows: {limit} at most."),
    Code.TOO_MANY_COLUMNS: N_("There are too many columns: {limit} at most."),
    Code.TOO_MANY_CELLS: N_("There are too many filled cells: {limit} at most."),
    Code.CELL_TOO_LONG: N_("The text of this cell is too long: {limit} letters at most."),
    Code.TOO_HEAVY: N_("Reading this form takes too long. Please make it smaller."),
    Code.MORE_PROBLEMS: N_("There are {count} more problems. Mend these first."),
    Code.NOT_CONVERTED: N_("This form cannot be read as an XLSForm."),
    Code.FORMULA_WITHOUT_VALUE: N_(
        "This cell holds a formula without a result. Please save the file in a spreadsheet "
        "program, or write the text itself."
    ),
    Code.FORMULA_FAILS: N_("The formula in this cell fails: {value}."),
    Code.CHARACTER_REFUSED: N_("This cell holds a sign that nobody can see: {character}."),
    Code.TEXT_ABOVE_SHEETS: N_("There is text before the name of the first sheet."),
    Code.SHEET_MISSING: N_("There is no sheet with the name {sheet}."),
    Code.SHEET_MISSPELT: N_("Did you mean the sheet {similar}?"),
    Code.SHEET_TWICE: N_("Two sheets have this name."),
    Code.COLUMN_MISSING: N_("This column is missing."),
    Code.COLUMN_TWICE: N_("This column is there twice."),
    Code.COLUMN_UNKNOWN: N_("I do not know this column, so it is passed over."),
    Code.COLUMN_NAME_INVALID: N_("The name of this column must be a word without spaces."),
    Code.NOTHING_ASKED: N_("The form asks nothing."),
    Code.TYPE_MISSING: N_("This row has no type."),
    Code.TYPE_UNKNOWN: N_("There is no type of question called {type}."),
    Code.NAME_MISSING: N_("This row has no name."),
    Code.NAME_INVALID: N_(
        "The name {name} cannot be used. A name is one word: letters, digits, - and _, and a "
        "letter first."
    ),
    Code.NAME_TWICE: N_("Two rows have the name {name}."),
    Code.NAME_DIFFERS_IN_CASE: N_("The name {name} differs from another only in capital letters."),
    Code.NAME_RESERVED: N_("The name {name} is kept for the form itself. Please choose another."),
    Code.LABEL_MISSING: N_("The question {name} has no label: people would see no words."),
    Code.CALCULATION_MISSING: N_("This row calculates, but says not what."),
    Code.BEGIN_WITHOUT_END: N_("A {type} begins here and never ends."),
    Code.END_WITHOUT_BEGIN: N_("A {type} ends here that never began."),
    Code.TOO_DEEP: N_("Groups stand in each other too deep: {limit} at most."),
    Code.REFERENCE_UNKNOWN: N_("${{{name}}} names a question that is not there."),
    Code.REFERENCE_AMBIGUOUS: N_("${{{name}}} could mean more than one question."),
    Code.REFERENCE_INVALID: N_("After $ comes a name in curly brackets. Here it does not."),
    Code.PARAMETERS_INVALID: N_("The parameters cannot be read."),
    Code.TRIGGER_INVALID: N_("The trigger {trigger} is no question that people see."),
    Code.TABLE_LIST_INVALID: N_("All questions of a table need the same choices."),
    Code.BIG_IMAGE_ALONE: N_("The big image of {name} needs an image, too."),
    Code.ROW_SKIPPED: N_("This row has no type, no name and no label. It is passed over."),
    Code.ROW_DISABLED: N_("This row is switched off. It is passed over."),
    Code.LIST_NAME_MISSING: N_("The name of the list of choices is missing."),
    Code.LIST_UNUSED: N_("No question uses the list {list}."),
    Code.LIST_MISSING: N_("There is no list of choices with the name {list}."),
    Code.CHOICE_NAME_MISSING: N_("This choice has no name."),
    Code.CHOICE_NAME_TWICE: N_("Two choices of the list {list} have the name {name}."),
    Code.CHOICE_NAME_HAS_SPACE: N_("The name of a choice must have no spaces: {name}."),
    Code.CHOICE_LABEL_MISSING: N_("This choice has no label. People see its name instead."),
    Code.OTHER_WITH_FILTER: N_("or_other and choice_filter cannot go together."),
    Code.DEFAULT_LANGUAGE_UNKNOWN: N_("The default language is none of the form's languages."),
    Code.LANGUAGE_WITHOUT_CODE: N_(
        "Please write the code of each language in brackets, such as Arabic (ar): {languages}."
    ),
    Code.TRANSLATION_COLUMN_MISSING: N_(
        "Another language has this column. In {language} it is missing."
    ),
    Code.OTHER_NOT_TRANSLATED: N_("or_other has words in English only."),
    Code.CSV_NAME_INVALID: N_("The name of the file with the choices must end in .csv."),
    Code.CSV_MISSING: N_("The file {file} is missing. It must lie beside the form."),
    Code.CSV_COLUMN_MISSING: N_("The file {file} has no column {column}."),
    Code.CSV_UNREADABLE: N_("The file {file} cannot be read."),
    Code.MEDIA_MISSING: N_(
        "The file {file} is missing. Please put it and the form into one .zip file."
    ),
    Code.NOT_IN_A_CHAT: N_("A chat cannot do this: {what}."),
    Code.IGNORED_IN_A_CHAT: N_("A chat passes this over: {what}."),
    Code.LEFT_EMPTY: N_("We leave this empty, because people here must not be identified: {what}."),
    Code.OTHER: N_("The converter has a remark."),
    Trouble.EXPRESSION: N_("This rule cannot be used: {why}"),
    Trouble.RULES_GO_ROUND: N_("The rules of these questions wait for each other: {names}."),
    Trouble.NOT_READ: N_("This form holds something that I cannot use."),
    Flaw.NOT_SHOWN: N_(
        "This picture, sound or video cannot be shown. Put it beside a question, a note or a "
        "choice, and write the name of the file in full."
    ),
    Flaw.OTHER_KIND: N_("The file {file} cannot be used here. Use a file that ends in: {suffixes}"),
    Flaw.NOT_WHAT_IT_SAYS: N_(
        "The file {file} is not what its name says. Please save it again, in the right format."
    ),
    Flaw.TOO_BIG: N_("The file {file} is too big: {limit} MB at most."),
    Flaw.TOO_LONG: N_(
        "The picture {file} is too large, or too long and narrow. Please make it smaller."
    ),
    Trouble.TRANSLATION_MISSING: N_(
        "The text in {language} is missing. The survey is not offered in this language."
    ),
    Trouble.LABEL_TOO_LONG: N_("This text has {length} letters. At most {limit} fit in a message."),
    Trouble.LONG_FOR_A_BUTTON: N_(
        "This label has {length} letters in {language}. More than {limit} do not fit on a button, "
        "so people will see numbers on the buttons."
    ),
    Trouble.HARD_ENGLISH: N_(
        "This is hard to read: for people of {age} years. Please write for {limit}: shorter "
        "words, shorter sentences."
    ),
    Trouble.NEVER_OFFERED: N_("Nobody can choose {choice} in the question {question}."),
    Trouble.NEVER_TAKEN: N_("The rule of the question {question} never takes {choice}."),
    Trouble.NEVER_ASKED: N_(
        "I found no answers that lead to the question {question}. Please look at its rule."
    ),
    Trouble.DEAD_END: N_(
        "On some ways through the form nobody can go on here: I found no answer that the rule of "
        "this question takes, and it cannot be skipped."
    ),
    Trouble.PLACE_ROUNDED: N_(
        "The form asks for a place to within {asked} metres. We keep it to within {kept} metres, "
        "so that nobody can be found by it."
    ),
    Trouble.CONSENT_WITHOUT_YES: N_(
        "Nobody can agree here, so no answers would be kept. Make this row select_one with a "
        "choice that has the name yes or agree, or make it acknowledge. If it asks for something "
        "else, give the row another name than consent."
    ),
    Trouble.NOT_KEPT: N_(
        "We do not keep this value: it hangs on the time, on chance or on the language, and could "
        "tell who answered. The form can still use it."
    ),
    Trouble.NO_ANSWER_POSSIBLE: N_("The rule of this question takes none of its choices."),
    Trouble.NO_QUESTIONS: N_("The form asks nothing."),
}
"""By the code of what was found; the placeholders are its details."""

RULES: Mapping[str, str] = {
    Refusal.SYNTAX: N_("I cannot read this part: {detail}"),
    Refusal.UNKNOWN_FUNCTION: N_("there is no function {detail}."),
    Refusal.WRONG_ARGUMENTS: N_("{detail} needs other values in its brackets."),
    Refusal.UNSUPPORTED: N_("{detail} cannot be used here."),
    Refusal.TOO_LONG: N_("it is longer than {detail} letters."),
    Refusal.TOO_DEEP: N_("it has more than {detail} brackets in each other."),
    Refusal.BAD_REGEX: N_("the pattern {detail} cannot be read."),
    Refusal.BAD_FORMAT: N_("dates have no sign {detail}."),
}
"""Why a rule cannot be used."""

NO_REASON = N_("A chat has nothing like it.")
REASONS: Mapping[str, str] = {
    "lines_on_a_map": N_("In a chat people can send a place, and no line or area."),
    "scanner": N_("A chat cannot read barcodes."),
    "drawing": N_("Nobody can draw or sign in a chat. You can ask for a photo."),
    "unseen": N_("It records what people do without their seeing it."),
    "device": N_("We collect nothing about people that we do not need."),
    "other_app": N_("The bot cannot open other apps."),
    "printer": N_("The bot cannot print."),
    "sensor": N_("A chat has no compass."),
    "web_page": N_("You can write a link into the label of a note."),
    "masked": N_("What people type in a chat stays to be seen."),
    "xml_file": N_("Lists of choices come from .csv files."),
    "entities": N_("Surveys share nothing about people with each other."),
    "openstreetmap": N_("A chat has no map to choose from."),
    "encryption": N_("Answers would not be locked with the key of the form."),
    "last_saved": N_("Earlier answers belong to nobody, so they cannot come back."),
    "old_way": N_("There is a newer way: select_one_from_file, choice_filter or a repeat."),
}
"""Why a chat does not do something: the detail `reason` of NOT_IN_A_CHAT."""
