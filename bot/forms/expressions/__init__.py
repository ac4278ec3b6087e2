"""XPath 1.0 with the OpenRosa functions: what `relevant`, `constraint` and their like are in.

Compile once per form, share with everybody:

    adult = compile_expression(" /data/age >= 18 and selected( /data/who , 'me')", "/data/ok")
    adult.references        # ("/data/age", "/data/who")
    adult.steady            # True: it can change only if one of them does

Evaluate against a scene, built whenever the structure of an answer tree changes:

    scene = Scene(tree, tree.find("ok"), now=clock.now().astimezone(LONDON), instances=tables)
    scene.put(tree.find("age"), "17")
    adult.truth(scene)                       # also: text, number, nodes
    adult.truth(scene.at(tree.find("g/x")))  # the same tree, seen from another node

`tables` is an `Instances`, one per form: it keeps the indexes by which
instance('wards')/root/item[borough = /data/borough ] finds its rows without looking at each.

Rooms: `grammar` (elementpath reads the text), `compiling`, `operators`, `paths`, `filters` (the
tree becomes closures), `values`, `moments` (what values are), `scene`, `instances` (what is
read), `table` (all functions) with a room each for `strings`, `regexes`, `numbers`, `dates`,
`choices`, `nodes`, `control`, `geo`, `ids`.
"""

from bot.forms.expressions.expression import Expression, compile_expression
from bot.forms.expressions.instances import Instances
from bot.forms.expressions.parts import Outside
from bot.forms.expressions.problems import EvaluationFailed, ExpressionRefused, Failure, Refusal
from bot.forms.expressions.scene import Scene

__all__ = [
    "EvaluationFailed",
    "Expression",
    "ExpressionRefused",
    "Failure",
    "Instances",
    "Outside",
    "Refusal",
    "Scene",
    "compile_expression",
]
