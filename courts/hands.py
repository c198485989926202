"""Whoever stands behind steps that no account of this installation took: nobody can sign in as one of them."""

from courts.models import User


def hand(username: str, name: str) -> User:
    """The account of this name, made where there is none: not active, without a password."""
    user, created = User.objects.get_or_create(username=username, defaults={"last_name": name, "is_active": False})
    if created:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user
