"""Write the versions resolved now into pyproject.toml as constraints: the tested set, by name and version.

uv's own lock file names the registry it was made from, so it is not committed.
"""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

PYPROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"
BEGIN, END = "# tested set: begin (just pin)", "# tested set: end"


def resolved_versions() -> list[str]:
    """One requirement a line, `name==version ; marker`, without the project itself."""
    command = ["uv", "export", "--all-groups", "--all-extras", "--no-hashes", "--no-emit-project", "--no-annotate"]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    return [line.strip() for line in lines if re.match(r"^[A-Za-z0-9]", line)]


def main() -> None:
    text = PYPROJECT.read_text(encoding="utf-8")
    entries = "".join(f"    {json.dumps(requirement)},\n" for requirement in resolved_versions())
    block = f"{BEGIN}\n[tool.uv]\nconstraint-dependencies = [\n{entries}]\n{END}\n"
    pattern = re.compile(re.escape(BEGIN) + ".*?" + re.escape(END) + "\n", re.DOTALL)
    text = pattern.sub("", text).rstrip("\n") + "\n\n" + block
    PYPROJECT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
