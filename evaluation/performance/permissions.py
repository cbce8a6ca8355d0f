"""Who does what with outreach judgements, in agreement with `visible_to` (section G*)."""

from astcoord.core.roles import Role
from evaluation.performance.lifecycle import READ, JudgementStatus
from evaluation.performance.models import OutreachJudgement
from staff.accounts.models import User
from staff.accounts.permissions import heads, is_coordinator
from staff.posts.lifecycle import POST_KNOWN
from staff.posts.models import Post
from staff.posts.permissions import is_home_head, is_of_group, is_own

KEEPERS = frozenset({Role.COORDINATOR, Role.CONSULTANT})
READERS = KEEPERS | {Role.HEADTEACHER, Role.AST}
COVERAGE = frozenset({Role.COORDINATOR})
EVIDENCE = READERS | {Role.GOVERNOR}


def can_begin(user: User, post: Post) -> bool:
    """Writes it: the co-ordinator, and a consultant of the group; nobody of themselves."""
    return post.user_id != user.pk and (is_coordinator(user) or is_of_group(user, post))


def can_write(user: User, row: OutreachJudgement) -> bool:
    """While it is a draft."""
    return row.status == JudgementStatus.DRAFT and can_begin(user, row.post)


def can_issue(user: User, row: OutreachJudgement) -> bool:
    """The co-ordinator: issues it, replaces it, withdraws it; nobody of themselves."""
    return is_coordinator(user) and row.post.user_id != user.pk


def can_acknowledge(user: User, row: OutreachJudgement) -> bool:
    """A headteacher of the school to which it was issued."""
    return row.home_id is not None and heads(user, row.home_id)


def reads_words(user: User, row: OutreachJudgement) -> bool:
    """Head and AST do not read what was withdrawn; a consultant reads drafts alone."""
    if is_coordinator(user) or can_write(user, row):
        return True
    return row.status in READ and (can_acknowledge(user, row) or is_own(user, row.post))


def reads_evidence(user: User, post: Post) -> bool:
    """R-12.3, R-12.5: whoever writes, the AST, and the school that decides on pay, head and governors."""
    governs = post.home_id in user.schools_as(Role.GOVERNOR)
    reads = is_coordinator(user) or is_of_group(user, post) or is_own(user, post) or is_home_head(user, post)
    return post.status in POST_KNOWN and (reads or governs)
