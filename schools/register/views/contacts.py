"""The pages of a file of contacts."""

from astcoord.core.roles import OFFICE
from astcoord.core.wording import counted
from astcoord.ui.loading import Pages
from schools.register.imports.contacts import ContactsFile

PAGES = Pages(
    kind=ContactsFile(),
    space="schools",
    prefix="import_contacts",
    roles=OFFICE,
    title="Import contacts of schools",
    lead=(
        "The national register has no e-mail addresses. Add them here, so that letters can go out by e-mail. Your own "
        "list will do: each row names a school by its URN or its name, and you say which column is what.",
        "You see what would change before anything is stored, and an empty cell changes nothing.",
    ),
    back=("Schools", "schools:list"),
    thing="school",
    done=lambda outcome: f"Contacts of {counted(len(outcome.changes), 'school')} were changed.",
)
