"""Which requests the network had come late, or to nothing."""

import re

from harness.observations import Exchange

_RULE = re.compile(r"(hold|delay|fail|cut|drop)\b")  # as the wire names them


def is_steered(exchange: Exchange) -> bool:
    """Whether a rule of the wire kept it back, refused it or cut it off.

    A file that a fault changes as it is served is touched by a rule, too, and comes as ever.
    """
    return any(_RULE.match(rule) for rule in exchange.rules)
