from django.urls import URLPattern, path

from evaluation.views import coordinator, everyone, governor, headteacher, teacher

app_name = "evaluation"
urlpatterns: list[URLPattern] = [
    path("diary/", teacher.diary, name="diary"),
    path("diary/add/", teacher.visit_choose, name="visit_choose"),
    path("diary/days/<int:pk>/", teacher.visit_day, name="visit_day"),
    path("diary/entries/<int:pk>/", teacher.entry, name="entry"),
    path("diary/entries/<int:pk>/correct/", teacher.entry_correct, name="entry_correct"),
    path("placements/<int:pk>/diary/", teacher.placement_diary, name="placement_diary"),
    path("placements/<int:pk>/diary/add/", teacher.visit_add, name="visit_add"),
    path("placements/<int:pk>/reviews/open/", coordinator.review_open, name="review_open"),
    path("time/", everyone.time, name="time"),
    path("time/statement.pdf", everyone.time_pdf, name="time_pdf"),
    path("reviews/", everyone.ReviewList.as_view(), name="reviews"),
    path("reviews/open/", coordinator.reviews_open, name="reviews_open"),
    path("reviews/<int:pk>/", everyone.review, name="review"),
    path("reviews/<int:pk>/write/", everyone.review_write, name="review_write"),
    path("reviews/<int:pk>/comment/", headteacher.review_comment, name="review_comment"),
    path("reviews/<int:pk>/decide/", coordinator.review_decide, name="review_decide"),
    path("reviews/<int:pk>/review.pdf", everyone.review_pdf, name="review_pdf"),
    path("summaries/", governor.SummaryList.as_view(), name="summaries"),
    path("summaries/<int:pk>/", governor.summary, name="summary"),
    path("summaries/<int:pk>/summary.pdf", governor.summary_pdf, name="summary_pdf"),
]
