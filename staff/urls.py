"""Gathers the pages of all rooms."""

from staff.accounts import urls as accounts
from staff.feeds import urls as feeds
from staff.governance import urls as governance
from staff.posts import urls as posts

app_name = "staff"
urlpatterns = [*accounts.urlpatterns, *posts.urlpatterns, *governance.urlpatterns, *feeds.urlpatterns]
