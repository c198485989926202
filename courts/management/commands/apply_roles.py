from typing import Any

from django.core.management.base import BaseCommand

from courts.roles import apply_roles


class Command(BaseCommand):
    help = "Gives each role exactly the permissions of courts/roles.py."

    def handle(self, *args: Any, **options: Any) -> None:
        apply_roles()
        self.stdout.write("Roles applied.")
