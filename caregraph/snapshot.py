"""Snapshots: the facts of documents without their words, in one file of JSON lines, compressed with xz.

A line has a document: its hash and where the publisher gives it, and of each fact its place (page, characters from 0,
end exclusive), with names of things and people and no other words. What the words say of identity is there as places
of mentions. Lines are in the order of the sources; the same documents make the same bytes.

    {"source", "sha256", "kind", "authority": {"name", "gss"}, "inspected": [[day, day]], "published", "pages",
     "url", "provider_page" or "provider", "listed", "judgements", "people", "mentions", "findings", and where they are
     known "title", "listed_title", "extractor", "references", "sharing", "theme_text", "due", "unread", "same",
     "national", "shared", "sketch", "corrected", "passages": [[start, end, page, paragraph, boilerplate]]}
"""

import hashlib
import json
import lzma
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from caregraph.graph.atomic_files import write_atomically
from caregraph.graph.resolution.events import facts_of
from caregraph.graph.resolution.profiles import words_on_identity
from caregraph.graph.resolution.resolver import Resolver
from caregraph.graph.resolution.sharing import mention_of, with_made_mentions
from caregraph.ofsted.site import Site
from caregraph.ontology.errors import BadSnapshot, InvalidRecord
from caregraph.ontology.records import (
    PARTS,
    Authority,
    Mention,
    Origin,
    Passage,
    Person,
    Record,
    Unread,
    WithoutWords,
)

_HASH = re.compile(r"[0-9a-f]{64}")
_ADDRESS = re.compile(r"https?://\S+")
_QUOTED = re.compile(r"""\s*['"].*""", re.DOTALL)  # words of a report in a reason of ours
_LARGEST = 1 << 31  # characters of a snapshot, decompressed
REFUSALS = 3  # documents in which today's reader no longer takes a name
_UNKNOWN = "unknown"  # version of extractors that a snapshot does not tell
_NAMED = ("people", "mentions")  # parts of a record whose words are names, which stay
# Parts that a snapshot has without their words: all others that have a place, but passages, which it has as rows.
_PLACED = tuple(name for name in PARTS if name not in (*_NAMED, "unread", "passages"))
_REQUIRED = ("judgements", "findings")
_PASSAGE_FIELDS = ("start", "end", "page", "paragraph", "boilerplate")  # the last where it is not None
# Words of a part besides its text, and what stands in their place.
_BLANK: Mapping[str, Mapping[str, Any]] = {
    "findings": {"section": None},
    "sharing": {"thing": "", "name": None, "partners_text": None},
}


@dataclass(frozen=True, slots=True)
class SnapshotDocument:
    """One document of a snapshot."""

    record: Record
    origin: Origin


def read_snapshot(path: Path) -> Iterator[SnapshotDocument]:
    """Read the documents of a snapshot, in the order of its lines.

    Raises:
        BadSnapshot: if it is no snapshot, or a line is not of the form of snapshots; the message has its number.
    """
    number, size = 0, 0
    try:
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                number += 1
                size += len(line)
                if size > _LARGEST:
                    raise BadSnapshot(f"{path}: larger than {_LARGEST} characters")
                yield _document_of(json.loads(line))
    except (KeyError, TypeError, ValueError, AttributeError, InvalidRecord) as error:
        reason = f"lacks {error}" if isinstance(error, KeyError) else str(error)
        raise BadSnapshot(f"{path}, line {number}: {reason}") from error
    except (OSError, EOFError, lzma.LZMAError) as error:
        raise BadSnapshot(f"{path} cannot be read: {error}") from error


def _document_of(row: Mapping[str, Any]) -> SnapshotDocument:
    if not _HASH.fullmatch(row["sha256"]):
        raise InvalidRecord(f"sha256: expected 64 hexadecimal digits, got {row['sha256'][:80]!r}")
    record = Record(
        source=row["source"],
        sha256=row["sha256"],
        title=row.get("title"),
        kind=row["kind"],
        authority=Authority(row["authority"]["name"], row["authority"]["gss"]) if row["authority"] else None,
        inspected=tuple((date.fromisoformat(first), date.fromisoformat(last)) for first, last in row["inspected"]),
        published=_day(row["published"]),
        people=tuple(Person(**_placed(part, (part["name"],))) for part in row["people"]),
        mentions=tuple(Mention(**_placed(part, (part["name"], *part["aliases"]))) for part in row["mentions"]),
        **{name: _placed_parts(row, name) for name in _PLACED},
        unread=tuple(Unread(**part) for part in row.get("unread", ())),
        pages=row["pages"],
        without_words=WithoutWords(
            extractor=row.get("extractor", _UNKNOWN),
            same=tuple((first, second) for first, second in row.get("same", ())),
            national=tuple(row.get("national", ())),
            shared=tuple(row.get("shared", ())),
            sketch=tuple(row.get("sketch", ())),
            corrected=row.get("corrected", False),
        ),
    )
    passages = _passages(row["passages"]) if "passages" in row else _passages_around(record)
    return SnapshotDocument(replace(record, passages=passages), _origin_of(row))


def _placed_parts(row: Mapping[str, Any], name: str) -> tuple[Any, ...]:
    rows = row[name] if name in _REQUIRED else row.get(name, ())
    return tuple(PARTS[name](**_placed(part), **_BLANK.get(name, {})) for part in rows)


def _placed(part: Mapping[str, Any], names: Sequence[str] = ()) -> dict[str, Any]:
    """Fields of a quotation that has a place and no words, but for a name that fits in its place."""
    fields = {key: tuple(value) if isinstance(value, list) else value for key, value in part.items()}
    length = part["end"] - part["start"]
    return {"text": next((name for name in names if len(name) == length), ""), **fields}


def _passages(rows: Iterable[Sequence[Any]]) -> tuple[Passage, ...]:
    return tuple(Passage(text="", **dict(zip(_PASSAGE_FIELDS, row, strict=False))) for row in rows)


def _passages_around(record: Record) -> tuple[Passage, ...]:
    """Passages where a snapshot tells none: findings in a row of one paragraph, or of one page without a number."""
    passages: list[Passage] = []
    for finding in sorted(record.findings, key=lambda finding: finding.start):
        last = passages[-1] if passages else None
        if last and (last.page, last.paragraph) == (finding.page, finding.paragraph):
            passages[-1] = replace(last, end=max(last.end, finding.end))
        elif last is None or finding.start >= last.end:
            start, end, page = finding.start, finding.end, finding.page
            passages.append(Passage(text="", start=start, end=end, page=page, paragraph=finding.paragraph))
    return tuple(passages)


def _origin_of(row: Mapping[str, Any]) -> Origin:
    page = row.get("provider_page") or (Site().provider_page(row["provider"]) if row.get("provider") else None)
    for address in filter(None, (row.get("url"), page)):
        if not _ADDRESS.fullmatch(address):
            raise InvalidRecord(f"expected an address, got {address[:80]!r}")
    return Origin(row.get("url"), page, row.get("listed_title"), _day(row.get("listed")))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def write_snapshot(
    path: Path, records: Iterable[Record], origins: Mapping[str, Origin], resolver: Resolver, *, extractor: str
) -> int:
    """Write the facts of records without their words, whole or not at all; return how many documents there are.

    Args:
        resolver: one without decisions.
        extractor: the version that made the records that have words.

    Raises:
        StoreError: if it cannot be written.
    """
    rows = [
        _row_of(bare_record(record, resolver, extractor=extractor), origins.get(record.sha256, Origin()))
        for record in sorted(records, key=lambda record: (record.source, record.sha256))
    ]
    lines = (json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    content = "".join(f"{line}\n" for line in lines).encode()
    write_atomically(path, lzma.compress(content, preset=6, check=lzma.CHECK_CRC64))
    return len(rows)


def bare_record(record: Record, resolver: Resolver, *, extractor: str) -> Record:
    """Record without words, which resolves as the whole one; one that has none already stays as it is."""
    if record.without_words is not None:
        return record
    record = with_made_mentions(replace(record, authority=resolver.authority(record)))
    facts = facts_of(record)
    mentions = [mention_of(statement, record) for statement in record.sharing]
    stated = replace(
        words_on_identity(record, resolver),
        extractor=extractor,
        shared=tuple(mention.start if mention else -1 for mention in mentions),
        sketch=facts.sketch,
        corrected=facts.corrected,
    )
    bare_parts: dict[str, Any] = {
        name: tuple(replace(part, text="", **_BLANK.get(name, {})) for part in getattr(record, name))
        for name in _PLACED
    }
    sentences = {(statement.start, statement.end) for statement in record.sharing}  # in place of a name before them
    return replace(
        record,
        **bare_parts,
        mentions=tuple(
            replace(part, text="") if (part.start, part.end) in sentences else part for part in record.mentions
        ),
        unread=tuple(replace(part, reason=_QUOTED.sub("", part.reason).rstrip(": ")) for part in record.unread),
        passages=tuple(replace(part, text="", section=None) for part in record.passages),
        picture_pages=(),
        without_words=stated,
    )


def without_refused_names(older: Sequence[Record], newer: Mapping[str, Record]) -> Iterator[Record]:
    """Yield an older snapshot's records without the names that its reader took and today's refuses.

    So is a name in no list that the older records have of `REFUSALS` documents or more that were read anew, and the
    newer ones of none: part of an address, for example.

    Args:
        newer: the records of documents that were read anew, by hash; others may be among them.
    """
    counts = Counter(name for record in older if record.sha256 in newer for name in _unlisted_names(record))
    taken = {name for record in newer.values() for part in record.mentions for name in (part.name, *part.aliases)}
    refused = {name for name, count in counts.items() if count >= REFUSALS} - taken
    for record in older:
        mentions = tuple(part for part in record.mentions if part.term or part.name not in refused)
        gone = _unlisted_names(record) - {part.name for part in mentions}
        findings = (
            replace(part, involves=tuple(n for n in part.involves if n not in gone)) for part in record.findings
        )
        yield replace(record, mentions=mentions, findings=tuple(findings)) if gone else record


def _unlisted_names(record: Record) -> frozenset[str]:
    return frozenset(mention.name for mention in record.mentions if mention.term is None)


def _row_of(record: Record, origin: Origin) -> dict[str, Any]:
    plain, stated = record.as_json(), record.without_words or WithoutWords(extractor=_UNKNOWN)
    del plain["themes"]  # which are told by theme_text
    for group in (*_NAMED, *_PLACED):
        plain[group] = [_part_of(part) for part in plain[group]]
    passages = [_passage_row(part) for part in record.passages]
    told = {key: value for key, value in asdict(stated).items() if value}
    address = {
        "url": origin.address,
        "provider_page": origin.page,
        "listed_title": origin.title,
        "listed": origin.listed,
    }
    listed = {key: str(value) for key, value in address.items() if value}
    return {**plain, "passages": passages, **told, **listed}


def _passage_row(passage: Passage) -> list[Any]:
    row = [getattr(passage, name) for name in _PASSAGE_FIELDS]
    return row if passage.boilerplate else row[:-1]


def _part_of(part: Mapping[str, Any]) -> dict[str, Any]:
    """Part of a record as a row has it: without what is empty, and with a text only where no name fits in its place."""
    names = (part.get("name") or "", *(part.get("aliases") or ()))
    derived = next((name for name in names if len(name) == part["end"] - part["start"]), "")
    always = ("aliases", "topics", "themes", "start", "finding", "confidence")  # be they empty or 0
    kept = {key: value for key, value in part.items() if key in always or value not in (None, "", (), [], False)}
    return {key: value for key, value in kept.items() if key != "iri" and (key, value) != ("text", derived)}


def snapshot_digest(path: Path) -> str:
    """Hash of a snapshot's bytes.

    Raises:
        BadSnapshot: if it cannot be read.
    """
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise BadSnapshot(f"{path} cannot be read: {error.strerror or error}") from error
