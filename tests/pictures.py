"""Takes the README's pictures of the real pages: `make pictures`. Not a test: its name keeps it out of `make test`."""

from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from PIL import Image
from playwright.sync_api import Page

from placements.placement.models import Placement
from placements.planning.models import Plan
from placements.requests.models import OutreachRequest
from staff.accounts.models import User
from tests import ROOT
from tests.browser import browser_session

FOLDER = ROOT / "docs" / "pictures"
DESK, PHONE = {"width": 1180, "height": 860}, {"width": 390, "height": 844}


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_take_the_pictures(page: Page, live_server: Any, clock: time_machine.Traveller) -> None:
    clock.move_to("2027-02-03 09:00 +0000")
    call_command("load_demo", verbosity=0)
    maths = Placement.objects.get(host__name="Fernleigh Primary School")
    waiting = OutreachRequest.objects.filter(status="submitted").order_by("pk").first()
    half_signed = Placement.objects.get(status="awaiting_signatures")
    assert waiting is not None
    plan = Plan.objects.real().get()

    def shoot(name: str, who: str, path: str, *, phone: bool = False, height: int = 0) -> None:
        page.set_viewport_size(PHONE if phone else DESK)
        page.context.clear_cookies()
        browser_session(page, live_server, User.objects.get(name=who))
        page.goto(f"{live_server.url}{path}")
        clip = {"x": 0, "y": 0, "width": (PHONE if phone else DESK)["width"], "height": height} if height else None
        _save(name, page.screenshot(full_page=True, clip=clip))

    shoot("home", "Bryony Quill", "/", height=900)
    shoot("queue", "Bryony Quill", "/requests/queue/", height=780)
    shoot("candidates", "Bryony Quill", f"/requests/{waiting.pk}/candidates/", height=960)
    shoot("plan", "Bryony Quill", f"/plans/{plan.pk}/", height=1500)
    shoot("placement", "Honor Trevanion", f"/placements/{half_signed.pk}/", height=1050)
    shoot("protocol", "Rowan Oakhanger", f"/placements/{maths.pk}/protocol/", height=1000)
    shoot("diary-phone", "Wren Castellow", f"/placements/{maths.pk}/diary/", phone=True, height=1150)
    shoot("request-phone", "Rowan Oakhanger", "/requests/start/", phone=True, height=1150)
    shoot("summary", "Petra Underhill", f"/summaries/{maths.pk}/", height=1100)


def _save(name: str, png: bytes) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    picture = Image.open(BytesIO(png)).convert("RGB").quantize(colors=64)
    picture.save(FOLDER / f"{name}.png", optimize=True)
