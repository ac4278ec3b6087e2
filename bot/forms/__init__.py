"""The conversation engine: pure, and the same for every conversation.

Declare a form once (labels are text keys that a view translates):

    COMING = Form("coming", "1", (
        Question("company", Kind.CONFIRM, N_("Is anybody coming with you?"), choices=YES_NO),
        Question("how_many", Kind.NUMBER, N_("How many people?"), minimum=1, maximum=5,
                 relevant=lambda answers: answers["company"] is True),
    ))

Walk it, one input at a time:

    step = engine.begin(COMING, revision=last_revision + 1)
    save(step.interview.to_json())                    # any store; the text is private
    ...
    interview = Interview.from_json(load())           # an hour or a restart later
    if tap.revision != interview.revision:            # an old button: say so, show where we are
        step = engine.resume(COMING, interview)
    else:
        step = engine.answer(COMING, interview, Picked("yes"))      # or Typed(text, labels)
    match step.shown:
        case Asked() as asked: ...                    # buttons: choices, back, skip, keep
        case ReviewShown() as shown: ...              # `change(name)` per line, then `finish`
        case Finished(record): ...                    # {"company": True, "how_many": 2}

`step.effects` tells what the input did (Answered, Refused, Dropped …). `engine` lists every verb.
Rooms: `definition` (what a form is), `inputs` (what people say), `kinds` (how answers are read),
`matching` (which choice typed words mean; `numbers`, `dates`, `times` and `places` read the rest,
with `names`, `everyday` and `spelling` for the words in them), `route` (which questions follow
from the answers), `interview` (saved progress), `happened` (what views find words for), `engine`.
"""
