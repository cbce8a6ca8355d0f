"""What the people supported commit themselves to (R-6.11)."""

from django.db import models

from astcoord.core.words import say_later


class Commitment(models.TextChoices):
    """What a person supported agrees to, in the first person: the same words on the screen and on paper."""

    READ = "read", "I have read the protocol"
    TIME = "time", "I am ready to give extra time to it"
    DIALOGUE = "dialogue", "I will look back on my teaching, judge it myself and bring my own questions"
    RISKS = "risks", "I will take risks: try things that may not work the first time"
    ALONGSIDE = "alongside", say_later("I will work alongside the AST, in planning and in lessons")
