from django.apps import AppConfig

from astcoord.core import consequences, home, search
from astcoord.core.words import say
from astcoord.ui import about

ROOMS = (
    *("accounts", "deputies", "feeds", "openings", "posts", "aspirants", "descriptions", "pay", "inductions"),
    *("appointing", "secondments", "briefings", "alumni", "peers", "quality", "figures", "training", "cpd"),
    *("networks", "notices", "mailings", "questionnaires", "working_groups", "governance"),
)
"""Those with something on the first page or in the menu."""

CHANGES = (
    *("openings", "posts", "descriptions", "secondments", "alumni", "peers", "quality", "training", "cpd"),
    *("networks", "working_groups"),
)
"""Those of which something hangs on an AST's post or on the policy (`consequences`)."""

FOUND = ("accounts", "posts")
"""Those of which something is found by the search in the header (`search`)."""

ABOUT = ("posts",)
"""Those that say what belongs to a thing, on every page about it (`about`)."""


class StaffConfig(AppConfig):
    name = "staff"
    verbose_name = "People, posts and expertise"

    def ready(self) -> None:
        from staff import tasks  # noqa: F401, PLC0415

        home.register_rooms(self.name, ROOMS)
        consequences.register_rooms(self.name, CHANGES)
        search.register_rooms(self.name, FOUND)
        about.register_rooms(self.name, ABOUT)
        _connect_accounts()
        _connect_people()
        _connect_posts()


def _connect_accounts() -> None:
    """What a room answers, or does, for one that may not import it; models exist once all apps are loaded."""
    from allauth.account.signals import authentication_step_completed  # noqa: PLC0415
    from allauth.mfa import signals as second_steps  # noqa: PLC0415
    from django.contrib.auth.signals import user_logged_in  # noqa: PLC0415

    from astcoord.core import retention, subject_access  # noqa: PLC0415
    from schools.register import heads  # noqa: PLC0415
    from schools.succession.events import HANGING, WHAT_GOES  # noqa: PLC0415
    from staff.accounts import consequences, second_step, sessions  # noqa: PLC0415
    from staff.accounts.events import MERGING, RENAMED  # noqa: PLC0415
    from staff.accounts.models import RoleAssignment  # noqa: PLC0415
    from staff.feeds import consequences as feeds  # noqa: PLC0415
    from staff.personal.retention import LINES  # noqa: PLC0415
    from staff.personal.subject_access import SECTIONS  # noqa: PLC0415

    retention.register(LINES)
    subject_access.register(*SECTIONS)
    user_logged_in.connect(sessions.signed_in, dispatch_uid="staff.sessions.signed_in")
    authentication_step_completed.connect(sessions.confirmed, dispatch_uid="staff.sessions.confirmed")
    second_steps.authenticator_added.connect(second_step.came, dispatch_uid="staff.second_step.came")
    second_steps.authenticator_removed.connect(second_step.went, dispatch_uid="staff.second_step.went")
    second_steps.authenticator_used.connect(second_step.used, dispatch_uid="staff.second_step.used")
    second_steps.authenticator_reset.connect(second_step.renewed, dispatch_uid="staff.second_step.renewed")
    WHAT_GOES.register("Roles", consequences.roles, consequences.carry_roles, order=10)
    HANGING.append(consequences.hanging)
    MERGING.register("Roles", consequences.merged_roles, consequences.carry_merged_roles, order=10)
    MERGING.register("E-mails not sent yet", consequences.merged_mail, order=80)
    MERGING.register("Calendar address", feeds.merged, feeds.carry_merged, order=90)
    RENAMED.register("Contacts of schools", consequences.contacts, consequences.carry_contacts, order=10)
    RENAMED.register("E-mails not sent yet", consequences.unsent, consequences.carry_unsent, order=20)
    heads.answer_with(lambda on: RoleAssignment.objects.of_heads(on).values("school_id"))


def _connect_people() -> None:
    """What of the rooms follows when two accounts become one, or a school goes over to another."""
    from schools.succession.events import HANGING, WHAT_GOES  # noqa: PLC0415
    from staff.accounts.events import MERGING, merging_facts  # noqa: PLC0415
    from staff.aspirants import consequences as aspirants  # noqa: PLC0415
    from staff.cpd import consequences as cpd  # noqa: PLC0415
    from staff.inductions import consequences as inductions  # noqa: PLC0415
    from staff.networks import consequences as networks  # noqa: PLC0415
    from staff.office_visits import consequences as office_visits  # noqa: PLC0415
    from staff.openings import consequences as openings  # noqa: PLC0415
    from staff.peers import consequences as peers  # noqa: PLC0415
    from staff.posts import consequences as posts  # noqa: PLC0415
    from staff.quality import consequences as quality  # noqa: PLC0415
    from staff.secondments import consequences as secondments  # noqa: PLC0415
    from staff.training import consequences as training  # noqa: PLC0415

    WHAT_GOES.register(say("Aspiring ASTs"), aspirants.going, aspirants.carry, order=45)
    HANGING.append(aspirants.hanging)
    MERGING.register(say("Observations between ASTs"), peers.merged, peers.carry_merged, order=15)
    MERGING.register(say("AST posts"), posts.merged, posts.carry_merged, order=20)
    MERGING.register("Talks with other headteachers", openings.merged, openings.carry_merged, order=25)
    MERGING.register("Meetings before assessments", inductions.merged, inductions.carry_merged, order=27)
    MERGING.register("Secondments", secondments.merged, secondments.carry_merged, order=30)
    MERGING.register("QA visits", quality.merged, quality.carry_merged, order=35)
    MERGING.register("Visits", office_visits.merged, office_visits.carry_merged, order=36)
    MERGING.register("Network meetings", networks.merged, networks.carry_merged, order=37)
    MERGING.register("Role training", training.merged, training.carry_merged, order=38)
    MERGING.register("CPD log", cpd.merged, cpd.carry_merged, order=39)
    merging_facts.append(posts.merging_problems)


def _connect_posts() -> None:
    """What the rooms of a post's life say of each other's changes, and show on an AST's page, in that order."""
    from astcoord.core import policy_words  # noqa: PLC0415
    from astcoord.core.presets.reading import CODES  # noqa: PLC0415
    from staff.appointing import reads as appointing  # noqa: PLC0415
    from staff.aspirants import reads as aspiring  # noqa: PLC0415
    from staff.cpd import reads as developed  # noqa: PLC0415
    from staff.descriptions import reads as descriptions  # noqa: PLC0415
    from staff.expertise.vocabulary import Subject  # noqa: PLC0415
    from staff.inductions import actions as inducting  # noqa: PLC0415
    from staff.inductions import reads as induction  # noqa: PLC0415
    from staff.openings.reads import more_links  # noqa: PLC0415
    from staff.pay.reads import holding  # noqa: PLC0415
    from staff.pay.reads import page as pay  # noqa: PLC0415
    from staff.posts.events import before_in_post, moving_facts, on_passed, taken_back_facts  # noqa: PLC0415
    from staff.posts.reads.posts import more_cards, starred  # noqa: PLC0415
    from staff.quality import reads as visits  # noqa: PLC0415
    from staff.secondments import consequences as secondments  # noqa: PLC0415
    from staff.secondments.reads import overview  # noqa: PLC0415
    from staff.training import reads as trained  # noqa: PLC0415

    policy_words.WORDED["target_subject"] = lambda code: str(dict(Subject.choices).get(code, "None"))
    CODES["target_subject"] = Subject.values
    moving_facts.append(secondments.moving_problems)
    taken_back_facts.append(secondments.held_by_secondment)
    on_passed.append(secondments.follow_pass)
    before_in_post.extend([descriptions.before_in_post, holding.before_in_post])
    starred.extend([*pay.VERBS, *inducting.VERBS])
    more_links.extend([appointing.from_opening, aspiring.from_opening])
    more_cards.extend([induction.card, descriptions.cards, pay.card, appointing.cards])
    more_cards.extend([overview.card, aspiring.card, visits.card, trained.card, developed.card])
