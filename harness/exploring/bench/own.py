"""The explorer, with one process."""

from harness.exploring.bench.came import Came
from harness.exploring.campaign import Campaign
from harness.exploring.episodes import Episode, TriedAgain
from harness.run import RunOptions

TOOL = "harness explore"


def tried(options: RunOptions, fault: str, seconds: float, seed: int) -> Came:
    """Explore until the first finding is small, or the time is over."""
    campaign = Campaign(options, seed=seed, heard=_ignored)
    campaign.run(seconds, workers=1, first=True)
    found = next(iter(campaign.found), None)
    came = Came(TOOL, fault, actions=campaign.actions, seconds=campaign.seconds)
    if found is None:
        return came
    return came._replace(
        rule=found.finding.property, after_s=found.after_s, length=len(found.plan.actions)
    )


def _ignored(_: Episode | TriedAgain) -> None:
    pass
