"""The random tail: walks that the model allows, performed in browsers, and what they find."""

from harness.exploring.campaign import LENGTH, SHORT, Campaign, Found, found_plan
from harness.exploring.episodes import Care, Episode, TriedAgain
from harness.exploring.record import Record
from harness.exploring.shrinking import shrunk
from harness.exploring.steering import Steering

__all__ = [
    "LENGTH",
    "SHORT",
    "Campaign",
    "Care",
    "Episode",
    "Found",
    "Record",
    "Steering",
    "TriedAgain",
    "found_plan",
    "shrunk",
]
