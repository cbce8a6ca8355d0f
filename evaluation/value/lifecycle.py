"""Which placements have something to compare."""

from placements.placement.lifecycle import PLACEMENT_OVER, PLACEMENT_UNDER_WAY

BEGUN = PLACEMENT_UNDER_WAY | set(PLACEMENT_OVER)
