"""Builders: traces made by hand, with figures that are easy to follow."""

import pytest
from pydantic import JsonValue, TypeAdapter

from harness.actions import AnyAction, OpenSession, SendPrompt
from harness.names import Names
from harness.observations import (
    Anchor,
    Capture,
    Exchange,
    Frame,
    HeldMessage,
    Observation,
    Prompt,
    RequestScope,
    RowChange,
    Screen,
    SessionRecord,
    ShownRow,
    SignChange,
    Witness,
)
from harness.plans import Other, Plan, predict
from harness.trace import Step, Trace
from harness.traits import Traits

NAMES = Names(
    sessions={"long": "ses_1", "short": "ses_2"},
    directories={"root": "/p", "worktree": "/w", "elsewhere": "/e", "side-1": "/s1"},
    servers={
        "server": "http://127.0.0.1:1",
        "mirror": "http://127.0.0.1:2",
        "workspace": "http://127.0.0.1:3",
    },
)
# The long session has its like on each of the other servers, with the same id.
OTHERS = (Other(server="mirror"), Other(server="workspace"), Other(session="short"))
WINDOWED = Traits(
    rows="windowed",
    own_send="keep",
    declared_binds=True,
    enters_by=("tool", "move"),
    can=frozenset({"defer", "queue"}),
)
LISTS = TypeAdapter(tuple[tuple[str, ...], ...])
FIELDS = TypeAdapter(dict[str, object])
VALUES = TypeAdapter(dict[str, JsonValue])
HERE = RequestScope(server_key="server", session_id="ses_1", directory="/p")


class Made:
    """Makes the parts of a trace; a reader in history at 500 of 3,000 px is the ground state.

    Everything happens at 100 ms, unless a test says otherwise.
    """

    windowed = WINDOWED
    virtual = WINDOWED.model_copy(update={"rows": "virtual"})
    following = WINDOWED.model_copy(update={"own_send": "follow"})
    here = HERE

    @staticmethod
    def frame(**changes: object) -> Frame:
        """A frame with rows m0 … m9, of which m2 is being read, cut by 20 px."""
        place = {"scroll_top": 500.0, "scroll_height": 3000.0, "client_height": 600.0}
        nodes = {"timeline": 1, "viewport": 2, "composer": 3}
        anchor = Anchor(key="m2", offset=-20.0)
        usual = {"t": 100.0, "step": 0, "rows": 10, "anchor": anchor, **nodes, **place}
        return Frame.model_validate({**usual, **changes})

    def bottom(self, above: float = 0.0, **changes: object) -> Frame:
        """A frame whose viewport ends `above` px over the end of the content."""
        return self.frame(**{"scroll_top": 2400.0 - above, **changes})

    @staticmethod
    def observed(*frames: Frame, **parts: object) -> Observation:
        """An observation with these frames; `rows` are row changes, `capture` adds to it."""
        rows = LISTS.validate_python(parts.pop("rows", ()))
        more = FIELDS.validate_python(parts.pop("capture", {}))
        changes = tuple(RowChange(t=100.0, step=0, keys=keys) for keys in rows)
        seen = {"frames": frames, "row_changes": changes, "signs": parts.pop("signs", ()), **more}
        return Observation.model_validate({"capture": Capture.model_validate(seen), **parts})

    def still(self, **parts: object) -> Observation:
        """An observation of the ground state at rest."""
        return self.observed(self.frame(repeats=3), **parts)

    @staticmethod
    def signs(t: float = 100.0, /, **values: object) -> tuple[SignChange, ...]:
        """What the app tells about itself at a moment, each by its name."""
        told = VALUES.validate_python(values)
        return tuple(SignChange(t=t, step=0, name=name, value=told[name]) for name in told)

    @staticmethod
    def at(server: str = "server", session: str = "ses_1") -> RequestScope:
        """Where a session is, by its real id."""
        return RequestScope(server_key=server, session_id=session)

    def screen(self, t: float = 100.0, **where: str) -> Screen:
        """The page's address names a session from a moment on."""
        return Screen(t=t, scope=self.at(**where))

    @staticmethod
    def changed(t: float, *keys: str) -> RowChange:
        """These rows are in the page from a moment on."""
        return RowChange(t=t, step=0, keys=keys)

    @staticmethod
    def record(
        *messages: tuple[str, str], scope: RequestScope = HERE, **changes: object
    ) -> SessionRecord:
        """A record of (id, text) pairs: ids that begin with "a" are the assistant's."""
        held = tuple(
            HeldMessage.model_validate(
                {
                    "id": key,
                    "role": "assistant" if key.startswith("a") else "user",
                    "text": text,
                    **changes,
                }
            )
            for key, text in messages
        )
        return SessionRecord(scope=scope, active_directory="/p", messages=held)

    @staticmethod
    def prompt(text: str, exchange: int = 1, **changes: object) -> Prompt:
        """An accepted prompt to the long session in the project."""
        usual = {"exchange": exchange, "t": 100.0 + exchange, "kind": "prompt", "scope": HERE}
        return Prompt.model_validate({**usual, "text": text, "accepted": True, **changes})

    @staticmethod
    def exchange(number: int, **changes: object) -> Exchange:
        """A request that was answered."""
        usual = {"id": number, "t_start": 100.0, "method": "POST", "path": "/", "scope": HERE}
        return Exchange.model_validate({**usual, "outcome": "done", **changes})

    @staticmethod
    def witness(prompt: str, told: str | None = "/p", printed: str | None = "/p") -> Witness:
        """What the agent saw of a prompt."""
        return Witness(t=1.0, prompt=prompt, told=told, printed=printed)

    @staticmethod
    def shown(key: str, text: str) -> ShownRow:
        """A row at the end of a step."""
        return ShownRow(key=key, text=text)

    @staticmethod
    def trace(*steps: tuple[AnyAction, Observation], traits: Traits = WINDOWED) -> Trace:
        """A trace of actions with what was observed, predicted by the model itself."""
        actions = tuple(action for action, _ in steps)
        plan = Plan(name="made", title="By hand", others=OTHERS, sides=1, actions=actions)
        worlds = predict(plan, traits)
        return Trace(
            flow="made",
            traits=traits,
            names=NAMES,
            steps=tuple(
                Step(
                    index=index,
                    action=action,
                    before=worlds[index],
                    after=worlds[index + 1],
                    observation=observation,
                )
                for index, (action, observation) in enumerate(steps)
            ),
        )

    def sending(
        self, observation: Observation, *, opened: Observation | None = None, text: str = "Go on."
    ) -> Trace:
        """Open a session, then send one prompt in the composer."""
        return self.trace(
            (OpenSession(), opened or self.still()), (SendPrompt(text=text), observation)
        )


@pytest.fixture
def made() -> Made:
    return Made()
