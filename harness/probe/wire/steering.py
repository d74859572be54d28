"""Making rules, and asking them.

Order: at each stage (request, response, event) the rules of that stage act one after another in
the order in which they were made. Holds and delays add up; the first fail, cut or drop decides
and ends the matter. A rule made later does not reach what is past its stage already.
"""

import json
import re
from typing import TypeVar

from pydantic import JsonValue

from harness.probe.loop import LoopThread
from harness.probe.wire.log import Log
from harness.probe.wire.match import Match, Subject, to_match
from harness.probe.wire.rules import (
    Answer,
    DelayRule,
    HoldRule,
    Part,
    RewriteRule,
    Rule,
    Stage,
    Terms,
    Verdict,
    VerdictRule,
)

AnyRule = TypeVar("AnyRule", bound=Rule)


class Steering:
    """The rules in force. The methods that make them may be called from any thread.

    Everywhere, `match` is a `Match` or its short form: "GET /path-regex" or "/path-regex".
    """

    def __init__(self, log: Log, loop: LoopThread) -> None:
        self._log = log
        self._loop = loop
        self._rules: tuple[Rule, ...] = ()
        self._made = 0

    def hold(
        self, match: Match | str, what: Stage = "request", *, times: int | None = None
    ) -> HoldRule:
        """Hold requests before the server sees them, responses before the browser does, or events.

        A held event holds all that follow it on its stream: their order is the server's.
        """
        terms = self._terms("hold", match, what, times)
        return self._add(HoldRule(self._log, terms, self._loop))

    def delay(
        self,
        match: Match | str,
        seconds: float,
        what: Stage = "request",
        *,
        times: int | None = None,
    ) -> Rule:
        """Let requests, responses or events pass `seconds` later; meanwhile they are moving."""
        return self._add(DelayRule(self._log, self._terms("delay", match, what, times), seconds))

    def fail(
        self,
        match: Match | str,
        status: int = 500,
        body: JsonValue = None,
        *,
        after_server: bool = False,
        times: int | None = None,
    ) -> Rule:
        """Answer with `status` in the server's place.

        Args:
            match: the requests meant.
            status: of the answer.
            body: sent as JSON; None sends an error in the opencode family's shape.
            after_server: let the server do its work first, and keep its answer from the browser.
            times: how often.
        """
        answer = Answer(status, json.dumps(error_body("Failed", "failed by a rule of the wire")))
        if body is not None:
            answer = Answer(status, json.dumps(body))
        stage: Stage = "response" if after_server else "request"
        terms = self._terms("fail", match, stage, times)
        return self._add(VerdictRule(self._log, terms, answer))

    def cut(
        self, match: Match | str, what: Stage | None = None, *, times: int | None = None
    ) -> Rule:
        """Abort the browser's connection: at the request, at the response, or at an event.

        Without `what`: at the event if the match names an event type, else at the request.
        """
        wanted = to_match(match)
        stage: Stage = what or ("event" if wanted.event_type is not None else "request")
        return self._add(VerdictRule(self._log, self._terms("cut", wanted, stage, times), "cut"))

    def drop(self, match: Match | str, *, times: int | None = None) -> Rule:
        """Lose events: the browser never gets them."""
        return self._add(VerdictRule(self._log, self._terms("drop", match, "event", times), "drop"))

    def rewrite(self, path: str, find: str, replace: str, part: Part | None = None) -> RewriteRule:
        """Replace a text in what is served at exactly `path`, or in a part of it.

        `find` must occur there exactly once; otherwise all is served as it is and the rule's
        `errors` say so. Several on one path act in order, each on what the one before made.
        """
        match = Match(method="GET", path=re.escape(path))
        terms = self._terms(f"rewrite {path}", match, "response", None)
        return self._add(RewriteRule(self._log, terms, find, replace, part))

    def clear_rules(self) -> None:
        """Remove every rule; what they held is let go."""
        with self._log.changed:
            rules, self._rules = self._rules, ()
        for rule in rules:
            rule.remove()

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules in force, in their order."""
        return tuple(rule for rule in self._rules if not rule.removed)

    async def judge(self, stage: Stage, subject: Subject, exchange_id: int) -> Verdict:
        """Let the rules of a stage act; what becomes of the subject."""
        for rule in self._rules:
            if rule.terms.stage == stage and not isinstance(rule, RewriteRule):
                verdict = await rule.act(subject, exchange_id)
                if verdict != "pass":
                    return verdict
        return "pass"

    def rewrites(self, subject: Subject, exchange_id: int) -> list[RewriteRule]:
        """The rules that rewrite the body that answers this request."""
        found = [rule for rule in self._rules if isinstance(rule, RewriteRule)]
        return [rule for rule in found if rule.claim(subject, exchange_id)]

    def _terms(self, verb: str, match: Match | str, stage: Stage, times: int | None) -> Terms:
        with self._log.changed:
            self._made += 1
            return Terms(f"{verb} #{self._made}", to_match(match), stage, times)

    def _add(self, rule: AnyRule) -> AnyRule:
        with self._log.changed:
            self._rules = (*self.rules, rule)
        return rule


def error_body(name: str, message: str) -> JsonValue:
    """An error in the opencode family's shape."""
    return {"name": name, "data": {"message": message}}
