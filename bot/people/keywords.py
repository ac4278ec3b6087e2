"""Single words that always do something, in every language the bot speaks.

Only a whole message counts: "stop" stops, "where is the bus stop" does not.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from bot.people.folding import fold_tightly

_LONGEST = 60  # signs; no keyword is nearly as long, and most messages are not either


class Keyword(StrEnum):
    """What a message asks for that is nothing but a keyword."""

    STOP = "stop"
    HELP = "help"
    LANGUAGE = "language"


# To add a language, add its words here. Words that mean cancelling a booking do not belong here.
_KEYWORDS: Mapping[Keyword, Mapping[str, tuple[str, ...]]] = {
    Keyword.STOP: {
        "en": (
            "stop", "stop all", "stop it", "please stop", "stop please", "stop messages",
            "stop messaging me", "stop sending me messages", "unsubscribe", "opt out", "optout",
            "quit", "end", "remove me", "leave me alone", "no more messages",
        ),
        "so": (
            "jooji", "jooji farriimaha", "iga jooji", "fadlan jooji", "joogso", "waa joogso",
            "iska jooji", "iga saar", "ka bax", "waan ka baxayaa", "ha ii soo dirin",
            "ha ii soo dirin farriimo", "farriimo ma rabo", "jooji fariimaha", "jooji farimaha",
            "farriimaha jooji", "fariimaha jooji", "fariimaha iga jooji", "farriimaha iga jooji",
            "waa joogsi", "joogsi", "stop garee", "iga daa", "i daa", "iga tag", "iga bixi",
            "liiska iga saar", "iga saar liiska", "waan iska baxayaa", "ha ii soo qorin",
            "ha ii soo dirin fariimo", "fariimo ma rabo", "farriimo dambe ma rabo",
            "fariimo dambe ma rabo",
        ),
        "ar": (
            "توقف", "توقفوا", "قف", "أوقف", "اوقفوا", "إيقاف", "وقف", "أوقف الرسائل",
            "إيقاف الرسائل", "وقف الرسائل", "وقفوا الرسائل", "لا ترسل", "لا ترسلوا", "كفى",
            "إلغاء الاشتراك", "ألغ الاشتراك", "الغي الاشتراك", "لا أريد رسائل",
            "توقفي", "توقف من فضلك", "توقفوا من فضلكم", "قفوا", "أوقفي", "أوقفوا الرسائل",
            "أوقفي الرسائل", "بطل", "بطلوا", "كفاية", "يكفي", "لا ترسلي", "لا ترسل لي",
            "لا ترسلوا لي", "لا ترسل لي رسائل", "لا ترسلوا لي رسائل", "ما ترسل", "ما ترسلوا",
            "ما ترسلوا لي", "ما ترسلوا لي رسائل", "لا تراسلني", "لا تراسلوني", "لا أريد الرسائل",
            "لا أريد المزيد من الرسائل", "لا أريد رسائل بعد الآن", "ما أريد رسائل",
            "ما عايز رسائل", "ما عايزة رسائل", "مش عايز رسائل", "مش عايزة رسائل", "مش عاوز رسائل",
            "ما داير رسائل", "ما دايرة رسائل", "ما بدي رسائل", "ما أبغى رسائل", "ما بغيتش رسائل",
            "بلاش رسائل", "لا مزيد من الرسائل", "إيقاف الإشعارات", "أوقف الإشعارات",
            "وقف الإشعارات", "ألغي اشتراكي", "ألغوا اشتراكي", "إلغاء اشتراكي", "إلغاء التسجيل",
            "احذفني من القائمة", "احذفوني من القائمة", "شيلوني من القائمة", "اتركوني",
            "اتركوني وشأني", "اتركني وشأني", "سيبوني", "سيبوني في حالي", "حبس", "حبسوا", "انسحاب",
            "ستوب", "استوب", "سطوب", "tawaqaf", "tawaqqaf", "waqif", "wagif", "wa2ef", "kifaya",
            "kefaya",
        ),
        "fr": (
            "stop", "arrêt", "arrête", "arrêter", "arrêtez", "arrêtez les messages",
            "arrêter les messages", "stop aux messages", "désabonner", "désabonnement",
            "désabonnez-moi", "se désabonner", "me désabonner", "désinscription", "désinscrire",
            "me désinscrire", "plus de messages", "laissez-moi tranquille", "stop svp",
            "stop s'il vous plaît", "stop messages", "stoppe", "stopper", "stoppez", "arrêtez svp",
            "arrêtez s'il vous plaît", "arrête ça", "arrêtez ça", "arrêt des messages",
            "arrêter tout", "tout arrêter", "arrêtez de m'écrire", "arrête de m'écrire",
            "ne m'écrivez plus", "ne m'écris plus", "ne m'envoyez plus rien",
            "ne m'envoyez plus de messages", "ne plus recevoir de messages",
            "je ne veux plus de messages", "je veux plus de messages",
            "je ne veux plus recevoir de messages", "plus de message", "pas de messages",
            "désabonne-moi", "désabonner moi", "désinscrivez-moi", "désinscris-moi",
            "se désinscrire", "retirez-moi", "retirez-moi de la liste", "enlevez-moi",
            "enlevez-moi de la liste", "supprimez-moi de la liste", "me retirer",
            "laisse-moi tranquille", "laissez-moi en paix", "ça suffit", "quitter", "fin",
        ),
    },
    Keyword.HELP: {
        "en": ("help", "help me", "please help", "please help me", "i need help", "info", "menu"),
        "so": (
            "caawi", "i caawi", "caawimaad", "caawimo", "gargaar", "fadlan i caawi",
            "caawimaad ayaan u baahanahay", "waxaan u baahanahay caawimaad", "i caawiya",
            "na caawi", "fadlan i caawiya", "caawin", "caawinaad", "caawimada",
            "caawimaad degdeg ah", "gargaar degdeg ah", "caawimo ayaan u baahanahay",
            "caawimaad baan u baahanahay", "waxaan u baahanahay caawimo", "maxaad qaban kartaa",
            "macluumaad",
        ),
        "ar": (
            "مساعدة", "المساعدة", "ساعدني", "ساعدوني", "ساعديني", "أحتاج مساعدة",
            "أحتاج إلى مساعدة", "محتاج مساعدة", "محتاجة مساعدة", "النجدة", "الحقوني",
            "نجدة", "ساعدونا", "الحقني", "الحقيني", "أغيثوني", "أنقذوني", "عاوني", "عاونوني",
            "أحتاج المساعدة", "أحتاج للمساعدة", "أنا أحتاج مساعدة", "أنا محتاج مساعدة",
            "أنا محتاجة مساعدة", "بحاجة إلى مساعدة", "بحاجة لمساعدة", "أنا بحاجة إلى مساعدة",
            "أريد مساعدة", "أريد المساعدة", "عايز مساعدة", "عايزة مساعدة", "عاوز مساعدة",
            "داير مساعدة", "دايرة مساعدة", "بدي مساعدة", "أبغى مساعدة", "ممكن مساعدة",
            "ممكن تساعدني", "ممكن تساعدوني", "مساعدة من فضلك", "من فضلك ساعدني", "لو سمحت ساعدني",
            "الرجاء المساعدة", "أرجو المساعدة", "أرجوكم ساعدوني", "معلومات", "قائمة", "القائمة",
            "القائمة الرئيسية", "ماذا يمكنك أن تفعل", "كيف يعمل هذا", "musa3ada", "mosa3da",
            "mosa3ada", "sa3idni", "sa3edni", "sa3iduni",
        ),
        "fr": (
            "aide", "aidez-moi", "aide-moi", "à l'aide", "au secours", "s'il vous plaît aidez-moi",
            "j'ai besoin d'aide", "aidez-moi s'il vous plaît", "aidez-moi svp", "aide-moi svp",
            "aide svp", "besoin d'aide", "de l'aide", "je veux de l'aide", "je cherche de l'aide",
            "j'ai besoin de votre aide", "pouvez-vous m'aider", "vous pouvez m'aider",
            "peux-tu m'aider", "tu peux m'aider", "aidez-nous", "secours", "sos", "infos",
            "information", "informations", "comment ça marche", "que pouvez-vous faire",
        ),
    },
    Keyword.LANGUAGE: {
        "en": ("language", "languages", "change language", "my language", "other language"),
        "so": (
            "luqad", "luqadda", "luuqad", "luuqadda", "beddel luqadda", "badal luqada", "luqada",
            "luuqad kale", "luqad kale", "af kale", "afka", "luqaddayda", "luqadayda",
            "beddel luqada", "bedel luqadda", "bedel luqada", "badal luqadda", "badal luuqada",
            "beddel afka",
        ),
        "ar": (
            "لغة", "اللغة", "لغات", "تغيير اللغة", "غير اللغة", "لغتي", "لغة أخرى",
            "اللغات", "تغيير لغتي", "غيري اللغة", "غيروا اللغة", "بدل اللغة", "بدلوا اللغة",
            "تبديل اللغة", "اختيار اللغة", "لغة ثانية", "لغة تانية",
        ),
        "fr": ("langue", "langues", "la langue", "changer de langue", "changer la langue",
               "changer langue", "changez la langue", "choisir la langue", "choisir ma langue",
               "ma langue", "autre langue", "une autre langue", "dans ma langue"),
    },
}  # fmt: skip

_LANGUAGES: Mapping[str, tuple[str, ...]] = {
    "en": ("English", "Ingiriis", "Ingiriisi", "Af Ingiriis", "الإنجليزية", "إنجليزي", "انكليزي",
           "anglais", "en anglais", "in English", "Ingriis", "Af Ingiriisi", "Ingiriisiga",
           "الإنجليزي", "بالإنجليزي", "بالإنجليزية", "اللغة الإنجليزية", "الإنكليزية", "انقليزي",
           "بالإنقليزي"),
    "so": ("Soomaali", "Somali", "Af Soomaali", "Af-Soomaaliga", "الصومالية", "صومالي", "somalien",
           "in Somali", "af Somali", "Soomaaliga", "Somaliga", "Somaali", "luqadda Soomaaliga",
           "ku hadal Soomaali",
           "الصومالي", "بالصومالي", "بالصومالية", "اللغة الصومالية"),
    "ar": ("العربية", "عربي", "عربية", "بالعربي", "بالعربية", "اللغة العربية", "Arabic", "Carabi",
           "Af Carabi", "arabe", "en arabe", "in Arabic", "Carabiga", "Af Carabiga",
           "العربي", "باللغة العربية", "لغة عربية", "عربي من فضلك", "عربي لو سمحت",
           "بالعربي من فضلك", "بالعربي لو سمحت", "أتكلم عربي", "أتكلم العربية",
           "هل تتكلم العربية", "تتكلم عربي", "arabi", "3arabi", "araby", "3araby", "bil3arabi",
           "bel3arabi"),
    "fr": ("Français", "en français", "French", "in French", "Faransiis", "Af Faransiis",
           "الفرنسية", "فرنسي", "Faransiiska", "Faransiisi", "langue française",
           "la langue française", "le français", "je parle français", "parlez-vous français",
           "vous parlez français", "tu parles français", "français svp",
           "français s'il vous plaît", "en français svp", "en français s'il vous plaît",
           "الفرنسي", "بالفرنسي", "بالفرنسية", "اللغة الفرنسية", "فرنساوي", "بالفرنساوي"),
}  # fmt: skip


_BY_TEXT = MappingProxyType(
    {
        fold_tightly(word): keyword
        for keyword, languages in _KEYWORDS.items()
        for words in languages.values()
        for word in words
    }
)
_LANGUAGE_BY_TEXT = MappingProxyType(
    {fold_tightly(name): code for code, names in _LANGUAGES.items() for name in names}
)


def keyword_in(text: str) -> Keyword | None:
    """The keyword a whole message is, in any language; case, accents and signs do not matter."""
    return _BY_TEXT.get(fold_tightly(text)) if len(text) <= _LONGEST else None


def language_in(text: str) -> str | None:
    """The code of the language a whole message names, such as "so" for "Af Soomaali".

    It is a wish to read that language, unless a question about languages has just been asked.
    """
    return _LANGUAGE_BY_TEXT.get(fold_tightly(text)) if len(text) <= _LONGEST else None
