"""A kind of import contract: who alone may import a library."""

from __future__ import annotations

from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class AllowedImporters(Contract):
    """Only some packages import a library or package; everything else is forbidden to.

    Configuration options:
        modules: The libraries or packages that are guarded.
        allowed: The packages and modules that may import them; what lies in them may as well.

    """

    modules: Any = fields.SetField(subfield=fields.ModuleField())
    allowed: Any = fields.SetField(subfield=fields.ModuleField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Find the imports from anywhere else."""
        allowed = {module.name for module in self.allowed}
        guarded = {module.name for module in self.modules}
        found = sorted(
            {
                (importer, imported)
                for imported in guarded
                for target in _with_descendants(graph, imported)
                for importer in graph.find_modules_that_directly_import(target)
                if not _is_in(importer, allowed | guarded)
            }
        )
        return ContractCheck(kept=not found, metadata={"found": found})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """List the imports."""
        for importer, imported in check.metadata["found"]:
            output.print_error(f"- {importer} is not allowed to import {imported}")


def _with_descendants(graph: ImportGraph, module: str) -> set[str]:
    if module not in graph.modules:
        return set()
    return {module} if graph.is_module_squashed(module) else {module, *graph.find_descendants(module)}


def _is_in(module: str, packages: set[str]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)
