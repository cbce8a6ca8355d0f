"""`import_contacts FILE`: e-mail addresses for letters, and other contacts, by URN or name of the school."""

from astcoord.core.loading_command import LoadCommand
from schools.register.imports.contacts import ContactsFile


class Command(LoadCommand):
    kind = ContactsFile()
    help = (
        "Import contacts of schools from CSV or a workbook, one row for each school. Columns are found by their usual "
        "names, or as they were chosen on the page last time, or by --column. Empty cells leave what is stored. Rows "
        "that cannot be used are listed on standard error with their number, the exit code is then 1, and nothing is "
        "stored unless --good-rows says so. Safe to repeat. Last line: changed=N unchanged=N errors=N."
    )
