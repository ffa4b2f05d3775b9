"""Mutations for `benchmarks.robustness.fuzz`: samples that are changed at random, and the worker that reads them."""

import base64
import random
import re
import time
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.growth import INPUTS
from caregraph.extractors.executor import LIMITS
from caregraph.extractors.pipeline import ReportReader
from caregraph.extractors.reading.read import report_from_bytes
from caregraph.graph.dataset.statements import to_graph
from caregraph.graph.dataset.validation import validate_graph
from caregraph.graph.resolution.decisions import Decisions
from caregraph.graph.resolution.resolver import Resolver
from caregraph.ontology.errors import InvalidGraph, NotACouncilReport, UnreadableReport
from caregraph.ontology.records import Record
from caregraph.ontology.report import Report
from caregraph.ontology.vocabulary import load_vocabulary

SAMPLES = Path(__file__).parents[2] / "samples"
SUFFIXES = frozenset({".pdf", ".html", ".txt"})
_LARGEST = 1_500_000  # bytes of a mutation; the time of larger texts is measured elsewhere (`benchmarks.text_sizes`)
REPEATS = (10, 100, 1000, 20_000)  # of a token or line

_ODD_LETTERS = (
    "\0\x07\x0b\x0c\x1b\x85\xa0\xad\u0300\u200b\u200d\u202e\u2028\u2029\u2060\ufb01\ufeff\ufffc\ufffd\U0001f600"
)
_TAGS = (
    "<table>", "</table>", "<tr><td>", "</td>", "<div>" * 3000, "<!--", "-->", "<script>", "</p>", "<p>", "<li>",
    "<h2>", "<html>", "</body>", "<br/>" * 500, "&nbsp;", "&#0;", "&#x110000;", "&lt;", "<a href='", "<img alt='",
    "<![CDATA[", "]]>", "<style>", "<?xml version='1.0'?>",
    "<td colspan=100000>", "<base href='//'>", "<", ">", "<svg><text>",
)  # fmt: skip
_MARKS = ("# ", "## ", "| ", "|---|---|\n", "* ", "1. ", "> ", "```\n", "[^1]", "**", "[a](b)", "---\n", "\t", "    ")
_LINE_ENDS = ("\r", "\r\n", "\u2028", "\x0b", "\n\n\n", "")
_STREAM = re.compile(rb"(<<[^<>]*(?:<<[^<>]*>>[^<>]*)*>>)\s*stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
_NUMBERS = (b"0", b"-1", b"1e9", b"99999999999", b"-0.00001", b"3.4e38", b"90", b"180", b"0.001", b"nan")
_OPERATORS = (
    b" q\n", b" Q\n", b" BT\n", b" ET\n", b" 0 1 -1 0 0 0 cm\n", b" 0 0 0 0 0 0 cm\n", b" 1 0 0 -1 0 0 cm\n",
    b" 3 Tr\n", b" -100 Tz\n", b" 0 Tz\n", b" 50 Tc\n", b" 500 TL\n", b" T*\n", b" 40 Ts\n", b" (x) Tj\n", b" ((( Tj\n",
    b" [ ] TJ\n", b" /F9 12 Tf\n", b" /F1 0 Tf\n", b" /F1 -12 Tf\n", b" BI ID EI\n", b" W n\n", b" /Span BDC\n",
    b" EMC\n",
)  # fmt: skip
_PAGE_ENTRIES = (
    b"/Rotate 90", b"/Rotate 270", b"/Rotate 45", b"/MediaBox [0 0 1 100000]", b"/MediaBox [0 0 0 0]",
    b"/Count 99999999", b"/MediaBox [9 9 -9 -9]", b"/CropBox [0 0 10 10]", b"/UserUnit 1000", b"/Contents null",
    b"/Parent null",
    b"/Kids []",
)  # fmt: skip
_LETTER_AS_MAIL = (
    "From: a@b.example\nTo: c@d.example\nSubject: {subject}\nDate: Mon, 3 Apr 2023 10:00:00 +0000\n\n{text}"
)


@dataclass(frozen=True, slots=True)
class Mutation:
    """Sample that was changed: its number under a seed, what was done to which sample, and its bytes."""

    number: int
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """Result of reading one mutation: read, left out, refused or failed, the reason, and seconds of a processor."""

    number: int
    name: str
    kind: str
    reason: str = ""
    seconds: float = 0.0
    limit: float = 0.0

    @property
    def line(self) -> str:
        """Kind and reason, without names and numbers, by which outcomes are counted."""
        return " ".join(part for part in (self.kind, re.sub(r"\d[\d,.]*|'[^']*'", "…", self.reason)) if part)


def change_bytes(content: bytes, chance: random.Random) -> bytes:
    """Change, take out, put in, repeat, move or cut off bytes."""
    data = bytearray(content)
    for _ in range(chance.choice((1, 3, 30, 300))):
        if not data:
            break
        start = chance.randrange(len(data))
        end = min(len(data), start + chance.choice((1, 2, 16, 400)))
        act = chance.randrange(6)
        if act == 0:
            data[start] = chance.randrange(256)
        elif act == 1:
            del data[start:end]
        elif act == 2:
            data[start:start] = chance.randbytes(end - start)
        elif act == 3:
            data[end:end] = data[start:end] * chance.choice((1, 5, 50))
        elif act == 4:
            data[start:end] = data[start:end][::-1]
        elif chance.random() < 0.02:
            del data[start:]
    return bytes(data)


def change_lines(content: bytes, chance: random.Random) -> bytes:
    """Take out, repeat, swap, join, indent or shuffle lines, or end them otherwise."""
    lines = _text(content).split("\n")
    for _ in range(chance.choice((1, 5, 40))):
        index, act = chance.randrange(len(lines)), chance.randrange(7)
        if act == 0 and len(lines) > 1:
            del lines[index]
        elif act == 1:
            lines[index:index] = [lines[index]] * chance.choice((1, 20, 2000))
        elif act == 2:
            other = chance.randrange(len(lines))
            lines[index], lines[other] = lines[other], lines[index]
        elif act == 3 and index + 1 < len(lines):
            lines[index : index + 2] = [f"{lines[index]} {lines[index + 1]}"]
        elif act == 4:
            lines[index] = f"{chance.choice(_MARKS) * chance.choice((1, 3, 300))}{lines[index]}"
        elif act == 5:
            lines[index] = lines[index][: chance.randrange(len(lines[index]) + 1)]
        elif chance.random() < 0.1:
            chance.shuffle(lines)
    return chance.choice(("\n", "\n", *_LINE_ENDS)).join(lines).encode("utf-8", "surrogatepass")


def change_letters(content: bytes, chance: random.Random) -> bytes:
    """Put odd letters between the others, or in their places, or write the text in another code."""
    letters = list(_text(content))
    for _ in range(chance.choice((1, 20, 2000))):
        index = chance.randrange(len(letters))
        odd = chance.choice(_ODD_LETTERS)
        letters[index] = odd if chance.random() < 0.3 else letters[index] + odd
    code = chance.choice(("utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-16-be", "utf-7"))
    return "".join(letters).encode(code, "replace")


def change_markup(content: bytes, chance: random.Random) -> bytes:
    """Put tags and marks of Markdown anywhere, take out brackets, or make a mail of the text."""
    text = _text(content)
    for _ in range(chance.choice((1, 5, 50))):
        index = chance.randrange(len(text) + 1)
        act = chance.randrange(5)
        if act < 3:
            text = text[:index] + chance.choice((*_TAGS, *_MARKS)) + text[index:]
        elif act == 3:
            sign = chance.choice("<>/&\"'=#|")
            text = text[:index] + text[index:].replace(sign, "", chance.choice((1, 100)))
        elif len(text) > 1:
            text = text[: index + 1] + text[index : index + chance.choice((100, 5000))] + text[index + 1 :]
    if chance.random() < 0.1:
        text = _LETTER_AS_MAIL.format(subject=text[:60], text=text)
    return text.encode("utf-8", "surrogatepass")


def repeat_token(content: bytes, chance: random.Random) -> bytes:
    """Put a token again and again somewhere."""
    text = _text(content)
    for _ in range(chance.choice((1, 1, 4))):
        index, token = chance.randrange(len(text) + 1), chance.choice(list(INPUTS.values()))
        times = chance.choice(REPEATS)
        run = "".join(token.replace("{}", str(number)) for number in range(times)) if "{}" in token else token * times
        text = text[:index] + run + text[index:]
    return text.encode("utf-8", "surrogatepass")


def change_pages(content: bytes, chance: random.Random) -> bytes:
    """Change numbers, strings and operators on the pages of a PDF, or what the file says of its pages."""

    def changed(match: re.Match[bytes]) -> bytes:
        header, stream = match[1], _decoded(match[1], match[2])
        if stream is None or (b" Tj" not in stream and b" TJ" not in stream) or chance.random() < 0.3:
            return match[0]
        for _ in range(chance.choice((1, 10, 100))):
            stream = _changed_operator(stream, chance)
        header = re.sub(rb"/Filter\s*(?:\[[^\]]*\]|/\w+)|/Length \d+(?: \d+ R)?", b"", header)
        return header[:-2] + b"/Length %d>>\nstream\n" % len(stream) + stream + b"\nendstream"

    content = _STREAM.sub(changed, content)
    if chance.random() < 0.4:
        index = content.find(b"/Type /Page", chance.randrange(max(1, len(content))))
        if index >= 0:
            content = content[:index] + chance.choice(_PAGE_ENTRIES) + b" " + content[index:]
    return content


def _decoded(header: bytes, stream: bytes) -> bytes | None:
    with suppress(ValueError, zlib.error):
        if b"ASCII85Decode" in header:
            stream = base64.a85decode(stream.strip().removesuffix(b"~>"))
        return zlib.decompress(stream) if b"FlateDecode" in header else stream
    return None


def _changed_operator(stream: bytes, chance: random.Random) -> bytes:
    index, act = chance.randrange(len(stream) + 1), chance.randrange(5)
    if act == 0:
        return stream[:index] + chance.choice(_OPERATORS) * chance.choice((1, 1, 200)) + stream[index:]
    if act == 1:
        numbers = list(_NUMBER.finditer(stream, index))[:50]
        if numbers:
            number = chance.choice(numbers)
            return stream[: number.start()] + chance.choice(_NUMBERS) + stream[number.end() :]
    if act == 2:
        end = index + chance.choice((10, 200, 2000))
        return stream[:end] + stream[index:end] * chance.choice((1, 20)) + stream[end:]
    if act == 3:
        return stream[:index] + stream[index + chance.choice((1, 40, 1000)) :]
    lines = stream.split(b"\n")
    start = chance.randrange(len(lines))
    moved = lines[start : start + 20]
    return b"\n".join([*lines[:start], *lines[start + 20 :], *moved])


def _text(content: bytes) -> str:
    return content.decode("utf-8", "surrogateescape").encode("utf-8", "replace").decode() or " "


CHANGES: Mapping[str, Callable[[bytes, random.Random], bytes]] = {
    "bytes": change_bytes,
    "lines": change_lines,
    "letters": change_letters,
    "markup": change_markup,
    "token": repeat_token,
    "pages": change_pages,
}


def make_mutation(number: int, *, seed: int) -> Mutation:
    """Make a mutation; the same number and seed give the same."""
    chance = random.Random(f"{seed}-{number}")
    sample = chance.choice(sorted(path for path in SAMPLES.iterdir() if path.suffix in SUFFIXES))
    suited = ("bytes", "pages", "pages") if sample.suffix == ".pdf" else [name for name in CHANGES if name != "pages"]
    change, content = chance.choice(suited), sample.read_bytes()
    content = CHANGES[change](content, chance)
    if sample.suffix != ".pdf" and chance.random() < 0.3:
        further = chance.choice(suited)
        change, content = f"{change} and {further}", CHANGES[further](content, chance)
    return Mutation(number, f"{change} of {sample.name}", content[:_LARGEST])


class MutationReader:
    """All stages from a mutation's bytes to its statements; one to a process."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._vocabulary = load_vocabulary([SAMPLES / "register.ttl"])
        self._reader = ReportReader(self._vocabulary)
        self._resolver = Resolver(self._vocabulary, Decisions())

    def __call__(self, number: int) -> Outcome:
        """Make a mutation and read it."""
        mutation = make_mutation(number, seed=self._seed)
        outcome = partial(Outcome, number, mutation.name, limit=LIMITS.allowance(len(mutation.content)).seconds)
        begun = time.process_time()
        try:
            report = report_from_bytes("fuzz", mutation.content)
            record = self._reader.record(report)
            graph = to_graph(self._resolver.resolve(record), self._vocabulary, extractor="fuzz")
            validate_graph(graph, source="fuzz")
        except NotACouncilReport as error:
            return outcome("left out", error.seems, time.process_time() - begun)
        except UnreadableReport as error:
            return outcome("refused", error.reason, time.process_time() - begun)
        except InvalidGraph as error:
            return outcome("failed", str(error), time.process_time() - begun)
        if wrong := _wrong_quotations(record, report):
            return outcome("failed", f"quotes what is not there: {wrong[0]}", time.process_time() - begun)
        return outcome("read", "", time.process_time() - begun)


def _wrong_quotations(record: Record, report: Report) -> list[str]:
    quotes = [*record.judgements, *record.people, *record.mentions, *record.findings, *record.passages]
    return [
        f"{quote.text[:60]!r} at {quote.start}"
        for quote in quotes
        if report.text[quote.start : quote.end] != quote.text or report.page_at(quote.start) != quote.page
    ]
