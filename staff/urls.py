"""Gathers the pages of all rooms."""

from staff.accounts import urls as accounts
from staff.alumni import urls as alumni
from staff.appointing import urls as appointing
from staff.aspirants import urls as aspirants
from staff.briefings import urls as briefings
from staff.cpd import urls as cpd
from staff.deputies import urls as deputies
from staff.descriptions import urls as descriptions
from staff.feeds import urls as feeds
from staff.figures import urls as figures
from staff.governance import urls as governance
from staff.guidance import urls as guidance
from staff.inductions import urls as inductions
from staff.mailings import urls as mailings
from staff.networks import urls as networks
from staff.notices import urls as notices
from staff.office_visits import urls as office_visits
from staff.openings import urls as openings
from staff.pay import urls as pay
from staff.peers import urls as peers
from staff.posts import urls as posts
from staff.quality import urls as quality
from staff.questionnaires import urls as questionnaires
from staff.secondments import urls as secondments
from staff.teams import urls as teams
from staff.training import urls as training
from staff.working_groups import urls as working_groups

app_name = "staff"
urlpatterns = [
    *accounts.urlpatterns,
    *deputies.urlpatterns,
    *openings.urlpatterns,
    *posts.urlpatterns,
    *aspirants.urlpatterns,
    *descriptions.urlpatterns,
    *pay.urlpatterns,
    *inductions.urlpatterns,
    *appointing.urlpatterns,
    *secondments.urlpatterns,
    *briefings.urlpatterns,
    *alumni.urlpatterns,
    *teams.urlpatterns,
    *peers.urlpatterns,
    *quality.urlpatterns,
    *figures.urlpatterns,
    *office_visits.urlpatterns,
    *networks.urlpatterns,
    *notices.urlpatterns,
    *mailings.urlpatterns,
    *guidance.urlpatterns,
    *training.urlpatterns,
    *cpd.urlpatterns,
    *working_groups.urlpatterns,
    *questionnaires.urlpatterns,
    *governance.urlpatterns,
    *feeds.urlpatterns,
]
