"""Routing of worker messages to the controllers that handle them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from textual.message import Message

Handler = TypeVar("Handler", bound=Callable[..., None])

_HANDLED = "_handled_messages"


def handles(*messages: type[Message]) -> Callable[[Handler], Handler]:
    """Mark a controller's method as the handler of some messages (`ui/messages.py`)."""

    def mark(method: Handler) -> Handler:
        setattr(method, _HANDLED, messages)
        return method

    return mark


class MessageRouter:
    """Passes messages to the controllers whose methods handle them.

    Args:
        controllers: Objects with methods marked by `handles`.

    """

    def __init__(self, controllers: Iterable[object]) -> None:
        self._handlers: dict[type[Message], list[Callable[[Any], None]]] = defaultdict(list)
        for controller in controllers:
            for name in vars(type(controller)):
                method = getattr(type(controller), name)
                for message in getattr(method, _HANDLED, ()):
                    self._handlers[message].append(getattr(controller, name))

    def dispatch(self, message: Message) -> None:
        """Call each handler of the message's type, in the order of the controllers."""
        for handler in self._handlers.get(type(message), ()):
            handler(message)
