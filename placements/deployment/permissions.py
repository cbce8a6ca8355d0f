"""Who reads where the days go (section G, “Strategic reports, exports”)."""

from astcoord.core.roles import AUTHORITY

DEPLOYMENT = AUTHORITY
"""A consultant what is of the own group."""
