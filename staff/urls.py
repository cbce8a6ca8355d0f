"""Gathers the pages of all rooms."""

from staff.accounts import urls as accounts
from staff.alumni import urls as alumni
from staff.appointing import urls as appointing
from staff.aspirants import urls as aspirants
from staff.briefings import urls as briefings
from staff.descriptions import urls as descriptions
from staff.feeds import urls as feeds
from staff.figures import urls as figures
from staff.governance import urls as governance
from staff.openings import urls as openings
from staff.pay import urls as pay
from staff.posts import urls as posts
from staff.quality import urls as quality
from staff.secondments import urls as secondments
from staff.teams import urls as teams

app_name = "staff"
urlpatterns = [
    *accounts.urlpatterns,
    *openings.urlpatterns,
    *posts.urlpatterns,
    *aspirants.urlpatterns,
    *descriptions.urlpatterns,
    *pay.urlpatterns,
    *appointing.urlpatterns,
    *secondments.urlpatterns,
    *briefings.urlpatterns,
    *alumni.urlpatterns,
    *teams.urlpatterns,
    *quality.urlpatterns,
    *figures.urlpatterns,
    *governance.urlpatterns,
    *feeds.urlpatterns,
]
