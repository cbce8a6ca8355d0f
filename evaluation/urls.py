from django.urls import URLPattern, path

from evaluation.diary.views import diary, entry, entry_correct, visit_add, visit_choose, visit_day
from evaluation.overview.views import placement_diary
from evaluation.reviews import views as coordinator
from evaluation.reviews.views import ReviewList, review, review_pdf, review_write
from evaluation.summaries import views as governor
from evaluation.time.views import time, time_pdf

app_name = "evaluation"
urlpatterns: list[URLPattern] = [
    path("diary/", diary, name="diary"),
    path("diary/add/", visit_choose, name="visit_choose"),
    path("diary/days/<int:pk>/", visit_day, name="visit_day"),
    path("diary/entries/<int:pk>/", entry, name="entry"),
    path("diary/entries/<int:pk>/correct/", entry_correct, name="entry_correct"),
    path("placements/<int:pk>/diary/", placement_diary, name="placement_diary"),
    path("placements/<int:pk>/diary/add/", visit_add, name="visit_add"),
    path("placements/<int:pk>/reviews/open/", coordinator.review_open, name="review_open"),
    path("time/", time, name="time"),
    path("time/statement.pdf", time_pdf, name="time_pdf"),
    path("reviews/", ReviewList.as_view(), name="reviews"),
    path("reviews/open/", coordinator.reviews_open, name="reviews_open"),
    path("reviews/<int:pk>/", review, name="review"),
    path("reviews/<int:pk>/write/", review_write, name="review_write"),
    path("reviews/<int:pk>/comment/", coordinator.review_comment, name="review_comment"),
    path("reviews/<int:pk>/decide/", coordinator.review_decide, name="review_decide"),
    path("reviews/<int:pk>/review.pdf", review_pdf, name="review_pdf"),
    path("summaries/", governor.SummaryList.as_view(), name="summaries"),
    path("summaries/<int:pk>/", governor.summary, name="summary"),
    path("summaries/<int:pk>/summary.pdf", governor.summary_pdf, name="summary_pdf"),
]
