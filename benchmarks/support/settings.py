"""The site's settings with the addresses of the baselines; BENCH_CACHE=off turns the page cache off."""

from config import environment
from config.settings import *  # noqa: F403 - all of them
from config.settings import BASE_DIR, TEMPLATES

ROOT_URLCONF = "benchmarks.support.urls"
TEMPLATES[0]["DIRS"].append(BASE_DIR / "benchmarks" / "support" / "templates")
if not environment.flag("BENCH_CACHE", default=True):
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
