"""What summaries may not say: small numbers, and one cause alone (R-11.11, section G)."""

import pytest

from astcoord.core.suppression import members_of_staff
from evaluation.reviews.wording import CONTRIBUTION, sole_cause_claims


@pytest.mark.parametrize(
    ("count", "told"),
    [(0, "No members"), (1, "Fewer than 3"), (2, "Fewer than 3"), (3, "3 members"), (12, "12 members")],
)
def test_g_small_groups_are_not_counted_out(count: int, told: str) -> None:
    assert members_of_staff(count).startswith(told)


def test_r_11_11_sole_causes_are_sent_back() -> None:
    for claim in ("Results rose solely because of the AST", "entirely due to outreach", "It is only thanks to her"):
        assert [p.rule for p in sole_cause_claims(claim, field="summary")] == ["R-11.11"]
    for fine in ("Results rose, and the outreach contributed", "This is partly due to outreach", ""):
        assert sole_cause_claims(fine, field="summary") == []
    assert "one contribution among other factors" in CONTRIBUTION
