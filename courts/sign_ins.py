"""Who signed in and out, who failed, when and from where. django-axes writes these rows; here they get their names.

They belong to no court (`court_path` is missing), so that only the system administrator reads them, and nobody
changes them: they go with `manage.py prune_logs` alone.
"""

from axes.models import AccessFailureLog, AccessLog
from django.utils.translation import gettext_lazy as _


class SignIn(AccessLog):
    """登录记录. One session from signing in to signing out; whoever does not sign out has no end."""

    class Meta:
        proxy = True
        verbose_name = _("sign-in")
        verbose_name_plural = _("sign-ins")

    def __str__(self) -> str:
        return f"{self.username} {self.attempt_time:%Y-%m-%d %H:%M}"


class FailedSignIn(AccessFailureLog):
    """登录失败记录. A name with a password that is not its own. While the name is locked out, nothing is added."""

    class Meta:
        proxy = True
        verbose_name = _("failed sign-in")
        verbose_name_plural = _("failed sign-ins")

    def __str__(self) -> str:
        return f"{self.username} {self.attempt_time:%Y-%m-%d %H:%M}"
