"""How big a file, and what is in it, may be."""

from datetime import timedelta

FILE_BYTES = 5_000_000
ROWS = 5_000  # of a table, or events of a calendar
PROBLEMS_SHOWN = 50

UID = 200  # characters, as are the next five
TITLE = 200
DESCRIPTION = 3_000  # with the rest of a card it stays under Telegram's 4,096
VENUE = 300
ORGANISATION = 150
LINK = 500
TOPIC = 60
TOPICS = 12
ACTIVITIES = 300  # at one event
PLACES = 100_000  # an event's capacity
SLOT_MINUTES = 480
LONGEST_EVENT = timedelta(days=31)

XLSX_BYTES = 40_000_000  # unpacked
XLSX_COLUMNS = 200
XLSX_LAST_ROW = 20_000  # rows may stand below gaps, but not below this

ICS_DEPTH = 6  # BEGIN inside BEGIN
ICS_LINE = 200_000  # characters of one unfolded line
ICS_ZONES = 100
ICS_DATES = 20_000  # in all RDATE and EXDATE lines
ICS_SERIES = 500  # repeating events
ICS_WORK = 400_000  # days that all repeating rules walk through together: some seconds
HORIZON = timedelta(days=548)  # about 18 months ahead
OCCURRENCES = 200  # of one repeating event
CLOCK_RULE_VALUES = 24  # times a day one rule may name
