"""Results, each beside its baseline and its bound."""

import sys

_missed: list[str] = []


def result(  # noqa: PLR0913 - one line of a table
    what: str,
    value: float,
    unit: str,
    *,
    baseline: float | None = None,
    at_most: float | None = None,
    at_least: float | None = None,
) -> None:
    """Prints one line. With a baseline the bound is for the ratio value / baseline."""
    measured = value / baseline if baseline else value
    kept = (at_most is None or measured <= at_most) and (at_least is None or measured >= at_least)
    beside = f"  baseline {baseline:,.2f} {unit}, ratio {measured:.2f}" if baseline else ""
    bound = (
        f"  (at most {at_most:g})"
        if at_most is not None
        else f"  (at least {at_least:g})"
        if at_least is not None
        else ""
    )
    print(f"{'  ' if kept else '! '}{what}: {value:,.2f} {unit}{beside}{bound}", flush=True)
    if not kept:
        _missed.append(what)


def finish() -> None:
    """Ends with an error where a bound was missed."""
    if _missed:
        sys.exit(f"{len(_missed)} bound(s) missed: {'; '.join(_missed)}")
