import pytest
from pydantic import ValidationError

from fixtures.calibration.chat import HOOKS
from harness.probe.hooks import Hooks, NodeRule, RowRule


def test_a_rule_says_itself_in_words() -> None:
    rule = NodeRule(css=".row", closest=".view", within="main")
    assert rule.describe() == "the closest .view around .row within main"
    assert NodeRule(css=".row").describe() == ".row"


def test_rows_say_where_they_are_looked_for() -> None:
    assert RowRule(css="li", key="id").describe() == "li with a id, within the timeline"
    assert RowRule(css="li", key="id", within="ul").describe() == "li with a id, within ul"


@pytest.mark.parametrize("key", ["a]b", "x y", "1", "-", ""])
def test_a_key_that_is_no_attribute_name_is_refused(key: str) -> None:
    fields = {**HOOKS.model_dump(), "rows": {"css": "li", "key": key}}
    with pytest.raises(ValidationError, match="key"):
        Hooks.model_validate(fields)
