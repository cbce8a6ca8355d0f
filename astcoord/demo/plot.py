"""Which stories are told: one for every state of the main road."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from astcoord.core import delivery
from astcoord.core.policy_choices import Party
from astcoord.demo import (
    alumni,
    asks,
    aspirants,
    authority,
    briefings,
    changes,
    days,
    deployment,
    descriptions,
    development,
    diary,
    endings,
    evaluations,
    figures,
    groups,
    half_way,
    networks,
    notices,
    offers,
    office_visits,
    office_week,
    openings,
    pay,
    peers,
    performance,
    quality,
    questionnaires,
    results,
    reviews,
    secondments,
    supported,
    teams,
    time,
)
from astcoord.demo.ask import Ask
from astcoord.demo.scene import Scene
from astcoord.demo.story import Story
from placements.endings.actions import early
from placements.letters import actions as letters
from placements.matching.models import MatchAnswer
from placements.placement.lifecycle import EndReason
from placements.requests.actions import asking as requests
from placements.requests.actions import decisions
from placements.requests.lifecycle import Ending, Route
from schools.calendar import reads as calendar
from schools.calendar.models import Term

Teller = Callable[[Scene], object]


def tell(scene: Scene) -> None:
    """All of them, oldest first."""
    for story in TOLD:
        story(scene)


def _letters(scene: Scene) -> None:
    """The term's letters went out in its first days; the two schools without an address wait for the post."""
    term = Term.objects.filter(starts_on__lte=scene.today).order_by("-starts_on").first()
    if term is None:
        return
    with days.on(calendar.first_working_day(term) + timedelta(days=1), 11):
        built = letters.build_round(term=term, by=scene.coordinator)
        letters.approve_round(letter_round=built, by=scene.coordinator)
        delivery.deliver_all()
        letters.finish_rounds()


def _to_contract(scene: Scene, ask: Ask, teacher: str, ago: int, *, circulated: bool = True) -> Story:
    story = scene.story(ask, ago).draft().send().take_up().propose(scene.posts[teacher]).agree()
    return story.meet().settle().confirm(circulated=circulated).issue()


def _reviewed(scene: Scene) -> None:
    """Active for a while and extended by a day: days written up, and this term's review accepted."""
    story = _to_contract(scene, asks.MATHS, "Wren Castellow", 95).sign_all().plan(scene.today).work(scene.today)
    reviews.review(scene, story, opened=9, submitted=7, commented=5, accepted=3)
    evaluations.interim(scene, story)
    evaluations.meet(scene, story)
    changes.extend(scene, story, ago=6, parties=tuple(Party.values))


def _review_with_head(scene: Scene) -> None:
    """Active; the review waits for the host headteacher, an extension for two of four signatures."""
    story = _to_contract(scene, asks.READING, "Linnet Farraday", 80).sign_all().plan(scene.today).work(scene.today)
    reviews.review(scene, story, opened=6, submitted=2)
    evaluations.waived(scene, story)
    changes.extend(scene, story, ago=4, parties=(Party.HOST_HEAD, Party.AST))


def _not_logged(scene: Scene) -> None:
    """Active; a day has not been written up, the review waits for the AST, one of two teachers has withdrawn."""
    story = _to_contract(scene, asks.SCIENCE, "Corin Blythe", 40).sign_all()
    story.plan(scene.today).work(scene.today, unwritten=1)
    reviews.review(scene, story, opened=4)
    story.now = days.school_days_before(scene.today, 1)[0]
    with story.at(18):
        supported.withdraw_last(story.spell())


def _ended_early(scene: Scene) -> None:
    story = _to_contract(scene, asks.LANGUAGES, "Ewan Silverlock", 90).sign_all().plan(scene.today)
    placement = story.fresh()
    if placement.starts_on and placement.starts_on < scene.today:
        story.work(days.school_days_before(scene.today, 20)[0])
        story.now = max(days.school_days_before(scene.today, 20)[0], placement.starts_on + timedelta(days=8))
        with story.at(9):
            early.end_early(
                placement=story.fresh(),
                by=story.head,
                ended_on=story.now,
                category=EndReason.STAFFING,
                reason="The teacher supported is leaving for another post.",
            )


def _returned_to(scene: Scene) -> None:
    """Two that were completed: to one the AST has been back, to the other the day is agreed."""
    for ask, teacher, ago in ((asks.STORIES, "Tansy Orchard", 180), (asks.RHYTHM, "Felix Underbrook", 115)):
        story = _to_contract(scene, ask, teacher, ago).sign_all().plan(scene.today).work(scene.today)
        evaluations.finish(scene, story)
        evaluations.return_(scene, story, held=ask is asks.STORIES)


def _finishing(scene: Scene) -> None:
    """In its last days: everybody has answered, and the co-ordinator is to conclude the final evaluation."""
    story = _to_contract(scene, asks.ARRIVALS, "Tansy Orchard", 42).sign_all().plan(scene.today).work(scene.today)
    evaluations.finish(scene, story)


def _signed(scene: Scene) -> None:
    """Four signatures, and not active yet: the head has not told the staff (R-8.13)."""
    _to_contract(scene, asks.PHONICS, "Maris Holloway-Penn", 17, circulated=False).sign_all()


def _half_signed(scene: Scene) -> None:
    story = _to_contract(scene, asks.NUMBER, "Caspian Rudge", 16)
    story.later(1).sign(Party.HOST_HEAD, Party.AST)


def _issued(scene: Scene) -> None:
    _to_contract(scene, asks.ICT, "Alaric Munday", 14)


def _protocol_confirmed(scene: Scene) -> None:
    """All ten items stand; the contract waits for the teacher supported, who has not opened the link."""
    story = scene.story(asks.ASSESSMENT, 18).draft().send().take_up().propose(scene.posts["Ondine Pascoe"])
    story.agree().meet().settle().confirm(waiting=1)


def _protocol_begun(scene: Scene) -> None:
    story = scene.story(asks.MUSIC, 14).draft().send().take_up().propose(scene.posts["Felix Underbrook"])
    story.agree().meet().settle(through=6)


def _planned(scene: Scene) -> None:
    scene.story(asks.BEHAVIOUR, 8).draft().send().take_up().propose(scene.posts["Sage Kittering"]).agree()


def _proposed(scene: Scene) -> None:
    """One match with a single yes so far, and one that nobody has answered: each waits for its AST."""
    story = scene.story(asks.HISTORY, 6).draft().send().take_up().propose(scene.posts["Rosalind Tarn"])
    story.answer(MatchAnswer.Party.HOME_HEAD)
    scene.elsewhere(asks.MATHS, 990115, 4).draft().send().take_up().propose(scene.posts["Wren Castellow"])


def _refused(scene: Scene) -> None:
    """The home head said no: the request is back with the co-ordinator."""
    story = scene.story(asks.PE, 7).draft().send().take_up().propose(scene.posts["Juniper Oakes"])
    story.answer(MatchAnswer.Party.HOME_HEAD, yes=False, reason="Juniper takes the school journey in those weeks.")


@contextmanager
def _taken_up(scene: Scene, ask: Ask, urn: int, ago: int) -> Iterator[Story]:
    """A request that the co-ordinator has taken up, on the day after."""
    story = scene.elsewhere(ask, urn, ago).draft().send().take_up().later(1)
    with story.at(11, 20):
        yield story


def _requests(scene: Scene) -> None:
    """Requests that did not, or not yet, lead to a match."""
    scene.elsewhere(asks.READING, 990116, 2).draft().send()
    scene.elsewhere(asks.SCIENCE, 990113, 4).draft().send().take_up()
    scene.elsewhere(asks.MUSIC, 990107, 1).draft()
    with _taken_up(scene, asks.ICT, 990203, 9) as story:
        decisions.return_with_questions(
            request=story.whole(),
            by=scene.coordinator,
            questions="Which three units do you have in mind, and who in geography and science will take part?",
        )
    with _taken_up(scene, asks.LANGUAGES, 990105, 12) as story:
        decisions.wait(
            request=story.whole(),
            by=scene.coordinator,
            ending=Ending.NO_DAYS,
            note="Our languages AST has no days left in the weeks you ask for.",
            look_again_on=scene.today + timedelta(days=21),
        )
    with _taken_up(scene, asks.HISTORY, 990201, 16) as story:
        decisions.decline(
            request=story.whole(),
            by=scene.coordinator,
            ending=Ending.UNREALISTIC,
            note="Rewriting every unit needs more than six days. Ask again for one or two units.",
        )
    with _taken_up(scene, asks.PHONICS, 990102, 15) as story:
        decisions.refer(request=story.whole(), by=scene.coordinator, where="The authority’s early years consultant")
    withdrawn = scene.elsewhere(asks.BEHAVIOUR, 990301, 11).draft().send().later(2)
    with withdrawn.at(8, 50):
        requests.withdraw(
            request=withdrawn.whole(), by=withdrawn.head, ending=Ending.NOT_NEEDED, note="We have appointed."
        )
    _on_behalf(scene)


def _on_behalf(scene: Scene) -> None:
    """Telephoned in, typed by the administrator; the head has not confirmed it yet (R-5.7)."""
    story = scene.elsewhere(asks.ASSESSMENT, asks.MATHS.urn, 3)
    story.head, head = scene.administrator, story.head
    with story.at(11):
        story.request = requests.start(host=story.host, by=story.head, route=Route.DIRECT)
    story.draft()
    with story.at(16, 30):
        requests.enter(request=story.whole(), by=scene.administrator)
    story.head = head


TOLD: tuple[Teller, ...] = (
    aspirants.look_for_more,
    _letters,
    endings.tell,
    _reviewed,
    _ended_early,
    _review_with_head,
    _not_logged,
    _signed,
    _half_signed,
    _issued,
    _protocol_confirmed,
    _protocol_begun,
    _planned,
    _refused,
    _proposed,
    _requests,
    deployment.tell,
    groups.tell,
    offers.tell,
    diary.tell,
    _returned_to,
    _finishing,
    time.tell,
    openings.tell,
    descriptions.tell,
    teams.tell,
    development.tell,
    alumni.tell,
    quality.tell,
    office_visits.tell,
    networks.tell,
    notices.tell,
    performance.tell,
    pay.tell,
    endings.tell_windows,
    peers.tell,
    questionnaires.tell,
    briefings.tell,
    results.tell,
    half_way.tell,
    office_week.tell,
    secondments.tell,
    figures.tell,
    authority.tell,
)
