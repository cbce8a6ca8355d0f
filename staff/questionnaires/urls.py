"""Questionnaires: the pages."""

from django.urls import URLPattern, path

from staff.questionnaires.views import answering, keeping

ONE = "questionnaires/<int:pk>/"
MINE = "my-questionnaires/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path("questionnaires/", keeping.QuestionnaireList.as_view(), name="questionnaires"),
    path("questionnaires/add/", keeping.questionnaire_add, name="questionnaire_add"),
    path("questionnaires/balance/", keeping.questionnaire_balance, name="questionnaire_balance"),
    path(ONE, keeping.questionnaire, name="questionnaire"),
    path(f"{ONE}change/", keeping.questionnaire_change, name="questionnaire_change"),
    path(f"{ONE}questions/add/", keeping.question_add, name="question_add"),
    path("questionnaires/questions/<int:pk>/", keeping.question_change, name="question_change"),
    path("questionnaires/questions/<int:pk>/remove/", keeping.question_remove, name="question_remove"),
    path(f"{ONE}send/", keeping.questionnaire_send, name="questionnaire_send"),
    path(f"{ONE}close/", keeping.questionnaire_close, name="questionnaire_close"),
    path(f"{ONE}open/", keeping.questionnaire_keep_open, name="questionnaire_keep_open"),
    path(f"{ONE}withdraw/", keeping.questionnaire_withdraw, name="questionnaire_withdraw"),
    path(f"{ONE}results/", keeping.questionnaire_results, name="questionnaire_results"),
    path("my-questionnaires/", answering.InvitationList.as_view(), name="invitations"),
    path(MINE, answering.invitation, name="invitation"),
    path(f"{MINE}answer/", answering.invitation_answer, name="invitation_answer"),
    path(f"{MINE}change/", answering.invitation_change, name="invitation_change"),
]
