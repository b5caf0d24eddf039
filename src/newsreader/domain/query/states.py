"""What a record can be or have, apart from the tree of a filter: the sidebar and completion need no more."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """What a record can be or have; written `is:front`, `has:amp`."""

    FRONT = "is:front"
    LEAD = "is:lead"
    FOLLOWER = "is:follower"
    UNREAD = "is:unread"
    READ = "is:read"
    STARRED = "is:starred"
    LATER = "is:later"
    NEW = "is:new"
    PROBLEM = "is:problem"
    GONE = "is:gone"
    AMP = "has:amp"
    IMAGE = "has:image"
    VIDEO = "has:video"
    BODY = "has:body"
    TEXT = "has:text"
    RELATED = "has:related"
    NOTE = "has:note"
