"""Above whom no court may set itself by the name of an award of its own."""

from typing import Any

from awards.models.categories import Family
from courts.models import Court

Level = Court.Level
# From the highest level down.
NATIONAL = ("全国", "国家级", "最高人民法院")
PROVINCIAL = ("全省", "省级", "全自治区")
MUNICIPAL = ("全市", "市级")
ABOVE: dict[str, tuple[str, ...]] = {
    Level.SUPREME: (),
    Level.HIGH: NATIONAL,
    Level.INTERMEDIATE: NATIONAL + PROVINCIAL,
    Level.SPECIAL: NATIONAL + PROVINCIAL,
    Level.BASIC: NATIONAL + PROVINCIAL + MUNICIPAL,
}


def word_above(court: Court, category: Any) -> str:
    """The word by which an in-house award calls itself that of a higher level; empty where there is none."""
    if category.family != Family.IN_HOUSE:
        return ""
    return next((word for word in ABOVE[court.level] if word in category.name), "")
