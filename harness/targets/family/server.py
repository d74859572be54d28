"""One server of the family as the harness deals with it: its API, its events, its turns."""

from harness.probe.loop import LoopThread
from harness.probe.wire import Wire
from harness.targets.family.api import FamilyApi
from harness.targets.family.event_tap import EventTap
from harness.targets.family.turns import Turns


class Server:
    """A server behind the wire.

    Args:
        wire: put before it.
        loop: where its events are heard.
        key: the plan's word for it.
        upstream: where it answers.
        project: the real path of the repository that it serves.
    """

    def __init__(self, wire: Wire, loop: LoopThread, key: str, upstream: str, project: str) -> None:
        self.key = key
        self.project = project
        self.api = FamilyApi(upstream, key)
        self.origin = wire.attach(key, upstream)
        self.tap = EventTap(loop, upstream)
        self.turns = Turns(self.tap)

    def close(self) -> None:
        """Hang up."""
        self.tap.close()
        self.api.close()
