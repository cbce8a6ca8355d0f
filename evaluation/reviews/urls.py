"""The termly impact review."""

from django.urls import URLPattern, path

from evaluation.reviews import views

urlpatterns: list[URLPattern] = [
    path("placements/<int:pk>/reviews/open/", views.review_open, name="review_open"),
    path("reviews/", views.ReviewList.as_view(), name="reviews"),
    path("reviews/open/", views.reviews_open, name="reviews_open"),
    path("reviews/accept/", views.reviews_accept, name="reviews_accept"),
    path("reviews/<int:pk>/", views.review, name="review"),
    path("reviews/<int:pk>/write/", views.review_write, name="review_write"),
    path("reviews/<int:pk>/comment/", views.review_comment, name="review_comment"),
    path("reviews/<int:pk>/decide/", views.review_decide, name="review_decide"),
    path("reviews/<int:pk>/review.pdf", views.review_pdf, name="review_pdf"),
]
