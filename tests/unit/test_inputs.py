"""Inputs: which files a build is given, and the source that names each document."""

import os
from pathlib import Path

import pytest

from caregraph.graph.dataset.catalogue import Entry
from caregraph.inputs import find_inputs, gone_sources, location_of, name_sources, readable


@pytest.fixture
def folder(tmp_path):
    for name in ("a/report.pdf", "b/report.pdf", "letter.TXT", "notes.docm", ".hidden/report.pdf", "table.xlsx"):
        path = tmp_path / "given" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path / "given"


def sources(files, entries=()):
    hashes = {file.path: file.path.read_text() for file in files}
    return [file.source for file in name_sources(files, hashes, entries)]


def test_source_is_the_path_below_the_folder(folder):
    inputs = find_inputs([folder])

    assert [file.source for file in inputs.files] == ["a/report.pdf", "b/report.pdf", "letter.TXT"]
    assert inputs.ignored == ("notes.docm", "table.xlsx")
    assert inputs.ignored_kinds == {".docm": 1, ".xlsx": 1}


@pytest.mark.parametrize(
    "name", ["a.md", "a.markdown", "a.docx", "a.odt", "a.fodt", "a.eml", "a.mht", "a.MHTML", "a.xhtml"]
)
def test_kinds_that_are_read_are_looked_for_in_folders(tmp_path, name):
    (tmp_path / name).write_text("words")

    assert [file.source for file in find_inputs([tmp_path]).files] == [name]


@pytest.mark.parametrize("name", ["a.zip", "a.doc", "a.rtf", "a.msg", "a.xlsx", "a.png"])
def test_kinds_that_are_not_read_are_counted(tmp_path, name):
    (tmp_path / name).write_text("words")

    assert find_inputs([tmp_path]).ignored == (name,)


def test_file_given_twice_is_read_once(folder):
    assert len(find_inputs([folder, folder / "letter.TXT"]).files) == 3


def test_files_of_one_name_are_told_apart_by_their_folders(folder):
    inputs = find_inputs([folder / "a", folder / "b"])

    assert sources(inputs.files) == ["report.pdf", "b/report.pdf"]


def test_document_keeps_the_source_that_it_had(folder):
    path = folder / "b" / "report.pdf"
    known = Entry(source="report.pdf", sha256="x", extractor="1", location=location_of(path))
    inputs = find_inputs([folder / "a", folder / "b"])

    assert sources(inputs.files, [known]) == ["a/report.pdf", "report.pdf"]


def known(sha256, location):
    return Entry(source="letter.TXT", sha256=sha256, extractor="1", location=location)


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        # The same content elsewhere, or a file that is gone: the document has moved.
        (
            Entry(source="letter.TXT", sha256="letter.TXT", extractor="1", location="file:///gone/letter.TXT"),
            "letter.TXT",
        ),
        (Entry(source="letter.TXT", sha256="x", extractor="1", location="file:///gone/letter.TXT"), "letter.TXT"),
        # Another file that is still there.
        (known("x", Path(__file__).as_uri()), "given/letter.TXT"),
        # An upload is no file, so its name stays its own.
        (known("x", "upload:x"), "given/letter.TXT"),
    ],
)
def test_source_of_another_document_is_not_taken(folder, entry, expected):
    assert sources(find_inputs([folder / "letter.TXT"]).files, [entry]) == [expected]


def test_files_that_are_gone_are_those_below_the_folder(folder):
    there, gone = folder / "letter.TXT", folder / "gone.txt"
    entries = [
        Entry(source=path.name, sha256="x", extractor="1", location=location_of(path))
        for path in (there, gone, folder.parent / "elsewhere.txt")
    ]

    assert gone_sources([location_of(folder)], entries) == ["gone.txt"]


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode on Windows")
def test_name_that_is_not_utf8_is_read_as_windows_wrote_it(tmp_path):
    path = tmp_path / os.fsdecode(b"children\x92s services.txt")
    path.write_text("x")
    (file,) = find_inputs([tmp_path]).files

    assert file.source == "children’s services.txt"
    assert (
        gone_sources([location_of(tmp_path)], [Entry(source="x", sha256="x", extractor="1", location=file.location)])
        == []
    )
    assert readable(Path("a\udc81b")) == "a\ufffdb"
