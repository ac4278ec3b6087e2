"""`make locales`: bring the template and every language's catalogue up to date with the code."""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tools.catalogues import ROOT, expected_files


def write_if_changed(path: Path, text: str) -> bool:
    """Put `text` into a file, all of it or nothing, unless it is there already.

    Returns:
        Whether the file changed.
    """
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", newline="\n", dir=path.parent, suffix=".new", delete=False
    ) as file:
        file.write(text)
    new = Path(file.name)
    new.chmod(0o644)
    new.replace(path)
    return True


def update(root: Path, *, keep_unused: bool = True) -> list[Path]:
    """Write what has changed and return those files."""
    files = expected_files(root, keep_unused=keep_unused)
    return [path for path, text in files.items() if write_if_changed(path, text)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Update the catalogues of this checkout and say which changed."""
    parser = argparse.ArgumentParser(prog="make locales", description=__doc__)
    parser.add_argument(
        "--drop-unused",
        action="store_true",
        help="forget the translations of texts that are no longer in the code",
    )
    options = parser.parse_args(arguments)
    changed = update(ROOT, keep_unused=not options.drop_unused)
    for path in changed:
        print(f"updated {path.relative_to(ROOT)}")
    if not changed:
        print("the catalogues are up to date")
    return 0


if __name__ == "__main__":
    sys.exit(main())
