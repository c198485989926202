"""Sets one paper: a job as JSON on standard input, the files on standard output. Started by papers/typesetting.py.

A process of its own, without Django: typst ends the process that runs out of memory, and code of a template that never
ends can only be stopped with its process. A wrong template is one line on standard error and exit code 2.
"""

import datetime
import json
import resource
import sys
from typing import Any

import typst

WRONG = 2  # the exit code of a template that does not compile


def main() -> int:
    job: dict[str, Any] = json.load(sys.stdin.buffer)
    resource.setrlimit(resource.RLIMIT_AS, (job["memory"], job["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (job["seconds"], job["seconds"]))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try:
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=job["fonts"])
        compiler = typst.Compiler(job["template"], root=job["root"], font_paths=fonts)
        for data in job["data"]:
            write(compiled(compiler, data, job))
    except typst.TypstError as error:
        sys.stderr.write(f"{error.diagnostic}\n")
        return WRONG
    return 0


def compiled(compiler: typst.Compiler, data: str, job: dict[str, Any]) -> list[bytes]:
    """The files of one document: one PDF, or a picture of each page."""
    files = compiler.compile(
        format=job["format"],
        ppi=job["ppi"],
        sys_inputs={"data": data},
        pdf_standards=job["standard"],
        timestamp=datetime.datetime.fromisoformat(job["date"]),
    )
    return files if isinstance(files, list) else [files or b""]


def write(files: list[bytes]) -> None:
    """A line with their lengths, then the files themselves."""
    lengths = " ".join(str(len(file)) for file in files)
    sys.stdout.buffer.write(f"{lengths}\n".encode())
    for file in files:
        sys.stdout.buffer.write(file)


if __name__ == "__main__":
    sys.exit(main())
