"""Uploads: a document in memory is read and drawn as any other, and none can stop the explorer that asks for it."""

import errno
import hashlib
import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from caregraph import uploads
from caregraph.extractors.executor import Limits
from caregraph.ontology.errors import StoreError, UnreadableReport
from caregraph.ontology.report import PictureLine, PicturePage
from caregraph.uploads import page_pictures, preview
from caregraph.workspace import Workspace

SAMPLES = Path(__file__).parents[2] / "samples"
LETTER = SAMPLES / "brackenford_focused-visit_2022-07-14.txt"
LONG = LETTER.read_bytes() * 200  # not read before anyone looks at its limits


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    workspace = Workspace(tmp_path_factory.mktemp("data"))
    workspace.add_register(SAMPLES / "register.ttl")
    return workspace


def test_a_document_in_memory_is_read_as_a_file_is(workspace):
    record = preview(workspace, "letter.txt", LETTER.read_bytes())

    assert (record.source, record.authority.name) == ("letter.txt", "Brackenford")
    assert record.authority.gss
    assert workspace.cache.record(record.sha256, workspace.extractor) is not None


def test_registers_that_are_added_meanwhile_are_known(tmp_path):
    before = preview(Workspace(tmp_path), "letter.txt", LETTER.read_bytes())
    Workspace(tmp_path).add_register(SAMPLES / "register.ttl")
    after = preview(Workspace(tmp_path), "letter.txt", LETTER.read_bytes())

    assert [record.authority and record.authority.name for record in (before, after)] == [None, "Brackenford"]


@pytest.mark.parametrize(
    ("limits", "content", "reason"),
    [
        (Limits(), b"\0\0", "is empty"),
        (Limits(seconds=0, seconds_per_mb=0), LONG, "took longer than 0 seconds to read"),
        (Limits(memory=2**20, memory_per_mb=0), LONG, "needed more memory than 1 MB to be read"),
    ],
)
def test_a_document_that_cannot_be_read_is_refused_by_name(workspace, limits, content, reason):
    with pytest.raises(UnreadableReport) as refused:
        preview(workspace, "letter.txt", content, limits=limits)
    assert str(refused.value) == f"letter.txt: {reason}"


def test_many_readers_are_served_at_once(workspace):
    def read(number):
        return preview(workspace, f"{number}.txt", b"Ofsted rated Ashmere good.")

    with ThreadPoolExecutor(3) as threads:
        assert [record.source for record in threads.map(read, range(6))] == [f"{number}.txt" for number in range(6)]


def test_pages_are_drawn_by_what_the_record_says_of_their_pictures(tmp_path):
    """A page that was read from a picture is not read again, and its words are where the record has them."""
    content = (SAMPLES / "tarrowby_cs_2016-09-12.pdf").read_bytes()
    workspace = Workspace(tmp_path)
    record = workspace.reader.read_bytes("report.pdf", content)
    line = PictureLine("Few wait", (60.0, 78.0, 84.5, 110.0), 697.5, 712.0, 700.0, 12.0, 0.25)
    page = PicturePage(1, "another program", 180, 595.0, 842.0, 0.0, (line,))
    workspace.cache.add_document(content)
    workspace.cache.store_record(replace(record, picture_pages=(page,)), "another version")

    [picture] = page_pictures(tmp_path, record.sha256, 0, 3)

    drawn = Image.open(io.BytesIO(picture.png)).convert("RGB").resize((595, 842))
    amber = [x for x in range(595) if (pixel := drawn.getpixel((x, 137)))[0] > pixel[2] + 40]
    assert (min(amber), max(amber)) == (pytest.approx(60, abs=3), pytest.approx(78, abs=3))


def test_pages_are_drawn_in_a_process(tmp_path):
    content = (SAMPLES / "tarrowby_cs_2016-09-12.pdf").read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    Workspace(tmp_path).cache.add_document(content)

    [picture] = page_pictures(tmp_path, sha256, 10, 20)

    assert picture.number == 1
    assert picture.png.startswith(b"\x89PNG")
    assert page_pictures(tmp_path, "0" * 64, 10, 20) == []


def test_full_disk_beside_the_data_directory_is_an_error_with_words(monkeypatch, workspace):
    def no_room():
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(uploads, "TemporaryDirectory", no_room)

    with pytest.raises(StoreError, match="No space left on device"):
        uploads.add_documents(workspace, {"letter.txt": LETTER.read_bytes()})
