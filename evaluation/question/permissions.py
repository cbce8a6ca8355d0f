"""Who asks (section G, “Strategic reports, exports”)."""

from placements.deployment.permissions import DEPLOYMENT

QUESTION = DEPLOYMENT
"""A consultant what is of the own group."""
