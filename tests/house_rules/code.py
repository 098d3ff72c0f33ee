"""The code of the product, read as text and as syntax trees."""

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)


@dataclass(frozen=True)
class Source:
    """One Python file of an app of ours."""

    app: str
    path: Path

    @property
    def name(self) -> str:
        """Return the path from the top of the project."""
        return str(self.path.relative_to(ROOT))

    @property
    def text(self) -> str:
        """Return what the file says."""
        return self.path.read_text(encoding="utf-8")

    @property
    def tree(self) -> ast.Module:
        """Return the file's syntax tree."""
        return _parsed(self.path)

    def is_in(self, *nouns: str) -> bool:
        """Return whether the file is ``views.py``, in ``views/``, or ``edit_views.py``, say."""
        inner = self.path.relative_to(ROOT / self.app)
        return any(
            inner.parts[0] == noun or inner.stem == noun or inner.stem.endswith(f"_{noun}")
            for noun in nouns
        )

    def walk(self, *kinds: type[ast.AST]) -> Iterator[ast.AST]:
        """Yield the nodes of some kinds."""
        return (node for node in ast.walk(self.tree) if isinstance(node, kinds))

    def at(self, node: ast.AST) -> str:
        """Return where a node stands."""
        return f"{self.name}:{node.lineno}"  # type: ignore[attr-defined]


@cache
def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


@cache
def sources() -> tuple[Source, ...]:
    """Return every Python file of our apps but their migrations."""
    return tuple(
        Source(app, path)
        for app in settings.OWN_APPS
        for path in sorted((ROOT / app).rglob("*.py"))
        if "migrations" not in path.parts
    )


@cache
def layers() -> dict[str, int]:
    """Return the level of each app, lowest 0, from the layer order of import-linter."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contract = project["tool"]["importlinter"]["contracts"][0]
    assert contract["type"] == "layers"
    return {
        app.strip(" ()"): level
        for level, line in enumerate(reversed(contract["layers"]))
        for app in line.split("|")
    }


def dotted(node: ast.AST) -> str:
    """Return a name with its attributes, such as ``timezone.now``; "" for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}".lstrip(".")
    return ""
