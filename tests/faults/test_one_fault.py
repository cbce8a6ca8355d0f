"""A round of letters, and one thing that goes wrong in the middle of it (R-5.3)."""

import pytest

from tests.faults.breaking import FAULTS, ON_SERVE, ON_SERVICES, faults_of
from tests.faults.conftest import KINDS, Opened
from tests.faults.counting import require_each_once, wait_for

CASES = [
    *((kind, name) for kind in KINDS for name in FAULTS),
    *(("services", name) for name in ON_SERVICES),
    *(("serve", name) for name in ON_SERVE),
]


@pytest.mark.parametrize(("kind", "name"), CASES)
def test_r_5_3_one_fault_loses_and_doubles_no_letter(open_house: Opened, kind: str, name: str) -> None:
    house = open_house(kind, 60)
    number = house.send_round()
    wait_for(house, number // 4)
    faults_of(house)[name](house)
    require_each_once(house, number)
