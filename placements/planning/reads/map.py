"""A deployment plan on the map, by eastings and northings."""

from collections import defaultdict

from astcoord.ui.charts import Point
from placements.planning.models import Plan, PlanUnmet
from placements.planning.reads.plans import lines_of
from placements.planning.reads.words import named_for
from schools.register.models import School
from staff.accounts.models import User


def points(plan: Plan, reader: User) -> list[Point]:
    """The plan on the map: home schools, those they would help, and those that nobody can help; four queries."""
    found: dict[str, Point] = {}
    for unmet in PlanUnmet.objects.filter(plan=plan).select_related("request__host"):
        host = unmet.request.host
        found[host.name] = Point(host.name, host.easting, host.northing, "school", note="Not met")
    helped: dict[School, list[str]] = defaultdict(list)
    for line in named_for(reader, lines_of(plan)):
        if line.post is None:
            continue
        host = line.request.host
        found[host.name] = Point(host.name, host.easting, host.northing, "support", line.days, note=line.ast_name)
        if line.post.home_id:
            helped[line.post.home].append(host.name)
    for home, hosts in helped.items():
        found[home.name] = Point(home.name, home.easting, home.northing, "base", links=hosts)
    return [found[name] for name in sorted(found)]
