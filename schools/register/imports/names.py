"""Schools of one name are told apart wherever they are chosen or named: by the town, else by the URN (R-17.8)."""

from collections.abc import Iterable
from itertools import groupby

from astcoord.core.name_keys import name_key
from schools.register.models import School

AT_ONCE = 500


def called(alike: Iterable[School]) -> dict[int, str]:
    """What each of some schools of one name is called, by its key.

    Open schools are told apart from each other only: a school that has closed, as at a conversion, does not take its
    name from the one that goes on.
    """
    schools = list(alike)
    found = {}
    for school in schools:
        others = [each for each in schools if each.pk != school.pk and (each.is_open or not school.is_open)]
        in_town = [each for each in others if each.town == school.town]
        if not others:
            found[school.pk] = school.register_name
        elif school.is_open and school.town and not in_town:
            found[school.pk] = f"{school.register_name}, {school.town}"
        else:
            found[school.pk] = f"{school.register_name} (URN {school.urn})"
    return found


def tell_apart() -> int:
    """Give every school of the register the name that means it and no other; how many were renamed."""
    columns = ("pk", "urn", "name", "register_name", "town", "status")
    schools = School.objects.exclude(register_name="").only(*columns).order_by()
    keyed = sorted(((name_key(school.register_name), school) for school in schools), key=lambda pair: pair[0])
    renamed = []
    for _, pairs in groupby(keyed, key=lambda pair: pair[0]):
        alike = [school for _, school in pairs]
        names = called(alike)
        for school in alike:
            if school.name != names[school.pk]:
                school.name = names[school.pk]
                school.name_key = name_key(school.name)
                renamed.append(school)
    School.objects.bulk_update(renamed, ["name", "name_key"], batch_size=AT_ONCE)
    return len(renamed)
