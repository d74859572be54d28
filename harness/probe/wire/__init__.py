"""The wire: a proxy between browser and server that sees, and can steer, all that passes."""

from harness.probe.wire.events import SseMessage
from harness.probe.wire.log import Limits, Mark, View
from harness.probe.wire.match import Match
from harness.probe.wire.rules import HoldRule, Part, RewriteRule, Rule, Stage
from harness.probe.wire.scope_reader import OpencodeScopes, RequestHead, ScopeReader
from harness.probe.wire.wire import CONNECTIONS, Wire

__all__ = [
    "CONNECTIONS",
    "HoldRule",
    "Limits",
    "Mark",
    "Match",
    "OpencodeScopes",
    "Part",
    "RequestHead",
    "RewriteRule",
    "Rule",
    "ScopeReader",
    "SseMessage",
    "Stage",
    "View",
    "Wire",
]
