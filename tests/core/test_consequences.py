"""What hangs on a change: the page and the action ask the same rooms (R-17.6, R-17.7)."""

from astcoord.core.consequences import Change, Hanging, Section


def test_only_rooms_with_something_are_listed_and_in_their_order():
    change: Change[str] = Change()
    change.register("Later", lambda event: [Hanging(f"{event} later", "stays")], order=20)
    change.register("Nothing", lambda event: [], order=5)
    change.register("Sooner", lambda event: [Hanging(f"{event} sooner", "ends")], order=10)

    assert change.sections("it") == [
        Section("Sooner", [Hanging("it sooner", "ends")]),
        Section("Later", [Hanging("it later", "stays")]),
    ]


def test_every_room_that_carries_is_called_once_in_order():
    done = []
    change: Change[str] = Change()
    change.register("B", lambda event: [], lambda event, by: done.append(("b", event)), order=2)
    change.register("C", lambda event: [Hanging("c", "you decide", undecided=True)], order=3)
    change.register("A", lambda event: [], lambda event, by: done.append(("a", event)), order=1)

    change.carry("it", by=None)

    assert done == [("a", "it"), ("b", "it")]
