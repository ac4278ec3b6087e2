"""Words of dates and times that people type and Babel does not hold.

Each line is read as `bot.forms.spelling.as_spoken` writes it, so that case, accents, apostrophes
and full stops do not matter; "|" parts the ways to say one thing. Words that mean two things in
their language, such as Lingala "lobi" (yesterday and tomorrow), are left out.
"""

from collections.abc import Mapping
from enum import Enum, auto


class What(Enum):
    """What a word of a date or a time says."""

    BETWEEN = auto()  # nothing: "the", "of", "at"
    MONTH = auto()  # with its number from 1
    WEEKDAY = auto()  # with its number from 0, Monday
    DAYS = auto()  # a day, by how many days it is after today
    OTHER_CALENDAR = auto()  # a month or year that is not of the Gregorian calendar
    AM = auto()
    PM = auto()
    MORNING = auto()
    AFTERNOON = auto()
    EVENING = auto()
    NIGHT = auto()
    NOON = auto()
    MIDNIGHT = auto()
    HOUR = auto()  # after an hour of 24: "14h"


MONTHS: Mapping[str, tuple[str, ...]] = {
    "en": ("", "febuary", "", "", "", "", "", "", "sep", "", "", ""),
    "so": (
        "janaayo|janaayo|jannayo|janwari",
        "feebraayo|febraio|feberaayo|febriweri",
        "maarj|maarso|maars|marso",
        "abril|abriil|ebriil",
        "meey|mey|maajo",
        "juunyo|juuniyo|yuuniyo|juun",
        "luuliyo|luulyo|juulaay|julaay|yuuliyo|luuliyoo",
        "agoosto|agosto|ogoosto|agosta|ogosto",
        "sebtembar|sabteembar|sibtembar|sebteember|setembar|sebtambar",
        "oktobar|oktoober|oktober",
        "nofembar|nofeembar|noofembar|noofeember|nofember",
        "disembar|desembar|diisambar|diseember|diisembar",
    ),
    "ar": ("", "", "", "ابريل|نيسان", "ماي", "", "يوليوز", "اغسطس|غشت|اوت", "", "", "", ""),
}
WEEKDAYS: Mapping[str, tuple[str, ...]] = {
    "en": ("", "tues", "weds", "thur|thurs", "", "", ""),
    "so": (
        "isniinta", "salaasa|talaadada", "arbaca|arbacada", "khamiista", "jimce|jimcaha",
        "sabtida", "axada",
    ),
    "ar": ("اثنين", "ثلاثاء", "اربعاء", "خميس", "جمعة", "سبت", "احد"),
}  # fmt: skip
DAYS: Mapping[str, Mapping[int, str]] = {
    "en": {
        0: "today",
        1: "tomorrow|tomorow|tommorow|tommorrow",
        -1: "yesterday",
        2: "the day after tomorrow|day after tomorrow",
        -2: "the day before yesterday|day before yesterday",
    },
    "so": {
        0: "maanta|manta",
        1: "berri|beri|berrito|berito",
        -1: "shalay|shaley|shalayto",
        2: "saa dambe|saadambe|saa danbe|saadanbe|berri ka dambe",
        -2: "dorraad|doraad|dorraato",
    },
    "ar": {
        0: "اليوم|النهارده|النهاردة|هذا اليوم",
        1: "غدا|غد|بكرة|بكرا|باكر",
        -1: "امس|البارحة|امبارح|مبارح",
        2: "بعد غد|بعد بكرة|بعد بكرا",
        -2: "اول امس|قبل امس|اول امبارح",
    },
    "fr": {
        0: "aujourd'hui|aujourdhui|aujourd hui|auj",
        1: "demain",
        -1: "hier",
        2: "après-demain",
        -2: "avant-hier",
    },
    "pt": {
        0: "hoje", 1: "amanhã", -1: "ontem", 2: "depois de amanhã", -2: "anteontem|antes de ontem",
    },
    "es": {0: "hoy", 1: "mañana", -1: "ayer", 2: "pasado mañana", -2: "anteayer|antes de ayer"},
    "am": {0: "ዛሬ", 1: "ነገ", -1: "ትናንት|ትላንት|ትናንትና|ትላንትና", 2: "ከነገ ወዲያ", -2: "ከትናንት ወዲያ|ከትላንት ወዲያ"},
    "ti": {0: "ሎሚ|ሎሚ መዓልቲ", 1: "ጽባሕ", -1: "ትማሊ"},
    "sw": {0: "leo", 1: "kesho", -1: "jana", 2: "kesho kutwa|keshokutwa", -2: "juzi"},
    "yo": {0: "òní|loni", 1: "ọ̀la|lola", -1: "àná|lana"},
    "ak": {0: "ɛnnɛ|nnɛ", 1: "ɔkyena", -1: "ɛnnora|nnora"},
    "ln": {0: "lelo|lɛlɔ́", 1: "lobi ekoya", -1: "lobi eleki"},
}  # fmt: skip
BETWEEN: Mapping[str, str] = {
    "en": "on|the|of|in|at|st|nd|rd|th|date|day|ad|ce|the date is|it is|its",
    "so": (
        "ka|ta|da|kii|tii|dii|aad|ee|bisha|bil|taariikhda|taariikh|sanadka|sannadka|sanad|maalinta|"
        "maalin|keeda|markay tahay|ku|saacadda|saacada|saacad"
    ),
    "ar": "يوم|في|من|شهر|سنة|عام|الموافق|بتاريخ|تاريخ|م|ميلادي|ميلادية|و|ال|اليوم|الساعة|عند|على",
    "fr": "le|la|du|de|d|en|l|l'an|an|er|ère|e|à|a|date|vers|mois|année|il est|jour",
    "pt": "o|a|de|do|da|em|no|dia|às|as|mês|ano|º|ª",
    "es": "el|la|de|del|en|a|las|día|mes|año|º|ª|ro|a las|a la",
    "am": "ቀን|ወር|በ|ዓመት|ሰዓት|ከ",
    "ti": "ዕለት|ሰዓት|ኣብ",
    "sw": "tarehe|mwezi|mwezi wa|wa|ya|siku|siku ya|mwaka|saa",
    "yo": "osu|ojo|odun|ti",
    "ak": "da|bosome|afe|no",
    "ln": "mokolo|sanza|mobu|ya",
}
OTHER_CALENDAR = (
    "محرم|صفر|ربيع الاول|ربيع الثاني|ربيع الاخر|جمادى الاولى|جمادى الثانية|جمادى الاخرة|رجب|شعبان|"
    "رمضان|شوال|ذو القعدة|ذي القعدة|ذو الحجة|ذي الحجة|هجري|هجرية|هـ|"
    "muharram|safar|rajab|shaban|sha'ban|ramadan|ramadhan|ramadaan|shawwal|hijri|"
    "መስከረም|ጥቅምት|ኅዳር|ህዳር|ሕዳር|ታኅሣሥ|ታህሳስ|ታሕሳስ|ጥር|የካቲት|መጋቢት|ሚያዝያ|ግንቦት|ሰኔ|ሐምሌ|ሀምሌ|ነሐሴ|ጳጉሜን|ጳጉሜ|"
    "ዓ ም|ዓም|فروردین|اردیبهشت|خرداد|تیر|مرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند"
)
PERIODS: Mapping[str, Mapping[What, str]] = {
    "en": {
        What.AM: "am|a m",
        What.PM: "pm|p m",
        What.MORNING: "morning|in the morning|this morning",
        What.AFTERNOON: "afternoon|in the afternoon",
        What.EVENING: "evening|in the evening",
        What.NIGHT: "at night|night",
        What.NOON: "noon|midday",
        What.MIDNIGHT: "midnight",
        What.HOUR: "h|hrs|hr|hours",
        What.BETWEEN: "at|oclock|o clock|the|in|around|about",
    },
    "so": {
        What.AM: "gh",
        What.PM: "gd",
        What.MORNING: "subaxnimo|subaxdii|subax|aroornimo",
        What.AFTERNOON: "galabnimo|galab|galabtii|duhurnimo",
        What.EVENING: "fiidnimo|fiid|fiidkii|maqribnimo",
        What.NIGHT: "habeennimo|habeenimo|habeenkii|habeen",
        What.NOON: "duhur|duhurka|maalin badhkeed",
        What.MIDNIGHT: "saqda dhexe|saqdhexe|saqda",
        What.BETWEEN: "saacadda|saacada|saacad|saac|marka|ee",
    },
    "ar": {
        What.AM: "ص",
        What.PM: "م",
        What.MORNING: "صباحا|صباح|الصبح|في الصباح|فجرا|الفجر",
        What.AFTERNOON: "ظهرا|الظهر|بعد الظهر|عصرا|العصر",
        What.EVENING: "مساء|المساء|في المساء",
        What.NIGHT: "ليلا|بالليل|الليل|في الليل",
        What.NOON: "منتصف النهار",
        What.MIDNIGHT: "منتصف الليل",
        What.BETWEEN: "الساعة|ساعة|في|عند|على",
    },
    "fr": {
        What.MORNING: "du matin|matin|le matin",
        What.AFTERNOON: "de l'après-midi|après-midi|l'après-midi",
        What.EVENING: "du soir|soir|le soir",
        What.NIGHT: "de la nuit|la nuit",
        What.NOON: "midi",
        What.MIDNIGHT: "minuit",
        What.HOUR: "h|heure|heures|hr",
        What.BETWEEN: "à|a|vers|il est|le",
    },
    "pt": {
        What.MORNING: "manhã|de manhã|da madrugada",
        What.AFTERNOON: "da tarde|à tarde",
        What.EVENING: "da noite|à noite",
        What.HOUR: "h|hora|horas",
        What.BETWEEN: "às|as|a|à",
    },
    "es": {
        What.MORNING: "de la mañana|de la madrugada",
        What.AFTERNOON: "del mediodía",
        What.EVENING: "de la tarde",
        What.NIGHT: "de la noche",
        What.NOON: "mediodía|al mediodía",
        What.MIDNIGHT: "medianoche|a medianoche",
        What.HOUR: "h|hora|horas",
        What.BETWEEN: "a las|a la|las|la",
    },
    "am": {What.BETWEEN: "ሰዓት|በ|ከ"},
    "ti": {What.BETWEEN: "ሰዓት|ኣብ"},
    "sw": {What.BETWEEN: "saa|ya|za"},
}
