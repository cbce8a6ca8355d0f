"""Groups, members, meetings and decisions: the pages."""

from django.urls import URLPattern, path

from placements.groups.views import meetings, registers

ONE = "group-meetings/<int:pk>/"

urlpatterns: list[URLPattern] = [
    *registers.urlpatterns,
    path("group-meetings/", meetings.Meetings.as_view(), name="group_meetings"),
    path("group-meetings/add/", meetings.group_meeting_add, name="group_meeting_add"),
    path(ONE, meetings.group_meeting, name="group_meeting"),
    path(f"{ONE}change/", meetings.group_meeting_change, name="group_meeting_change"),
    path(f"{ONE}cancel/", meetings.group_meeting_cancel, name="group_meeting_cancel"),
    path(f"{ONE}agenda/", meetings.group_agenda, name="group_agenda"),
    path(f"{ONE}paper/", meetings.group_paper, name="group_paper"),
    path(f"{ONE}held/", meetings.group_held, name="group_held"),
    path(f"{ONE}agree/", meetings.group_agree_rest, name="group_agree_rest"),
    path("group-items/<int:pk>/", meetings.group_item, name="group_item"),
]
