"""Extraction of articles from pages, without network access or state."""

from newsreader.web.extract.extract import Article, Engine, extract_article

__all__ = ["Article", "Engine", "extract_article"]
