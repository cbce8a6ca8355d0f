"""The web server's way in. The start-up checks run here too: no server may skip them."""

import os

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "astcoord.settings.production")
application = get_wsgi_application()
call_command("check", fail_level="ERROR", verbosity=0)
