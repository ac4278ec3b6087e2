"""Surveys as XForms, the standard that XLSForm files become: read once, walked by the engine.

    form = read_xform(converted.xform, files=converted.files)          # once; shared by everybody
    sitting = form_at(form, now=…, language=…)                         # for one step of one person
    step = engine.begin(sitting)                                       # as with every form

Rooms: `model` (what an XForm is), `reading` (from its XML), `texts` (labels in every language),
`order` (what has to be worked out before what), `instance` (the answers, and all that follows
from them), `laying` (the questions in order), `sitting` (the form as the engine sees it), `record`
(what is left at the end).
The names follow the OpenRosa XForms specification.
"""
