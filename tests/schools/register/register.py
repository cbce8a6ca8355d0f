"""Invented rows in the national register's layout: 140 columns, windows-1252, dates dd-mm-yyyy."""

import csv
import io
from collections.abc import Iterable, Mapping

USED = [
    "URN",
    "LA (code)",
    "LA (name)",
    "EstablishmentNumber",
    "EstablishmentName",
    "TypeOfEstablishment (code)",
    "TypeOfEstablishment (name)",
    "EstablishmentTypeGroup (code)",
    "EstablishmentTypeGroup (name)",
    "EstablishmentStatus (code)",
    "EstablishmentStatus (name)",
    "OpenDate",
    "CloseDate",
    "PhaseOfEducation (code)",
    "PhaseOfEducation (name)",
    "StatutoryLowAge",
    "StatutoryHighAge",
    "NumberOfPupils",
    "UKPRN",
    "LastChangedDate",
    "Street",
    "Locality",
    "Address3",
    "Town",
    "County (name)",
    "Postcode",
    "SchoolWebsite",
    "TelephoneNum",
    "HeadTitle (name)",
    "HeadFirstName",
    "HeadLastName",
    "HeadPreferredJobTitle",
    "Easting",
    "Northing",
]
COLUMNS = [*USED, *(f"Unread column {n}" for n in range(1, 141 - len(USED)))]

USUAL = {
    "LA (code)": "999",
    "LA (name)": "Marlshire",
    "EstablishmentNumber": "2001",
    "TypeOfEstablishment (code)": "01",
    "TypeOfEstablishment (name)": "Community school",
    "EstablishmentTypeGroup (code)": "4",
    "EstablishmentTypeGroup (name)": "Local authority maintained schools",
    "EstablishmentStatus (code)": "1",
    "EstablishmentStatus (name)": "Open",
    "OpenDate": "01-09-1974",
    "PhaseOfEducation (code)": "2",
    "PhaseOfEducation (name)": "Primary",
    "StatutoryLowAge": "4",
    "StatutoryHighAge": "11",
    "NumberOfPupils": "210",
    "LastChangedDate": "03-05-2026",
    "Street": "Mill Lane",
    "Town": "Marlbury",
    "County (name)": "Marlshire",
    "Postcode": "ZZ1 1ZZ",
    "SchoolWebsite": " www.fernleigh.marlshire.example ",
    "HeadTitle (name)": "Ms",
    "HeadFirstName": "Rowena",
    "HeadLastName": "Oakhanger",
    "Easting": "430100",
    "Northing": "330200",
}


def row(urn: object, name: str = "Fernleigh Primary School", **changes: str) -> dict[str, str]:
    """One school; `changes` by column, such as `**{"OpenDate": ""}`."""
    return {**USUAL, "URN": str(urn), "EstablishmentName": name, **changes}


def table(rows: Iterable[Mapping[str, str]], columns: Iterable[str] = COLUMNS) -> str:
    """The file as text."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(columns), restval="", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def register(*rows: Mapping[str, str], encoding: str = "windows-1252") -> bytes:
    """The file as bytes."""
    return table(rows).encode(encoding)
