"""Watches what every spec of a rule finds: no finding is without a cause that lasts."""

from collections.abc import Iterator

import pytest

from harness.journal import Finding
from harness.properties import judgement
from specs.model.properties.vocabulary import CAUSES


@pytest.fixture(autouse=True)
def _every_finding_has_causes_of_its_rule(  # pyright: ignore[reportUnusedFunction] pytest's own
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[None]:
    made: list[Finding] = []

    def noted(**parts: object) -> Finding:
        made.append(Finding.model_validate(parts))
        return made[-1]

    monkeypatch.setattr(judgement, "Finding", noted)
    yield
    for found in made:
        stems = [cause.rpartition(" after ")[0] for cause in found.causes]
        assert stems, found
        assert set(stems) <= CAUSES[found.property], found
        assert len(stems) == len(set(stems)), found
        assert not any(letter.isdigit() for cause in found.causes for letter in cause), found
