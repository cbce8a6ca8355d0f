"""Gathers the pages of all rooms, in the order in which they are walked."""

from placements.activities import urls as activities
from placements.agreement import urls as agreement
from placements.balances import urls as balances
from placements.changes import urls as changes
from placements.charges import urls as charges
from placements.consultations import urls as consultations
from placements.days import urls as days
from placements.deployment import urls as deployment
from placements.endings import urls as endings
from placements.groups import urls as groups
from placements.letters import urls as letters
from placements.matching import urls as matching
from placements.notes import views as notes
from placements.offers import urls as offers
from placements.overview import urls as overview
from placements.papers import urls as papers
from placements.planning import urls as planning
from placements.priorities import views as priorities
from placements.rearranging import urls as rearranging
from placements.requests import urls as requests
from placements.supported import urls as supported
from placements.taken_in import urls as taken_in
from placements.variations import urls as variations
from placements.week import urls as week
from placements.year_end import urls as year_end

app_name = "placements"
urlpatterns = [
    *letters.urlpatterns,
    *requests.urlpatterns,
    *notes.urlpatterns,
    *offers.urlpatterns,
    *matching.urlpatterns,
    *planning.urlpatterns,
    *groups.urlpatterns,
    *deployment.urlpatterns,
    *charges.urlpatterns,
    *priorities.urlpatterns,
    *overview.urlpatterns,
    *agreement.urlpatterns,
    *changes.urlpatterns,
    *endings.urlpatterns,
    *taken_in.urlpatterns,
    *papers.urlpatterns,
    *supported.urlpatterns,
    *days.urlpatterns,
    *rearranging.urlpatterns,
    *balances.urlpatterns,
    *variations.urlpatterns,
    *activities.urlpatterns,
    *consultations.urlpatterns,
    *year_end.urlpatterns,
    *week.urlpatterns,
]
