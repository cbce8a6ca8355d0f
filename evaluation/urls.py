"""Gathers the pages of all rooms."""

from evaluation.corrections import urls as corrections
from evaluation.diary import urls as diary
from evaluation.evaluations import urls as evaluations
from evaluation.evidence import urls as evidence
from evaluation.ideas import views as ideas
from evaluation.materials import views as materials
from evaluation.meetings import urls as meetings
from evaluation.overview import urls as overview
from evaluation.returns import urls as returns
from evaluation.reviews import urls as reviews
from evaluation.summaries import urls as summaries
from evaluation.time import urls as time

app_name = "evaluation"
urlpatterns = [
    *diary.urlpatterns,
    *corrections.urlpatterns,
    *evidence.urlpatterns,
    *materials.urlpatterns,
    *ideas.urlpatterns,
    *overview.urlpatterns,
    *time.urlpatterns,
    *reviews.urlpatterns,
    *evaluations.urlpatterns,
    *meetings.urlpatterns,
    *returns.urlpatterns,
    *summaries.urlpatterns,
]
