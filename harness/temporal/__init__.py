"""Temporal rules over a finite trace: always, never, eventually within, until, next.

A formula is a small object over named predicates of a state. Over a trace it is true, false, or
inconclusive: the trace ended before it was decided. Whatever it is, the verdict names the part of
the formula that decided, the state, and the values there.

    waits = now("it waits", lambda state: state.waits)
    gone = now("it is sent", lambda state: state.sent)
    rule = always(waits >> eventually(gone, within=states(3)))

The semantics are those of LTL3 (Bauer, Leucker, Schallhart, Runtime Verification for LTL and TLTL,
2011): no verdict but inconclusive is given that a longer trace could undo. As in QuickLTL
(O'Connor and Wickström, Quickstrom, PLDI 2022) and in Bombadil, which came of it, formulas are
evaluated by their expansion laws, here with Kleene's connectives. That never decides too early;
what LTL3 knows only by reasoning about all continuations, such as that `p | ~p` holds in the next
state, is inconclusive here. Where a trace ends at rest, its last state is known to stay
(`Run.at_rest`), and everything is decided.
"""

from harness.temporal.ahead import Always, always, eventually, never, until
from harness.temporal.formulas import Formula, Predicate, next_, now
from harness.temporal.runs import Bound, Run, ms, states
from harness.temporal.verdicts import Truth, Verdict

__all__ = [
    "Always",
    "Bound",
    "Formula",
    "Predicate",
    "Run",
    "Truth",
    "Verdict",
    "always",
    "eventually",
    "ms",
    "never",
    "next_",
    "now",
    "states",
    "until",
]
