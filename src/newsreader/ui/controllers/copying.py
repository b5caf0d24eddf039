"""Copying stories, and writing them out: links, titles, citations."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from newsreader.domain.plural import counted, without
from newsreader.domain.record import LinkKind, Record
from newsreader.domain.sanitize import clean_line
from newsreader.domain.setting_values import Clipboard
from newsreader.ui.messages import Notification, TextCopied, handles

if TYPE_CHECKING:
    from newsreader.ui.controllers.context import ScreenContext


class CopyController:
    """Copies stories to the clipboard or to files, and reports it on the status line."""

    def __init__(self, context: ScreenContext) -> None:
        self._context = context

    def copy(self, record: Record) -> None:
        """Copy the original link."""
        link = record.link(LinkKind.ORIGINAL)
        if link is None:
            self._context.tell("This story has no link to copy.")
        else:
            self.copy_text(link.url)

    def copy_as(self, record: Record) -> None:
        """Let the reader choose in which form a story is copied."""
        from newsreader.domain.citation import citations
        from newsreader.ui.dialogs.chooser import Choice, ChooserScreen

        forms = citations(record)
        self._context.push(
            ChooserScreen("Copy", [Choice(form.name, form.text) for form in forms]),
            lambda index: None if index is None else self.copy_text(forms[index].text),
        )

    def copy_text(self, text: str, what: str = "") -> None:
        """Copy a text with a program, else through the terminal; `what` describes it in the message."""
        what = what or clean_line(text, 200)
        mode = self._context.settings.clipboard
        if mode is Clipboard.OSC52:
            self._send_to_terminal(text, what)
            return

        def work() -> None:
            from newsreader.app.clipboard import clipboard_tools, copy_with

            is_there = bool(copy_with(clipboard_tools(os.environ, sys.platform), text))
            self._context.post(TextCopied(text, what, is_there))

        self._context.run_in_thread(work, "clipboard")

    @handles(TextCopied)
    def report(self, message: TextCopied) -> None:
        """Say that a text was copied, or send it to the terminal where no program could copy it."""
        if message.is_there:
            self._context.tell(f"Copied {message.what}")
        elif self._context.settings.clipboard is Clipboard.COMMAND:
            self._context.tell(
                "Nothing was copied: no program for the clipboard works here. "
                'With clipboard = "auto" in the settings the terminal is asked.'
            )
        else:
            self._send_to_terminal(message.text, message.what)

    def _send_to_terminal(self, text: str, what: str) -> None:
        """Ask the terminal to copy (OSC 52); it does not say whether it has."""
        self._context.screen.app.copy_to_clipboard(text)
        needs = "; tmux needs “set-clipboard on”" if os.environ.get("TMUX") else ""
        self._context.tell(f"Sent to the terminal to copy (OSC 52{needs}): {what}")

    def copy_all(self, records: Sequence[Record]) -> None:
        """Copy the original links of several stories, a line each."""
        links = [link.url for record in records if (link := record.link(LinkKind.ORIGINAL))]
        what = counted(len(links), "link") + without(len(records) - len(links))
        if links:
            self.copy_text("\n".join(links), what)
        else:
            self._context.tell("These stories have no link to copy.")

    def copy_all_as(self, records: Sequence[Record]) -> None:
        """Let the reader choose in which form several stories are copied, or written to a file."""
        from newsreader.domain.citation import lists
        from newsreader.ui.dialogs.chooser import Choice, ChooserScreen

        forms = lists(records)
        choices = [Choice(form.name, form.text.partition("\n")[0]) for form in forms]
        choices.append(Choice("To a file", "Markdown, HTML or plain text, as its name ends"))

        def chosen(index: int | None) -> None:
            if index is None:
                return
            if index == len(forms):
                self._write_out(records)
                return
            what = f"{counted(len(records), 'story', 'stories')} as {forms[index].name}."
            self.copy_text(forms[index].text, what)

        self._context.push(ChooserScreen(f"Copy {len(records):,} stories", choices), chosen)

    def _write_out(self, records: Sequence[Record]) -> None:
        """Ask for a file, and write the stories to it."""
        from newsreader.domain.citation import written_out
        from newsreader.ui.dialogs.prompt import PromptScreen

        def work(path: Path) -> None:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                with path.open("x", encoding="utf-8") as file:
                    file.write(written_out(records, path.suffix))
            except FileExistsError:
                words = f"{path} is there already; it was not changed."
            except OSError as error:
                words = f"{path}: cannot be written ({error.strerror})."
            else:
                words = f"Wrote {counted(len(records), 'story', 'stories')} to {path}"
            self._context.post(Notification(clean_line(words)))

        def asked(name: str | None) -> None:
            if name:
                path = Path(name).expanduser()
                self._context.run_in_thread(lambda: work(path), "file")

        prompt = PromptScreen("Write to a file", "~/stories.md", refuse=self._refuse)
        self._context.push(prompt, asked)

    def _refuse(self, name: str) -> str:
        path = Path(name).expanduser().resolve()
        return (
            "Nothing is ever written into the corpus."
            if path.is_relative_to(self._context.library.root)
            else ""
        )
