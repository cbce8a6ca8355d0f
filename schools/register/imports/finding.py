"""The school that a row of a file means: by its URN, or by its name, told apart by the town (R-17.2, R-17.8)."""

from collections import defaultdict

from astcoord.core.name_keys import name_key
from astcoord.core.tablefile.cells import whole_number
from schools.register.models import Cluster, School


class NotFound(ValueError):
    """The message says what to do."""


class Finder:
    """All schools of the register, read once: for a file's many rows."""

    def __init__(self) -> None:
        self.by_urn: dict[int, School] = {}
        self.by_name: dict[str, list[School]] = defaultdict(list)
        self.clusters = {cluster.slug: cluster.name for cluster in Cluster.objects.all()}
        for school in School.objects.select_related("cluster"):
            self.by_urn[school.urn] = school
            for key in {school.name_key, name_key(school.register_name), name_key(f"{school.name}, {school.town}")}:
                self.by_name[key].append(school)

    def find(self, urn: str, name: str, town: str = "") -> School:
        """The URN counts where there is one; of schools of one name the open one, or the one in the town."""
        if urn:
            return self.numbered(urn)
        if not name:
            raise NotFound("the row names no school: enter its URN or its name.")
        found = self.by_name.get(name_key(name), [])
        if len(found) > 1:
            found = [school for school in found if school.is_open] or found
        if len(found) > 1 and town:
            found = [school for school in found if name_key(school.town) == name_key(town)]
        if not found:
            raise NotFound(f"no school is called “{name[:80]}”: write it as in the list of schools, or enter the URN.")
        if len(found) > 1:
            raise NotFound(f"{len(found)} schools are called “{name[:80]}”: enter the town or the URN.")
        return found[0]

    def either(self, cell: str) -> School:
        """By URN or name, from one cell."""
        return self.find(cell, "") if whole_number(cell) is not None else self.find("", cell)

    def numbered(self, urn: str) -> School:
        """By URN, in whatever way a spreadsheet writes it."""
        number = whole_number(urn)
        if number is None:
            raise NotFound(f"“{urn[:40]}” is not a URN: it is the school’s number in the national register.")
        if number not in self.by_urn:
            raise NotFound(f"no school has URN {number}: import the register first, or correct the number.")
        return self.by_urn[number]
