"""Gathers the pages of all rooms."""

from evaluation.authority import urls as authority
from evaluation.board import urls as board
from evaluation.chain import urls as chain
from evaluation.corrections import urls as corrections
from evaluation.diary import urls as diary
from evaluation.estimates import urls as estimates
from evaluation.evaluations import urls as evaluations
from evaluation.evidence import urls as evidence
from evaluation.feedback import urls as feedback
from evaluation.half_way import urls as half_way
from evaluation.ideas import views as ideas
from evaluation.logic import urls as logic
from evaluation.materials import views as materials
from evaluation.meetings import urls as meetings
from evaluation.overview import urls as overview
from evaluation.performance import urls as performance
from evaluation.question import urls as question
from evaluation.results import urls as results
from evaluation.returns import urls as returns
from evaluation.reviews import urls as reviews
from evaluation.summaries import urls as summaries
from evaluation.termly import views as termly
from evaluation.time import urls as time
from evaluation.training import urls as training
from evaluation.value import urls as value
from evaluation.year_view import urls as year_view

app_name = "evaluation"
urlpatterns = [
    *results.urlpatterns,
    *diary.urlpatterns,
    *corrections.urlpatterns,
    *evidence.urlpatterns,
    *materials.urlpatterns,
    *ideas.urlpatterns,
    *overview.urlpatterns,
    *time.urlpatterns,
    *reviews.urlpatterns,
    *feedback.urlpatterns,
    *logic.urlpatterns,
    *evaluations.urlpatterns,
    *half_way.urlpatterns,
    *meetings.urlpatterns,
    *returns.urlpatterns,
    *summaries.urlpatterns,
    *year_view.urlpatterns,
    *authority.urlpatterns,
    *question.urlpatterns,
    *chain.urlpatterns,
    *value.urlpatterns,
    *estimates.urlpatterns,
    *performance.urlpatterns,
    *training.urlpatterns,
    *board.urlpatterns,
    *termly.urlpatterns,
]
