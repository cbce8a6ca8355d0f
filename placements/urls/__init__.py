"""The main road's pages, in the order in which they are walked."""

from placements.urls import balances, days, letters, matches, papers, placements, plans, priorities, requests, supported

app_name = "placements"
urlpatterns = [
    *letters.urlpatterns,
    *requests.urlpatterns,
    *matches.urlpatterns,
    *plans.urlpatterns,
    *priorities.urlpatterns,
    *placements.urlpatterns,
    *papers.urlpatterns,
    *supported.urlpatterns,
    *days.urlpatterns,
    *balances.urlpatterns,
]
