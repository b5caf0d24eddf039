"""The programs whose folders are known, what tells each of them, and what is peculiar to it."""

from __future__ import annotations

from typing import Final, NamedTuple

from newsreader.corpus.document import Format


class Preset(NamedTuple):
    """A program and its customs.

    Args:
        name: As the settings and the status line have it.
        marks: Files or folders of a site's root that tell of the program; all of one tuple are needed.
        keys: Folded keys that no other program uses.
        formats: Formats of metadata that it alone uses.
        folders: Names of folders in the paths of its records.
        splits_by_spaces: Whether names in text are separated by spaces.
        hides_future: Whether a record of a day to come is not shown.
        file_is_title: Whether the name of the file is the title, before any heading.
        skips_bare: Whether dated files without metadata are notes, not records.
        templates: Names of folders of templates, in lower case; the files in them are no records.
        paths_are_addresses: Whether `path` is the address below the site's, also without a slash before it.
        pages: The folder of records that are pages, not posts, with the addresses of their paths; None where
            all addresses follow from `link`.
        link: How the address of a record follows from the site's, empty where that is not known.

    """

    name: str
    marks: tuple[tuple[str, ...], ...] = ()
    keys: tuple[str, ...] = ()
    formats: tuple[Format, ...] = ()
    folders: tuple[str, ...] = ()
    splits_by_spaces: bool = False
    hides_future: bool = False
    file_is_title: bool = False
    skips_bare: bool = False
    templates: tuple[str, ...] = ()
    paths_are_addresses: bool = False
    pages: str | None = None
    link: str = ""


PRESETS: Final[dict[str, Preset]] = {
    preset.name: preset
    for preset in (
        Preset(
            "native", keys=("publisheddatetime", "originalurl", "weburl", "cdnampweburl"), folders=("_news",)
        ),
        Preset(
            "hexo",
            marks=(("_config.yml", "source/_posts"), ("_config.yml", "scaffolds")),
            templates=("scaffolds",),
            hides_future=False,
            pages="source",
            link="/:year/:month/:day/:title/",
        ),
        Preset(
            "jekyll",
            marks=(
                ("_config.yml", "_posts"),
                ("_config.yml", "_layouts"),
                ("_config.yml", "Gemfile"),
                ("_posts",),
            ),
            folders=("_posts", "_drafts"),
            splits_by_spaces=True,
            hides_future=True,
            pages="",
            link="/:categories/:year/:month/:day/:title.html",
        ),
        Preset(
            "zola",
            marks=(("config.toml", "templates", "content"), ("zola.toml",)),
            keys=("taxonomies", "insertanchorlinks", "ingeneratedsitemap"),
            paths_are_addresses=True,
            link="/:path/",
        ),
        Preset(
            "hugo",
            marks=(
                *(("hugo.toml",), ("hugo.yaml",), ("hugo.yml",), ("hugo.json",), ("config/_default",)),
                *(("config.toml", "archetypes"), ("config.toml", "content"), ("config.yaml", "content")),
                ("config.yml", "content"),
            ),
            keys=("publishdate", "expirydate", "iscjklanguage"),
            templates=("archetypes",),
            formats=(Format.TOML,),
            hides_future=True,
            link="/:path/",
        ),
        Preset(
            "eleventy",
            marks=(
                (".eleventy.js",),
                ("eleventy.config.js",),
                ("eleventy.config.mjs",),
                ("eleventy.config.cjs",),
            ),
            keys=("eleventynavigation", "eleventyexcludefromcollections", "eleventycomputed"),
        ),
        Preset(
            "astro",
            marks=(("astro.config.mjs",), ("astro.config.ts",), ("astro.config.js",)),
            keys=("pubdatetime", "pubdate", "heroimage", "ogimage"),
        ),
        Preset("next", marks=(("next.config.js",), ("next.config.mjs",), ("next.config.ts",)), keys=()),
        Preset(
            "pelican",
            marks=(("pelicanconf.py",),),
            formats=(Format.HEADERS,),
            link="/:title.html",
        ),
        Preset("mkdocs", marks=(("mkdocs.yml",), ("mkdocs.yaml",)), keys=("hide", "readtime")),
        Preset(
            "obsidian",
            marks=((".obsidian",),),
            keys=("aliases", "cssclasses", "cssclass", "dgpublish"),
            file_is_title=True,
            skips_bare=True,
            templates=("templates", "template", "_templates"),
        ),
        Preset(
            "logseq",
            marks=(("logseq/config.edn",), ("journals", "pages")),
            formats=(Format.PROPERTIES,),
            folders=("journals",),
            file_is_title=True,
        ),
        Preset("zenn", marks=(("articles", "books"),), keys=("emoji",)),
        Preset(
            "ghost",
            keys=("customexcerpt", "featureimage", "codeinjectionhead", "publishedat", "featured"),
        ),
        Preset("readwise", keys=("readwiseurl", "datehighlighted", "highlightcount", "lasthighlighted")),
        Preset("omnivore", keys=("datesaved", "omnivoreurl", "readingprogress", "wordscount")),
        Preset("pocket", keys=("timeadded", "timetoread", "resolvedurl", "resolvedtitle", "pocketid")),
        Preset("plain"),
    )
}
"""By name; where two are equally likely, the first is taken."""

GENERIC: Final = PRESETS["plain"]
"""What is assumed where nothing tells."""
