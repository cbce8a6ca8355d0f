from typing import Any

from django.db import migrations


def mark(apps: Any, editor: Any) -> None:
    """Papers of contracts made before this release: what people have signed, or still sign, stands."""
    versions = apps.get_model("placements", "ContractVersion").objects.filter(agreed_before=False)
    pairs = versions.values_list("document_id", "signed_document_id")
    signed = sorted({pk for pair in pairs for pk in pair if pk})
    documents = apps.get_model("core", "Document").objects
    for first in range(0, len(signed), 500):
        documents.filter(pk__in=signed[first : first + 500]).update(stands=True)


class Migration(migrations.Migration):
    dependencies = [("placements", "0017_agreed_before"), ("core", "0014_documents_that_stand")]

    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
