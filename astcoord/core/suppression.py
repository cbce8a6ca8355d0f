"""Small groups are not counted out: "2 members of staff" at a small school is two names (section G)."""

SMALLEST_GROUP = 3


def count_words(number: int, one: str = "", many: str = "") -> str:
    """ "fewer than 3" for 1 and 2, else the number; with a noun where one is given. Nobody is nobody."""
    words = f"fewer than {SMALLEST_GROUP}" if 0 < number < SMALLEST_GROUP else str(number)
    return f"{words} {many or f'{one}s'}" if one else words


def members_of_staff(count: int) -> str:
    """A number of people as governors read it, to begin a sentence or stand alone."""
    if count == 0:
        return "No members of staff named yet"
    words = count_words(count, "member of staff", "members of staff")
    return words[0].upper() + words[1:]
