"""The web server's way in. The start-up checks run here too: no server may skip them."""

import os

from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

from astcoord.core.proxies import Proxies

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "astcoord.settings.production")
application = Proxies(get_wsgi_application(), settings.TRUSTED_PROXIES)
call_command("check", fail_level="ERROR", verbosity=0)
