"""A chain of steps as a drawing."""

from astcoord.ui.chain import WIDTH, Link, draw
from tests.ui.test_tags import render


def test_a_chain_runs_from_left_to_right_and_no_box_lies_on_another() -> None:
    links = [Link(1, "End", "x"), Link(2, "Middle", "y " * 60, 1), Link(3, "First", "z", 2), Link(4, "Too", "z", 2)]
    drawn = draw(links)
    places = {box.title.text: box for box in drawn.boxes}
    assert places["First"].x < places["Middle"].x < places["End"].x
    assert places["First"].y + places["First"].height < places["Too"].y
    assert len(drawn.arrows) == 3
    assert all(box.x + WIDTH <= drawn.width and box.y + box.height <= drawn.height for box in drawn.boxes)


def test_wide_letters_take_more_lines_and_nothing_is_nothing() -> None:
    assert len(draw([Link(1, "x", "教" * 26)]).boxes[0].lines) == 2
    assert draw([]).boxes == []


def test_a_circle_is_left_out_and_said() -> None:
    links = [Link(1, "End", "x"), Link(2, "Round", "y", 3), Link(3, "Round", "z", 2)]
    assert draw(links).left_out == [2, 3]
    html = render('{% chain_chart "What leads to what" links %}', links=links)
    assert "steps 2, 3" in html
    assert html.count("<rect") == 1
