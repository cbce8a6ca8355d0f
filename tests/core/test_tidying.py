"""Names and addresses of a file, tidied with care (R-17.2)."""

import pytest

from astcoord.core.tidying import addresses, tidy_name


@pytest.mark.parametrize(
    ("written", "tidied"),
    [
        ("MR J SMITH (Acting)", "Mr J Smith"),
        ("  Ms  R   Oakhanger ", "Ms R Oakhanger"),
        ("MRS A MCDONALD", "Mrs A McDonald"),
        ("Mr A McDONALD", "Mr A McDonald"),
        ("DR SIOBHAN O'NEILL", "Dr Siobhan O'Neill"),
        ("MISS P O’NEILL-SMITH", "Miss P O’Neill-Smith"),
        ("MR JP SMITH OBE", "Mr JP Smith OBE"),
        ("MS JO NG", "Ms Jo Ng"),
        ("MACKENZIE, ANN", "Mackenzie, Ann"),
        ("JOSÉ GARCÍA", "José García"),
        ("Mr J Smith, Acting Head", "Mr J Smith"),
        ("Mr J Smith - Interim Headteacher", "Mr J Smith"),
        ("Mrs A Jones (née Smith)", "Mrs A Jones (née Smith)"),
        ("bell hooks", "bell hooks"),
        ("Ludwig van der Berg", "Ludwig van der Berg"),
        ("ИВАН ПЕТРОВ", "ИВАН ПЕТРОВ"),
        ("王小明", "王小明"),
        ("MR", "Mr"),
        ("", ""),
    ],
)
def test_r_17_2_a_name_is_tidied_with_care_and_only_once(written: str, tidied: str) -> None:
    assert tidy_name(written) == tidied
    assert tidy_name(tidied) == tidied


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("a@b.example; c@d.example", ["a@b.example", "c@d.example"]),
        ("Jane Smith <a@b.example>", ["a@b.example"]),
        ("mailto:a@b.example", ["a@b.example"]),
        ("a@b.example, A@B.example.", ["a@b.example"]),
        ("o'neill@b.example", ["o'neill@b.example"]),
    ],
)
def test_r_17_2_addresses_are_found_in_a_cell(cell: str, found: list[str]) -> None:
    assert addresses(cell) == found


def test_a_cell_without_an_address_is_refused() -> None:
    for cell in ("nobody", "a@", "@b.example", "a b.example"):
        with pytest.raises(ValueError, match="is not an e-mail address"):
            addresses(cell)
