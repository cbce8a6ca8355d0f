"""Words and frequencies from which a made-up authority is put together."""

from staff.expertise.vocabulary import KeyStage, Subject, WorkType

FIRST_URN = 880001
BUSY = 0.7
"""The share of ASTs who have a placement under way."""
FRONTS = ("Alder", "Bracken", "Cinder", "Dun", "Elder", "Fern", "Gorse", "Harrow", "Ivy", "Juniper", "Kestrel", "Larch")
BACKS = ("bridge", "combe", "croft", "dale", "field", "gate", "hurst", "ley", "mere", "stead", "thorpe", "wick")
GIVEN = ("Avis", "Bram", "Cora", "Davin", "Elfin", "Fenella", "Garrick", "Hollis", "Isa", "Jory", "Keziah", "Lorne")
FAMILY = ("Ashdown", "Birchall", "Cardew", "Dunstall", "Ellery", "Foxley", "Garth", "Hindley", "Inskip", "Jarrow")

# subject, phases, how often asked for, how often an AST leads in it
SUBJECTS = (
    (Subject.ENGLISH, "ps", 16, 14), (Subject.MATHEMATICS, "ps", 16, 13), (Subject.SCIENCE, "ps", 9, 8),
    (Subject.ICT, "ps", 7, 7), (Subject.LANGUAGES, "ps", 6, 6), (Subject.HISTORY, "ps", 4, 4),
    (Subject.GEOGRAPHY, "ps", 4, 3), (Subject.DESIGN, "ps", 4, 4), (Subject.PE, "ps", 5, 6), (Subject.ART, "ps", 4, 4),
    (Subject.MUSIC, "ps", 5, 4), (Subject.DRAMA, "ps", 3, 3), (Subject.RELIGIOUS_EDUCATION, "ps", 4, 2),
    (Subject.CITIZENSHIP, "ps", 3, 2), (Subject.EARLY_YEARS, "p", 7, 6), (Subject.BEHAVIOUR, "ps", 8, 4),
    (Subject.EAL, "ps", 5, 3), (Subject.SEN, "ps", 6, 5), (Subject.ASSESSMENT, "ps", 5, 5),
    (Subject.GIFTED, "ps", 3, 3), (Subject.LEADERSHIP, "ps", 5, 5),
)  # fmt: skip
STAGES = {
    "p": (KeyStage.FOUNDATION, KeyStage.KS1, KeyStage.KS2),
    "s": (KeyStage.KS3, KeyStage.KS4, KeyStage.POST_16),
}
WORK = (WorkType.WILLING_TEACHERS, WorkType.MODEL_LESSON, WorkType.ADVISE, WorkType.NQT, WorkType.CPD)
DAYS = ((3, 18), (4, 14), (5, 14), (6, 26), (8, 12), (10, 8), (12, 8))
