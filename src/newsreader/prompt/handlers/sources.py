"""Adding and syncing sources of fresh records."""

from __future__ import annotations

from pathlib import Path

from newsreader.prompt.index_session import sync
from newsreader.prompt.output import Output
from newsreader.prompt.parser import RefusedError
from newsreader.settings.model import Settings

_HANG = 4


class SourcesHandler:
    """Adds sources to the settings, and brings records in.

    Each use returns whether files of the corpus may have changed.
    """

    def __init__(self, root: Path, settings: Settings, output: Output) -> None:
        self._root = root
        self._settings = settings
        self._output = output

    def sync(self) -> bool:
        """Sync the sources of the corpus."""
        return sync(self._root, self._settings, self._output)

    def add(self, given: str) -> bool:
        """Add the source at an address or in a file, and sync it.

        Raises:
            AddError: there is none, or it is declared already.
            SettingsWriteError: the settings cannot be changed.

        """
        from newsreader.app.add_source import (
            SourceOptions,
            candidates_of,
            corpus_beside,
            declare,
            with_declared,
        )

        if not given:
            raise RefusedError("Give an address or a file after “add”, such as “add lab.example”.")
        found = candidates_of(given, private_addresses=self._settings.private_addresses)
        if len(found) > 1:
            self._output.say(f"{len(found):,} feeds were found; add one of them by its address:")
            for one in found:
                self._output.say(f"{one.title or '(no title)'}  {one.url}", hang=_HANG)
            return False
        added = declare(found[0], SourceOptions(), corpus_beside(self._settings, self._root))
        self._settings = with_declared(self._settings)
        self._output.say("Written to the settings:")
        for line in added.table.splitlines():
            self._output.say_whole(line)
        has_changed = sync(added.root, self._settings, self._output, [added.name])
        if added.root != self._root:
            self._output.say_whole(f"Read it: newsreader {added.root}")
            return False
        return has_changed
