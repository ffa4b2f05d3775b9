"""Expansion of the network: how many neighbours a click brings, and which types of relationship come first."""

STEP = 12  # neighbours brought at a time

# Types of relationship in the order of a reader's likely interest: one tier before the next, types of no tier last.
TIERS = tuple(
    tuple(tier.split())
    for tier in (
        "HOSTED_BY SERVES INSPECTED GAVE USES REPORTED_IN LED INSTANCE_OF BELONGS_TO SERVED SUCCEEDED_BY IN_REGION "
        "BROADER VARIANT_OF",
        "ATTESTED_FOR TOOK_PART_IN REPORTS_ON MENTIONS UNDER NEIGHBOUR_OF",
        "INVOLVES CONCERNS STATES",
    )
)
_ORDER = tuple(type for tier in TIERS for type in tier)


def interest(type: str) -> int:
    """Sort key of a type of relationship: the lower, the sooner a reader wants to see it."""
    return _ORDER.index(type) if type in _ORDER else len(_ORDER)
