"""The folder of pictures: bounded, disposable, and never in the way."""

from __future__ import annotations

import os
from pathlib import Path

from newsreader.web.fetch.picture_cache import PictureCache, PicturesSize

ONE, TWO, THREE = (f"https://pics.example/{number}.jpg" for number in (1, 2, 3))


def _age(folder: Path, cache: PictureCache, url: str, seconds: int) -> None:
    os.utime(cache._file(url), (seconds, seconds))


def test_a_picture_is_found_under_every_spelling_of_its_url(tmp_path: Path) -> None:
    cache = PictureCache(tmp_path / "pictures")
    assert cache.get(ONE) is None
    cache.add(ONE, b"one")
    assert cache.get(ONE) == b"one"
    assert cache.get("http://www.pics.example/1.jpg#top") == b"one"
    assert cache.get(TWO) is None
    assert cache.size() == PicturesSize(1, 3)


def test_the_least_recently_used_picture_is_deleted_first(tmp_path: Path) -> None:
    cache = PictureCache(tmp_path, max_bytes=10)
    cache.add(ONE, b"1111")
    cache.add(TWO, b"2222")
    _age(tmp_path, cache, ONE, 1_000)
    _age(tmp_path, cache, TWO, 2_000)
    assert cache.get(ONE) == b"1111"  # used now
    cache.add(THREE, b"3333")
    assert [cache.get(url) for url in (ONE, TWO, THREE)] == [b"1111", None, b"3333"]


def test_a_picture_larger_than_the_cache_is_not_cached(tmp_path: Path) -> None:
    cache = PictureCache(tmp_path, max_bytes=10)
    cache.add(ONE, b"1")
    cache.add(TWO, b"2" * 11)
    assert cache.get(ONE) == b"1"
    assert cache.get(TWO) is None


def test_a_purge_deletes_all_or_old_pictures(tmp_path: Path) -> None:
    cache = PictureCache(tmp_path)
    cache.add(ONE, b"1")
    cache.add(TWO, b"22")
    _age(tmp_path, cache, ONE, 1_000)
    assert cache.purge(older_than=2_000) == PicturesSize(1, 1)
    assert cache.purge() == PicturesSize(1, 2)
    assert cache.size() == PicturesSize(0, 0)


def test_a_removed_picture_leaves_no_file(tmp_path: Path) -> None:
    cache = PictureCache(tmp_path)
    cache.add(ONE, b"1")
    cache.remove(ONE)
    cache.remove(TWO)
    assert list(tmp_path.iterdir()) == []


def test_an_unusable_folder_only_disables_the_cache(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    cache = PictureCache(blocked)
    cache.add(ONE, b"1")
    assert cache.get(ONE) is None
    assert cache.size() == PicturesSize(0, 0)
    assert cache.purge() == PicturesSize(0, 0)
