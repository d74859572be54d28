"""An app of your own as a target: subclass `OwnApp`, and name the class with `--target`."""

from harness.observations import Exchange, HeldMessage
from harness.probe.hooks import Hooks, NodeRule, RowRule
from harness.probe.wire import RequestHead
from harness.targets.own.app import OwnApp, Seeded, Told
from harness.targets.own.target import OwnTarget
from harness.targets.protocol import Workshop
from harness.traits import Traits

__all__ = [
    "Exchange",
    "HeldMessage",
    "Hooks",
    "NodeRule",
    "OwnApp",
    "OwnTarget",
    "RequestHead",
    "RowRule",
    "Seeded",
    "Told",
    "Traits",
    "Workshop",
]
