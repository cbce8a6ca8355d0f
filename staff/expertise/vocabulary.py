"""The field's own words for what is taught, to whom, and how an AST may help (R-3.5, R-6.1, R-6.3)."""

from django.db import models

from astcoord.core.words import say_later


class Subject(models.TextChoices):
    ENGLISH = "english", "English and literacy"
    MATHEMATICS = "mathematics", "Mathematics and numeracy"
    SCIENCE = "science", "Science"
    ICT = "ict", "Information and communication technology"
    DESIGN = "design", "Design and technology"
    LANGUAGES = "languages", "Modern foreign languages"
    HISTORY = "history", "History"
    GEOGRAPHY = "geography", "Geography"
    RELIGIOUS_EDUCATION = "re", "Religious education"
    CITIZENSHIP = "citizenship", "Citizenship and PSHE"
    ART = "art", "Art and design"
    MUSIC = "music", "Music"
    DRAMA = "drama", "Drama"
    PE = "pe", "Physical education"
    BUSINESS = "business", "Business and vocational subjects"
    EARLY_YEARS = "early_years", "Early years"
    SEN = "sen", "Special educational needs and inclusion"
    EAL = "eal", "English as an additional language"
    GIFTED = "gifted", "Gifted and talented"
    BEHAVIOUR = "behaviour", "Behaviour and classroom climate"
    ASSESSMENT = "assessment", "Assessment for learning"
    LEADERSHIP = "leadership", "Subject leadership"


ALSO_CALLED: dict[str, tuple[str, ...]] = {
    Subject.ENGLISH: ("Phonics", "Reading", "Writing"),
    Subject.MATHEMATICS: ("Maths",),
    Subject.ICT: ("ICT", "IT", "Computing"),
    Subject.DESIGN: ("D&T", "DT", "Food", "Textiles"),
    Subject.LANGUAGES: ("MFL", "French", "German", "Spanish"),
    Subject.RELIGIOUS_EDUCATION: ("RE",),
    Subject.PE: ("PE", "Games", "Sport"),
    Subject.BUSINESS: ("Economics",),
    Subject.EARLY_YEARS: ("EYFS", "Foundation stage", "Reception", "Nursery"),
    Subject.SEN: ("SEN", "SEND"),
    Subject.EAL: ("EAL",),
    Subject.GIFTED: ("G&T", "More able"),
    Subject.ASSESSMENT: ("AfL",),
}
"""Words that schools use for a subject: it is found by them where one types (R-17.8)."""


class KeyStage(models.TextChoices):
    FOUNDATION = "fs", "Foundation stage"
    KS1 = "ks1", "Key stage 1"
    KS2 = "ks2", "Key stage 2"
    KS3 = "ks3", "Key stage 3"
    KS4 = "ks4", "Key stage 4"
    POST_16 = "post16", "Post-16"


SHORT_STAGES = {
    KeyStage.FOUNDATION: "Foundation",
    KeyStage.KS1: "KS1",
    KeyStage.KS2: "KS2",
    KeyStage.KS3: "KS3",
    KeyStage.KS4: "KS4",
    KeyStage.POST_16: "Post-16",
}
"""For narrow columns, on pages and in letters."""


class PupilGroup(models.TextChoices):
    ALL = "all", "Whole class"
    GIFTED = "gifted", "Gifted and talented pupils"
    SEN = "sen", "Pupils with special educational needs"
    EAL = "eal", "Pupils learning English as an additional language"
    BOYS = "boys", "Boys"
    GIRLS = "girls", "Girls"


class WorkType(models.TextChoices):
    """What an AST may be asked to do (R-6.3)."""

    MATERIALS = "materials", "Make teaching materials with staff"
    PRACTICE = "practice", "Spread good practice or research"
    MODEL_LESSON = "model_lesson", "Teach model lessons with staff watching"
    SUBJECT_LEADER = "subject_leader", "Help a subject leader with schemes of work, policies or leading the subject"
    ADVISE = "advise", "Watch lessons and advise on organisation, planning and methods"
    WILLING_TEACHERS = "willing_teachers", "Work alongside willing teachers"
    NQT = "nqt", "Support the induction and mentoring of newly qualified teachers"
    LEARNING_GROUP = "learning_group", "Lead or set up a professional learning group"
    CPD = "cpd", "Support and advise on professional development"
    ITT = "itt", "Support initial teacher training"
    INSET = "inset", "Advise on or lead in-service training"
    TEACHING_ASSISTANTS = "teaching_assistants", "Train teaching assistants"
    TARGETS = "targets", "Help a teacher towards performance targets that the teacher shares"


WORDED_BEFORE: dict[str, str] = {
    "Make teaching materials with your staff": str(WorkType.MATERIALS.label),
    "Teach model lessons with your staff watching": str(WorkType.MODEL_LESSON.label),
}
"""Kinds of work as papers of an earlier release word them."""


class NeverWork(models.TextChoices):
    """What no AST may be asked to do, in any authority (R-6.4)."""

    SUPPLY = "supply", "Cover for absence or act as supply, including repeated demonstration lessons"
    REFERENCES = "references", "Write references for the staff supported"
    APPRAISAL = "appraisal", "Take part in a colleague’s performance-management activity"
    CAPABILITY = "capability", "Take part in a capability procedure"


class Weekday(models.IntegerChoices):
    MONDAY = 0, "Monday"
    TUESDAY = 1, "Tuesday"
    WEDNESDAY = 2, "Wednesday"
    THURSDAY = 3, "Thursday"
    FRIDAY = 4, "Friday"


class InductionStep(models.TextChoices):
    """The second part of induction, after the pass (R-3.2)."""

    ARRANGEMENTS = "arrangements", "Local arrangements"
    ACCOUNTABILITIES = "accountabilities", "Accountabilities"
    PROCESSES = "processes", "Processes"
    PRACTICES = "practices", "Practices"


class Funding(models.TextChoices):
    """Where the post's money comes from (R-2.11)."""

    STANDARDS_FUND = "standards_fund", say_later("Standards Fund, through the authority")
    SCHOOL = "school", "School budget"
    DEPARTMENT = "department", "Department, in full"
    SECONDMENT = "secondment", "Authority secondment grant"


class FundingArea(models.TextChoices):
    """For what the department pays a post in full (R-2.12)."""

    CHALLENGING = "challenging", "A school in challenging circumstances"
    ITT = "itt", "Initial teacher training"
    MUSIC = "music", "Special project: music"
    LANGUAGES = "languages", "Special project: modern foreign languages"
    CITIZENSHIP = "citizenship", "Special project: citizenship"
    SUPPORT_STAFF = "support_staff", "Special project: the support-staff scheme"
