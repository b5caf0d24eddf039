"""The import contracts of `pyproject.toml`: they hold, and each of them notices what it forbids."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import grimp
import pytest
from importlinter import api
from importlinter.configuration import configure
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.independence import IndependenceContract
from importlinter.contracts.layers import LayersContract
from importlinter.domain.contract import Contract

from tests.import_contracts import AllowedImporters

ROOT = Path(__file__).parents[2]
PACKAGES = ROOT / "src" / "newsreader"

LAYERS = (
    ("cli",),
    ("ui", "prompt", "commands"),
    ("app",),
    ("library", "web", "render", "browser"),
    ("corpus", "markup", "keymap", "settings", "state", "parent_process"),
    ("domain",),
)
"""From the top."""

GUARDED = {
    "sqlite3": ("library",),
    "textual": ("ui",),
    "httpx": ("web",),
    "yaml": ("corpus",),
    "PIL": ("web.fetch.picture", "ui.pictures"),
    "markdown_it": ("markup",),
    "platformdirs": ("settings.paths",),
}
"""Libraries, and who may import them."""

_TYPES: dict[str, type[Contract]] = {
    "layers": LayersContract,
    "forbidden": ForbiddenContract,
    "independence": IndependenceContract,
    "allowed_importers": AllowedImporters,
}


_NOT_OPTIONS = ("id", "type", "name")


@cache
def _graph() -> grimp.ImportGraph:
    return grimp.build_graph("newsreader", include_external_packages=True, cache_dir=None)


def _broken(graph: grimp.ImportGraph) -> set[str]:
    return {id_ for id_, contract in _contracts().items() if not contract.check(graph, verbose=False).kept}


@cache
def _contracts() -> dict[str, Contract]:
    configure()
    options = api.read_configuration(str(ROOT / "pyproject.toml"))
    session: dict[str, Any] = options["session_options"]
    return {
        one["id"]: _TYPES[one["type"]](
            one["name"],
            session,
            {key: value for key, value in one.items() if key not in ("id", "type", "name")},
        )
        for one in options["contracts_options"]
    }


def _broken_by(importer: str, imported: str) -> set[str]:
    """The contracts that an import would break."""
    graph = _graph()
    known = imported in graph.modules
    if not known:
        graph.add_module(imported, is_squashed=True)
    before = graph.direct_import_exists(importer=importer, imported=imported)
    graph.add_import(importer=importer, imported=imported)
    try:
        return {
            id_ for id_, contract in _contracts().items() if not contract.check(graph, verbose=False).kept
        }
    finally:
        if not before:
            graph.remove_import(importer=importer, imported=imported)


def _top_level() -> Iterator[str]:
    """The packages and modules right below `newsreader`."""
    for path in sorted(PACKAGES.iterdir()):
        if (path / "__init__.py").exists() or (path.suffix == ".py" and not path.stem.startswith("__")):
            yield path.stem


def _is_allowed(package: str, library: str) -> bool:
    return any(package == allowed.partition(".")[0] and "." not in allowed for allowed in GUARDED[library])


def test_every_contract_holds() -> None:
    assert not _broken(_graph())


def test_every_package_and_top_level_module_stands_in_one_layer() -> None:
    assert sorted(_top_level()) == sorted(name for layer in LAYERS for name in layer)


@pytest.mark.parametrize("package", sorted(_top_level()))
def test_a_guarded_library_is_noticed_wherever_it_is_not_allowed(package: str) -> None:
    module = f"newsreader.{package}"
    forbidden = [library for library in GUARDED if not _is_allowed(package, library)]
    assert forbidden
    for library in forbidden:
        assert _broken_by(module, library), f"{module} may import {library}"


@pytest.mark.parametrize("package", [name for layer in LAYERS[1:] for name in layer])
def test_an_upward_import_is_noticed_from_every_package(package: str) -> None:
    depth = next(at for at, layer in enumerate(LAYERS) if package in layer)
    for above in (name for layer in LAYERS[:depth] for name in layer):
        assert "layers" in _broken_by(f"newsreader.{package}", f"newsreader.{above}"), above


@pytest.mark.parametrize("layer", [layer for layer in LAYERS if len(layer) > 1], ids=lambda layer: layer[0])
def test_an_import_within_a_layer_is_noticed(layer: tuple[str, ...]) -> None:
    for package in layer:
        for sibling in layer:
            if sibling != package:
                assert "layers" in _broken_by(f"newsreader.{package}", f"newsreader.{sibling}"), sibling


@pytest.mark.parametrize("imported", ["newsreader.library", "newsreader.ui.widgets.status_line"])
def test_a_widget_that_reaches_too_far_is_noticed(imported: str) -> None:
    assert _broken_by("newsreader.ui.widgets.headline_list", imported)


def test_there_is_no_import_cycle() -> None:
    graph = _graph()
    own = {module for module in graph.modules if module.startswith("newsreader")}
    imports = {module: graph.find_modules_directly_imported_by(module) & own for module in own}
    # Remove modules that import none of the rest until nothing changes: what stays leads to a cycle.
    while leaves := {module for module, others in imports.items() if not others & imports.keys()}:
        for module in leaves:
            del imports[module]
    assert not imports
