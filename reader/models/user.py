"""The readers themselves."""

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A reader, note-taker or editor; our own from the first migration, so that it can grow."""

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def hold(self) -> None:
        """Let what this reader sends be done one after the other, until the transaction ends."""
        User.objects.select_for_update(no_key=True).filter(pk=self.pk).first()
