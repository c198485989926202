"""Says where requirements/*.txt and pyproject.toml disagree: part of `make check`.

Both locks must hold every dependency, in the range that pyproject.toml gives and with hashes, and one version of each.
"""

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+) \\\n\s+--hash=sha256:", re.MULTILINE)


def locked(file: str) -> dict[str, str]:
    """Versions by name in a lock; a line without a hash is none."""
    return {canonicalize_name(name): version for name, version in LOCKED.findall((ROOT / file).read_text())}


def missing(file: str, versions: dict[str, str], requirements: list[str]) -> Iterator[str]:
    for requirement in map(Requirement, requirements):
        version = versions.get(canonicalize_name(requirement.name))
        if version is None:
            yield f"{file} has no {requirement.name} with a hash"
        elif not requirement.specifier.contains(version):
            yield f"{file} has {requirement.name} {version}, pyproject.toml wants {requirement.specifier}"


def disagreements() -> Iterator[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    runtime, dev = locked("requirements/runtime.txt"), locked("requirements/dev.txt")
    yield from missing("requirements/runtime.txt", runtime, project["dependencies"])
    yield from missing("requirements/dev.txt", dev, project["dependencies"] + project["optional-dependencies"]["dev"])
    for name in sorted(runtime):
        if dev.get(name) != runtime[name]:
            yield f"{name} is {runtime[name]} for the site and {dev.get(name, 'missing')} for its tests"


def main() -> int:
    found = list(disagreements())
    for line in found:
        sys.stderr.write(f"{line}; see: make lock\n")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
