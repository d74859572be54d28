"""Details of the model that nothing else would notice if they changed."""

import pytest

from harness.readiness import Submission, kind_of
from harness.scopes import collision_proof


def test_a_key_is_a_short_array_that_a_person_can_read() -> None:
    assert collision_proof("http://a", "é 漢\n") == '["http://a","é 漢\\n"]'


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("/a", "command"),
        ("//", "prompt"),
        ("/review the files in src/app today", "command"),
    ],
)
def test_the_first_word_alone_decides_whether_it_is_a_command(text: str, kind: Submission) -> None:
    assert kind_of(text) == kind
