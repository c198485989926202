"""Fills or checks a template of a court: a job as JSON on standard input. Started by papers/court_templates.py.

A process of its own, without Django: a template is a program that a person wrote. It runs in jinja's sandbox, sees
nothing but plain texts, writes no file, and ends with its process when it takes too long or too much. What is wrong
with it is one line on standard error, and exit code 2.
"""

import base64
import io
import json
import resource
import sys
from typing import Any
from zipfile import BadZipFile

from docxtpl import DocxTemplate  # type: ignore[import-untyped]
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml.etree import XMLSyntaxError  # type: ignore[import-untyped]

WRONG = 2  # the exit code of a template that cannot be filled


def main() -> int:
    job: dict[str, Any] = json.load(sys.stdin.buffer)
    resource.setrlimit(resource.RLIMIT_AS, (job["memory"], job["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (job["seconds"], job["seconds"]))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    content = base64.b64decode(job["template"])
    try:
        output = asked_for(content) if job["act"] == "fields" else filled(content, job["context"])
    except (TemplateError, XMLSyntaxError, BadZipFile, KeyError, TypeError, ValueError, ArithmeticError) as error:
        sys.stderr.write(" ".join(str(error).split())[:300])
        return WRONG
    sys.stdout.buffer.write(output)
    return 0


def environment() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)


def asked_for(content: bytes) -> bytes:
    """The names that the template asks for."""
    names = DocxTemplate(io.BytesIO(content)).get_undeclared_template_variables(environment())
    return json.dumps(sorted(names)).encode()


def filled(content: bytes, context: dict[str, Any]) -> bytes:
    template = DocxTemplate(io.BytesIO(content))
    template.render(context, environment(), autoescape=True)
    file = io.BytesIO()
    template.save(file)
    return file.getvalue()


if __name__ == "__main__":
    sys.exit(main())
