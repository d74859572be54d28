from reports.compare import compare
from reports.story import FlowStory, StepStory
from reports.telling import tell
from specs.reports.sample_journals import clean_run, failing_run


def flow_of(run: str) -> FlowStory:
    return tell(failing_run() if run == "failing" else clean_run()).flows[0]


def lines(flow: FlowStory, number: int) -> dict[str, tuple[str, str, bool | None]]:
    step, before = flow.step(number), flow.step(number - 1)
    assert step is not None
    told = compare(step, before)
    return {line.matter: (line.predicted, line.observed, line.alike) for line in told}


def without(step: StepStory, **gone: object) -> StepStory:
    assert step.observation is not None
    return step.model_copy(update={"observation": step.observation.model_copy(update=gone)})


def test_a_clean_step_is_alike_in_everything_that_can_be_compared() -> None:
    told = lines(flow_of("clean"), 3)
    assert told["works in"] == ("wt", "wt", True)
    assert told["reader at"] == ("history", "history", True)
    assert told["sent"] == (
        "“enter the worktree” in root",
        "“enter the worktree” in root",
        True,
    )
    assert told["epoch"] == ("1", "", None)


def test_a_reader_who_was_moved_differs() -> None:
    assert lines(flow_of("failing"), 4)["reader at"] == ("history", "bottom", False)


def test_only_the_sends_of_the_step_itself_are_due() -> None:
    step, before = flow_of("clean").step(5), flow_of("clean").step(4)
    assert step is not None
    assert [line.predicted for line in compare(step, before) if line.matter == "sent"] == [
        "“and what about the tests?” in root"
    ]


def test_a_send_to_another_directory_differs() -> None:
    step = flow_of("clean").step(3)
    assert step is not None
    assert step.observation is not None
    astray = tuple(
        one.model_copy(update={"scope": one.scope.model_copy(update={"directory": "/elsewhere"})})
        for one in step.observation.exchanges
    )
    sent = next(
        line for line in compare(without(step, exchanges=astray), None) if line.matter == "sent"
    )
    assert (sent.observed, sent.alike) == ("“enter the worktree” in /elsewhere", False)


def test_a_prompt_that_the_page_did_not_send_is_looked_for_at_the_agent() -> None:
    step = flow_of("clean").step(3)
    assert step is not None
    sent = next(
        line for line in compare(without(step, exchanges=()), None) if line.matter == "sent"
    )
    assert (sent.observed, sent.alike) == ("not by the page; the agent was told root", True)
    due = {"text": "/enter", "heard": "enter the worktree", "directory": "root"}
    as_command = without(step, exchanges=()).model_copy(update={"predicted": {"sent": [due]}})
    sent = next(line for line in compare(as_command, None) if line.matter == "sent")
    assert sent.observed == "not by the page; the agent was told root"
    blind = without(step, exchanges=(), witnesses=())
    sent = next(line for line in compare(blind, None) if line.matter == "sent")
    assert (sent.observed, sent.alike) == ("not by the page", None)


def test_a_send_that_nobody_expected_differs() -> None:
    step = flow_of("clean").step(3)
    assert step is not None
    idle = step.model_copy(update={"predicted": {"sent": []}})
    assert [(line.predicted, line.alike) for line in compare(idle, None)] == [("nothing", False)]


def test_a_prediction_of_another_shape_is_shown_as_it_is() -> None:
    step = flow_of("clean").step(3)
    assert step is not None
    odd = step.model_copy(update={"predicted": [1, {"a": 2}]})
    assert [line.predicted for line in compare(odd, None)] == ['[1, {"a": 2}]']
    other = step.model_copy(update={"predicted": {"readiness": {"cache": True}}})
    assert [(line.matter, line.predicted) for line in compare(other, None)] == [
        ("readiness", '{"cache": true}')
    ]


def test_a_command_is_what_the_model_said_with_its_slash() -> None:
    step = flow_of("clean").step(3)
    assert step is not None
    assert step.observation is not None
    as_command = tuple(
        one.model_copy(
            update={
                "path": one.path.replace("prompt_async", "command"),
                "body": '{"command": "greet", "arguments": "Ada"}',
            }
        )
        for one in step.observation.exchanges
    )
    due = [{"text": "/greet Ada", "directory": "root"}]
    typed = without(step, exchanges=as_command).model_copy(update={"predicted": {"sent": due}})
    (line,) = compare(typed, None)
    assert (line.observed, line.alike) == ("“/greet Ada” in root", True)
