"""How big a form, and what is in it, may be; and what converting it may cost."""

FILE_BYTES = 5_000_000  # the form itself
BESIDE_BYTES = 20_000_000  # all lists that come with it
MEDIA_BYTES = 100_000_000  # all pictures, sounds and videos that come with it
PACKED_BYTES = 20_000_000  # a form and its files in one .zip: what Telegram hands a bot
FILES_BESIDE = 200
UNPACKED_BYTES = 50_000_000  # of an .xlsx

CELLS = 500_000  # of all sheets of an .xlsx, with those that hold nothing but a format

SHEETS = 50
COLUMNS = 200  # of one sheet
SURVEY_ROWS = 2_000
CHOICE_ROWS = 20_000  # longer lists come from a .csv
CSV_ROWS = 50_000  # of one .csv beside the form
OTHER_ROWS = 1_000  # of any other sheet that counts
LAST_ROW = 100_000  # rows may stand below gaps, but not below this
MOST_ROWS = 1_048_576  # that a spreadsheet program knows; what says it is below is forged
CELL_CHARACTERS = 32_767  # what a cell of a spreadsheet program holds
DEPTH = 20  # groups and repeats inside one another

PROBLEMS = 200  # told at once
MEMORY_BYTES = 1_000_000_000  # address space, of which a small form touches a tenth
