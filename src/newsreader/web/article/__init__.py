"""A page -> the article on it, without the menus, boxes and banners around it. No network, no state."""

from newsreader.web.article.extracting import extract_article
from newsreader.web.article.values import Article, Engine

__all__ = ["Article", "Engine", "extract_article"]
