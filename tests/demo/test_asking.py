"""The demonstration of what ASTs are asked, and of how they watch each other, in every state."""

import pytest

from astcoord.core.clock import today
from astcoord.demo import peers, questionnaires, scene
from staff.peers.lifecycle import PeerStatus
from staff.peers.models import PeerObservation
from staff.questionnaires.lifecycle import QuestionnaireStatus
from staff.questionnaires.models import Questionnaire
from staff.questionnaires.reads import sheet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_print"), pytest.mark.one_database]


def test_every_state_is_there_and_the_first_questionnaire_has_numbers_to_read() -> None:
    stage = scene.build(today(), "croydon")
    peers.tell(stage)
    questionnaires.tell(stage)
    assert set(PeerObservation.objects.values_list("status", flat=True)) == set(PeerStatus.values)
    assert set(Questionnaire.objects.values_list("status", flat=True)) == set(QuestionnaireStatus.values)
    assert len(sheet(Questionnaire.objects.get(status="closed")).tables) == 3
