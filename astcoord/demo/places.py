"""Marlshire's schools. All invented; the grid references lie in an invented county."""

from typing import NamedTuple


class Place(NamedTuple):
    urn: int
    name: str
    phase: str
    kind: str
    east: int
    north: int
    teachers: int
    head: str
    chair: str


P, S, X = "primary", "secondary", "special"
COMMUNITY, AIDED, ACADEMY, SPECIAL = (
    "Community school",
    "Voluntary aided school",
    "Academy converter",
    "Community special school",
)
KIND_CODES = {COMMUNITY: "01", AIDED: "02", ACADEMY: "34", SPECIAL: "07"}
GROUP_CODES = {COMMUNITY: "4", AIDED: "4", ACADEMY: "10", SPECIAL: "5"}

PLACES = [
    Place(990101, "Fernleigh Primary School", P, COMMUNITY, 421300, 331200, 14, "Rowan Oakhanger", "Petra Underhill"),
    Place(990102, "Stonecross Primary School", P, COMMUNITY, 425800, 334900, 11, "Ivo Saltmarsh", "Hester Dunmore"),
    Place(990103, "Millrace Primary School", P, AIDED, 418700, 327600, 9, "Anwen Carrow", "Lucas Fairholme"),
    Place(990104, "Larkhill Infant School", P, COMMUNITY, 423100, 329900, 8, "Della Frobisher", "Owen Castlegate"),
    Place(990105, "Nine Elms Junior School", P, COMMUNITY, 423500, 330400, 13, "Marcus Thornbury", "Nadia Penhallow"),
    Place(990106, "Withy Lane Primary School", P, ACADEMY, 429900, 326100, 12, "Sorrel Vane", "Edmund Blackthorn"),
    Place(990107, "Harrowdown Primary School", P, COMMUNITY, 414400, 335200, 7, "Colin Merriweather", "Tilda Rooke"),
    Place(990108, "Saint Orrin’s Primary School", P, AIDED, 420200, 338700, 10, "Bridget Aldous", "Francis Amberley"),
    Place(990109, "Copperfield Primary School", P, COMMUNITY, 432600, 332800, 15, "Yusuf Bellingham", "Rhoda Greaves"),
    Place(990110, "Quarry Bank Primary School", P, COMMUNITY, 416900, 331000, 16, "Imogen Starling", "Leopold Marsh"),
    Place(990111, "Tanglewood Primary School", P, ACADEMY, 427200, 338100, 12, "Piers Hathersage", "Gwen Tolliver"),
    Place(990112, "Meadowgate Primary School", P, COMMUNITY, 424700, 324300, 14, "Asha Wetherell", "Basil Corrigan"),
    Place(990113, "Heron Quay Primary School", P, COMMUNITY, 435400, 329500, 11, "Nell Abernathy", "Oscar Pendragon"),
    Place(990114, "Brambleside Primary School", P, AIDED, 412800, 328300, 6, "Jory Lamplugh", ""),
    Place(990115, "Oldcastle Primary School", P, COMMUNITY, 419500, 323700, 13, "Faith Underwood", "Silas Whitlock"),
    Place(990116, "Priory Fields Primary School", P, ACADEMY, 430700, 336900, 12, "Kit Ravenscroft", "Ottilie Shaw"),
    Place(990201, "Hollowbrook School", S, COMMUNITY, 422400, 333500, 62, "Tamsin Ashgrove", "Hugo Winterslow"),
    Place(990202, "Ridgeway High School", S, COMMUNITY, 428600, 330700, 71, "Dorothea Lynch", "Emrys Calder"),
    Place(990203, "The Weald Academy", S, ACADEMY, 417300, 336400, 66, "Rafael Quennell", "Isolde Barrow"),
    Place(990204, "Kingsmere School", S, COMMUNITY, 433800, 334600, 58, "Maud Applegarth", "Jasper Northwood"),
    Place(990205, "Saint Brannoc’s High School", S, AIDED, 420900, 326200, 64, "Gideon Farrow", "Celia Ormerod"),
    Place(990206, "Eastmarsh Community School", S, COMMUNITY, 436900, 325800, 55, "Honor Trevanion", "Rufus Delamere"),
    Place(990301, "Beacon View School", X, SPECIAL, 425100, 332000, 19, "Ines Holloway", "Abel Featherstone"),
    Place(990302, "Rookery Park School", X, SPECIAL, 431500, 327700, 17, "Tobias Garland", "Mina Selwyn"),
]

CLUSTERS = {
    "Hollowbrook cluster": [990101, 990104, 990105, 990110, 990201],
    "Ridgeway cluster": [990106, 990109, 990113, 990202, 990302],
    "Weald cluster": [990103, 990107, 990108, 990203],
}

IN_CATEGORY = {990206: "special_measures"}
IN_PROGRAMME = {990204: "national_challenge", 990110: "challenging_circumstances"}

NO_EMAIL = {990107, 990114}
"""Two schools whose letters go by post."""
