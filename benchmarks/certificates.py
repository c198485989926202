"""500 certificates in one PDF beside a bare typst run of the same pages, and the first page of one.

Ours is everything between the button and the file: numbers, words, names checked against the fonts, limits of time and
memory, the log. The bare run is typst alone in a process of its own, with the same template and the same data.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.support.database import scratch_database
from benchmarks.support.results import finish, result

MANY = 500
TURNS = 4  # in turns, and the best of each counts: whatever else this machine does meets both alike
BARE = """
import json, sys, typst
job = json.load(open(sys.argv[1]))
fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=job["fonts"])
compiler = typst.Compiler(job["template"], root=job["root"], font_paths=fonts)
compiler.compile(output=sys.argv[2], sys_inputs={"data": job["data"]}, pdf_standards=["a-2b"], timestamp=0)
"""


def main() -> None:
    with scratch_database("court_bench_certificates"), tempfile.TemporaryDirectory() as folder:
        conference, clerk = fill()
        ours, bare = compare(conference, clerk, Path(folder))
        result(f"{MANY} certificates in one PDF", ours, "s", baseline=bare, at_most=1.5)
        result("First page of one certificate", first_page(conference), "s", at_most=0.5)
    finish()


def compare(conference, clerk, folder: Path) -> tuple[float, float]:
    """Least seconds of ours and of the bare run. The first of ours numbers the certificates, which is not repeated."""
    from papers.certificates import printing
    from papers.certificates.sheets import Layout, winners_of

    keys = [winner.pk for winner in winners_of(conference)]

    def ours() -> None:
        one = printing.begin(conference, keys, Layout(), output="pdf", by=clerk, address="https://hui.example.cn")
        while one.is_open:
            printing.proceed(one)

    first = seconds(ours)
    result(f"{MANY} certificates, numbered for the first time", first, "s")
    job = bare_job(conference, folder)
    command = [sys.executable, "-c", BARE, str(job), str(folder / "bare.pdf")]
    turns = [(seconds(ours), seconds(lambda: subprocess.run(command, check=True))) for _turn in range(TURNS)]
    return min(turn[0] for turn in turns), min(turn[1] for turn in turns)


def bare_job(conference, folder: Path) -> Path:
    """What the bare run reads: data as ours makes them."""
    from papers.certificates.sheets import TEMPLATE, Layout, sheets, winners_of
    from papers.fonts import folders
    from papers.typesetting import ROOT

    data = sheets(winners_of(conference), conference.court, Layout(), base="https://hui.example.cn")
    job = {
        "template": str(ROOT / TEMPLATE),
        "root": str(ROOT),
        "fonts": [str(path) for path in folders()],
        "data": json.dumps(data, ensure_ascii=False),
    }
    path = folder / "job.json"
    path.write_text(json.dumps(job))
    return path


def first_page(conference) -> float:
    """Least seconds from asking for the picture on the page to having it, as the clerk's browser does."""
    from django.test import Client

    from papers.certificates.sheets import winners_of
    from tests import make

    winner, client = winners_of(conference)[0], Client()
    client.force_login(make.user("clerk", court=conference.court))
    address = f"/admin/papers/certificates/{conference.pk}/preview/{winner.pk}/"
    return min(seconds(lambda: client.get(address)) for _turn in range(TURNS))


def fill():
    """A conference with 500 winners of ten awards, and a clerk."""
    from awards.models import Commendation
    from tests import make

    court = make.court(name="青屿市湖滨区人民法院", document_prefix="青湖")
    conference = make.published(court=court)
    make.certificate_settings(court=court, signatories="党组书记、院长　杜某\n政治部主任　李某某")
    decision = make.decision(conference=conference, year=2024, serial=3)
    categories = [make.category(court=court, order=order) for order in range(10)]
    for number in range(MANY):
        winner = Commendation(conference=conference, decision=decision, category=categories[number % 10])
        winner.name, winner.order = f"王{chr(0x4E00 + number)}{chr(0x5000 + number)}", number
        winner.save()
    return conference, make.user("clerk", court=court)


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    os.environ.setdefault("DATA_DIR", tempfile.mkdtemp())
    main()
