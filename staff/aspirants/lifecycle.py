"""How ready an aspirant is, how one stands on the list, and why one is taken off it."""

from django.db import models

from astcoord.core.words import say_later


class Readiness(models.TextChoices):
    """A small scale in words: no mark for anybody."""

    NOW = "now", "Ready to be assessed"
    SOON = "soon", "Ready within a year"
    LATER = "later", "Interested, not ready yet"


class AspirantState(models.TextChoices):
    """Read from the row's dates, never stored."""

    WAITING = "waiting", say_later("Put forward, waits for the co-ordinator")
    LISTED = "listed", "On the list"
    OFF = "off", "Off the list"


class OffReason(models.TextChoices):
    """Why somebody is an aspirant no longer."""

    CANDIDATE = "candidate", say_later("Became a candidate for an AST post")
    WITHDREW = "withdrew", "Has withdrawn"
    NOT_NOW = "not_now", "Is not put on the list now"
    MOVED = "moved", "No longer teaches here"
