"""What people enter about themselves and others. The sign-in forms are named in the settings."""

from staff.forms.signin import ConfirmCodeForm, RequestCodeForm

__all__ = ["ConfirmCodeForm", "RequestCodeForm"]
