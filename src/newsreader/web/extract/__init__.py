"""A page -> the article on it, without the menus, boxes and banners around it. No network, no state."""

from newsreader.web.extract.extract import extract_article
from newsreader.web.extract.result import Article, Engine

__all__ = ["Article", "Engine", "extract_article"]
