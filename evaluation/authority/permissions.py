"""Who reads the authority's reports (section G, “Strategic reports, exports”)."""

from astcoord.core.roles import AUTHORITY, Role

INDEX = AUTHORITY
"""Each sees the reports that are theirs."""
STRATEGIC = frozenset({Role.COORDINATOR, Role.OFFICER})
"""R-15.16, R-14.8, R-14.9. They hold sums of what is marked * in section G: not for administrators."""
ISSUES = frozenset({Role.COORDINATOR})
