"""How long the archive keeps a file: 永久, 30年 or 10年, by what kind of file it is (docs/decisions/0018).

The periods are settings: each court has its own table, which its archive authority has approved.
"""

from django.conf import settings

# In Chinese, as they stand in the list of every archive.
TERMS = {"permanent": "永久", "30": "30年", "10": "10年"}


def term(kind: str) -> str:
    """永久, 30年 or 10年. `kind`: a key of `settings.ARCHIVE_TERMS`."""
    return TERMS[settings.ARCHIVE_TERMS[kind]]
