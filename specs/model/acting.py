"""Any plan: strategies for actions, allowed or not."""

from hypothesis import strategies as st

from harness.actions import (
    EnterWorktree,
    ExitWorktree,
    OpenAddress,
    OpenSession,
    ReadHistory,
    ReadLatest,
    SendPrompt,
)
from harness.plans import Plan
from harness.traits import Traits

TRAITS = Traits(rows="windowed", own_send="keep", declared_binds=True, enters_by=("tool", "move"))
WORDS = st.text(min_size=1, max_size=8)
PLACES = st.sampled_from(["root", "worktree", "elsewhere"])
WAYS = st.sampled_from(["tool", "move"])
CLIENTS = st.sampled_from(["composer", "api"])
ACTIONS = st.one_of(
    st.builds(OpenSession, session=st.sampled_from(["long", "none"]), directory=PLACES),
    st.builds(ReadHistory, rows=st.integers(1, 90)),
    st.builds(ReadLatest),
    st.builds(OpenAddress, directory=PLACES, how=st.sampled_from(["link", "back", "forward"])),
    st.builds(SendPrompt, text=WORDS, reply=WORDS, via=CLIENTS),
    st.builds(EnterWorktree, worktree=PLACES, by=WAYS, via=CLIENTS, text=WORDS),
    st.builds(ExitWorktree, by=WAYS, via=CLIENTS, text=WORDS),
)
SEQUENCES = st.lists(ACTIONS, min_size=1, max_size=12).map(lambda some: (OpenSession(), *some))
PLANS = st.builds(
    Plan,
    name=st.from_regex(r"[a-z0-9][a-z0-9-]{0,20}", fullmatch=True),
    title=st.text(),
    seeded=st.integers(1, 2000),
    actions=SEQUENCES,
)
