"""How far extracted records agree with hand labels: the measure of ``caregraph evaluate``.

A document's labels are matched to its record by the stem of the file's name;
a labelled document without a record counts as empty. Fields are exact;
judgements are pairs of area and grade; people are surname and the first
letters of the first name; a named thing matches by any of its names; a
labelled sentence is compared with the finding that overlaps it most.
"""

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from caregraph.ontology.records import INSPECTOR_ROLES, LEADER_ROLES, POLARITIES

Row = Mapping[str, Any]
Tell = Callable[[str, str, object, object], None]  # document, field, wanted, got

# Readers differ on whether these are named things: finding or missing them costs nothing.
EITHER_WAY = frozenset(
    """front door|local authority designated officer|lado|designated officer|independent reviewing officer|iro
    |social worker|personal adviser|principal social worker|early help services|early help|childrens services
    |childrens social care|adoption services|fostering service|ilacs|jtai
    |inspection of local authority childrens services|joint targeted area inspection|area send inspection
    |single inspection|supervision|audit|case audit|sufficiency strategy|chronology|safety plan|support plan
    |children act 1989|children act|southwark judgement|local offer|statutory visit|quality assurance framework
    |social care|local area|ofsted|care quality commission|cqc""".replace("\n    ", "").split("|")
)
_LONGER = 3  # words that a name may have besides those of its label
_OVERLAP = 0.6  # of their words that a finding and a labelled sentence share
SURE = 0.9  # confidence from which on a finding should nearly always be right


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table; ``note`` is the count or the precision and recall behind the value."""

    name: str
    value: float
    note: str = ""


@dataclass(slots=True)
class Tally:
    """Right, invented and missed."""

    right: int = 0
    invented: int = 0
    missed: int = 0

    def add(self, wanted: set[Any], got: set[Any]) -> None:
        self.right += len(wanted & got)
        self.invented += len(got - wanted)
        self.missed += len(wanted - got)

    @property
    def f1(self) -> float:
        total = 2 * self.right + self.invented + self.missed
        return 2 * self.right / total if total else 0.0

    def figure(self, name: str) -> Figure:
        found, there = self.right + self.invented, self.right + self.missed
        precision, recall = self.right / found if found else 0.0, self.right / there if there else 0.0
        return Figure(name, self.f1, f"P {precision:.3f} R {recall:.3f}")


@dataclass(slots=True)
class Share:
    """How many of those asked were right."""

    right: int = 0
    total: int = 0

    def add(self, right: bool) -> None:
        self.right, self.total = self.right + right, self.total + 1

    def figure(self, name: str) -> Figure:
        return Figure(name, self.right / self.total if self.total else 0.0, f"{self.right}/{self.total}")


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of a folder; any of its files may be missing."""

    record: Sequence[Row]
    mentions: Sequence[Row]
    doubtful: Sequence[Row]
    findings: Sequence[Row]
    partly_read: frozenset[str] = frozenset()

    @classmethod
    def read(cls, folder: Path) -> "Labels":
        """Read the labels that a folder has; see the README beside them for what each means."""
        coverage = folder / "mentions-coverage.json"
        lines = json.loads(coverage.read_text(encoding="utf-8")) if coverage.exists() else {}
        return cls(
            record=_rows(folder / "record.jsonl"),
            mentions=[*_rows(folder / "mentions.jsonl"), *_rows(folder / "mentions-more.jsonl")],
            doubtful=_rows(folder / "mentions-doubtful.jsonl"),
            findings=_rows(folder / "findings.jsonl"),
            partly_read=frozenset(name for name, last in lines.items() if last != -1),
        )

    @property
    def documents(self) -> set[str]:
        """The stems of the documents that have labels."""
        return {row["id"] for rows in (self.record, self.mentions, self.findings) for row in rows}


def _rows(path: Path) -> list[Row]:
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def measure(labels: Labels, records: Iterable[Row], tell: Tell = lambda *_: None) -> dict[str, list[Figure]]:
    """The figures of each layer that has labels; ``tell`` hears of every difference."""
    by_stem = {Path(record["source"]).stem: record for record in records}
    layers: dict[str, list[Figure]] = {}
    if labels.record:
        layers["record"] = measure_records(labels.record, by_stem, tell)
    if labels.mentions:
        layers["mentions"] = measure_mentions(labels, by_stem, tell)
    if labels.findings:
        layers["findings"] = measure_findings(labels.findings, by_stem, tell)
    return layers


def folded(text: str | None) -> str:
    """Case, accents, punctuation and a leading article do not count."""
    plain = unicodedata.normalize("NFKD", text or "").lower().replace("&", " and ")
    plain = re.sub(r"[’'`]s\b", "s", plain)
    return re.sub(r"^(the|a|an) ", "", re.sub(r"[^a-z0-9]+", " ", plain).strip())


def _glued(text: str) -> str:
    return folded(text).replace(" ", "")


def _person(name: str) -> tuple[str, str]:
    parts = folded(name).split()
    return (parts[-1], parts[0][:3]) if parts else ("", "")


def _field(record: Row, name: str) -> object:
    value = record.get(name)
    if name == "authority":
        return folded(value["name"]) if value else ""
    return [list(period) for period in value or []] if name == "inspected" else value


def measure_records(labels: Sequence[Row], records: Mapping[str, Row], tell: Tell) -> list[Figure]:
    """Fields, judgements and people."""
    fields: dict[str, Share] = {name: Share() for name in ("authority", "kind", "inspected", "published")}
    grades, roles = Tally(), Share()
    people = {"inspectors": Tally(), "leaders": Tally()}
    for label in labels:
        record = records.get(label["id"], {})
        for name, share in fields.items():
            if name in label:
                wanted = folded(label[name]) if name == "authority" else label[name]
                got = _field(record, name)
                share.add(wanted == got)
                if wanted != got:
                    tell(label["id"], name, wanted, got)
        judged = {(row["area"], row["grade"]) for row in record.get("judgements", [])}
        given = set(label.get("judgements", {}).items())
        grades.add(given, judged)
        if given != judged:
            tell(label["id"], "judgements", sorted(given - judged), sorted(judged - given))
        for group, group_roles in (("inspectors", INSPECTOR_ROLES), ("leaders", LEADER_ROLES)):
            _measure_people(label, record, group, group_roles, people[group], roles, tell)
    return [
        *(share.figure(name) for name, share in fields.items()),
        grades.figure("judgements F1"),
        *(tally.figure(f"{group} F1") for group, tally in people.items()),
        roles.figure("role of a person found"),
    ]


def _measure_people(
    label: Row, record: Row, group: str, group_roles: frozenset[str], tally: Tally, roles: Share, tell: Tell
) -> None:
    wanted = {_person(row["name"]): row["role"] for row in label.get(group, [])}
    got = {_person(row["name"]): row["role"] for row in record.get("people", []) if row["role"] in group_roles}
    optional = {_person(name) for name in label.get("optional", [])} - (set(wanted) & set(got))
    missed, invented = set(wanted) - set(got) - optional, set(got) - set(wanted) - optional
    found = set(wanted) & set(got)
    tally.add(found | missed, found | invented)
    for person in found:
        roles.add(wanted[person] == got[person])
    if missed or invented:
        tell(label["id"], group, sorted(missed), sorted(invented))


@dataclass(slots=True)
class _Thing:
    name: str
    type: str
    names: set[str] = field(default_factory=set)


def _same_thing(one: Iterable[str], other: Iterable[str]) -> bool:
    return any(_same_name(a, b) for a in one for b in other if a and b)


def _same_name(a: str, b: str) -> bool:
    if a.replace(" ", "") == b.replace(" ", "") or a.rstrip("s") == b.rstrip("s"):
        return True
    short, long = sorted((a, b), key=len)
    inside = len(short.split()) >= 2 and f" {short} " in f" {long} "
    return inside and len(long.split()) - len(short.split()) <= _LONGER


def _things(record: Row) -> list[_Thing]:
    things: dict[str, _Thing] = {}
    for row in record.get("mentions", []):
        thing = things.setdefault(row.get("iri") or folded(row["name"]), _Thing(row["name"], row["type"]))
        thing.names |= {folded(name) for name in (row["name"], row["text"], *row["aliases"])}
    return list(things.values())


def measure_mentions(labels: Labels, records: Mapping[str, Row], tell: Tell) -> list[Figure]:
    """Named things, all and those with a capital, and the types of those found."""
    doubtful = defaultdict(set)
    for row in labels.doubtful:
        doubtful[row["id"]].add(folded(row["name"]))
    by_document = defaultdict(list)
    for row in labels.mentions:
        by_document[row["id"]].append(row)
    every, proper, types = Tally(), Tally(), Share()
    recall: dict[str, Share] = defaultdict(Share)
    for document, wanted in by_document.items():
        free = doubtful[document] | doubtful["*"] | EITHER_WAY
        things = _things(records.get(document, {}))
        used: list[_Thing] = []
        missed = []
        for row in wanted:
            names = {folded(name) for name in (row["name"], *row.get("aliases", []))}
            matching = [thing for thing in things if _same_thing(names, thing.names)]
            thing = next((one for one in matching if one not in used), matching[0] if matching else None)
            if thing is None and _same_thing(names, free):
                continue
            recall[row["type"]].add(thing is not None)
            _count((every, proper), row["name"], right=thing is not None, missed=thing is None)
            if thing is None:
                missed.append(row["name"])
            else:
                used.append(thing)
                types.add(thing.type == row["type"])
        extra = [thing.name for thing in things if thing not in used and not _same_thing({folded(thing.name)}, free)]
        if document in labels.partly_read:  # what lies beyond the last line read has no labels
            extra = []
        for name in extra:
            _count((every, proper), name, invented=True)
        tell(document, "mentions", missed, extra)
    return [
        every.figure("named things F1"),
        proper.figure("capitalised names F1"),
        types.figure("type of a thing found"),
        *(recall[name].figure(f"  recall, {name}") for name in sorted(recall)),
    ]


def _count(
    tallies: tuple[Tally, Tally], name: str, *, right: bool = False, missed: bool = False, invented: bool = False
) -> None:
    for tally in tallies if re.search(r"[A-Z]", name) else tallies[:1]:
        tally.right += right
        tally.missed += missed
        tally.invented += invented


def measure_findings(labels: Sequence[Row], records: Mapping[str, Row], tell: Tell) -> list[Figure]:
    """Polarity and topics. A sentence without a finding counts as neutral.

    Some labels are of a piece of a sentence, cut at a line's end, and were judged as the piece that they are; some are
    of two sentences, and mixed where one praises and the other faults. A finding is a sentence. The last figures
    leave these labels out.
    """
    found = {row["id"]: records.get(row["id"], {}).get("findings", []) for row in labels}
    index = {
        document: [(_glued(row["text"]), set(folded(row["text"]).split()), row) for row in rows]
        for document, rows in found.items()
    }
    pairs = [(label, _nearest(label["sentence"], index[label["id"]])) for label in labels]
    for label, finding in pairs:
        if (got := _polarity(finding)) != label["polarity"]:
            tell(label["id"], "polarity", label["polarity"], f"{got}: {label['sentence'][:160]}")
    whole = [(label, finding) for label, finding in pairs if _is_sentence(label, finding, found[label["id"]])]
    apart = [replace(figure, name=f"  {figure.name}, whole sentences") for figure in _judged(whole)]
    return [*_judged(pairs), *apart]


def _judged(pairs: Sequence[tuple[Row, Row | None]]) -> list[Figure]:
    polarities = {polarity: Tally() for polarity in ("strength", "concern", "mixed", "neutral")}
    assert set(polarities) == POLARITIES
    topics, right, sure = Tally(), Share(), Share()
    for label, finding in pairs:
        got = _polarity(finding)
        right.add(got == label["polarity"])
        if finding and finding["confidence"] >= SURE:
            sure.add(got == label["polarity"])
        polarities[label["polarity"]].add({label["polarity"]}, {got} & {label["polarity"]})
        if got != label["polarity"]:
            polarities[got].invented += 1
        topics.add(set(label["topics"]), set(finding["topics"]) if finding else set())
    macro = sum(tally.f1 for tally in polarities.values()) / len(polarities)
    return [
        right.figure("polarity accuracy"),
        Figure("polarity macro-F1", macro, " ".join(f"{name} {tally.f1:.2f}" for name, tally in polarities.items())),
        Figure("strength and concern F1", (polarities["strength"].f1 + polarities["concern"].f1) / 2),
        topics.figure("topics micro-F1"),
        sure.figure(f"right of confidence {SURE} and more"),
    ]


def _polarity(finding: Row | None) -> str:
    return finding["polarity"] if finding else "neutral"


def _is_sentence(label: Row, nearest: Row | None, findings: Sequence[Row]) -> bool:
    """Whether the label is of one sentence: of no piece, two words shorter than the finding, nor of two findings."""
    if nearest is None:
        return True
    text, outer = folded(label["sentence"]), folded(nearest["text"])
    piece = text in outer and len(outer.split()) - len(text.split()) > 1
    return not piece and sum(folded(finding["text"]) in text for finding in findings) < 2


def _nearest(sentence: str, findings: Sequence[tuple[str, set[str], Row]]) -> Row | None:
    whole, words = _glued(sentence), set(folded(sentence).split())
    best, best_share = None, 0.0
    for other, its_words, row in findings:
        within = bool(other) and (other in whole or whole in other)
        share = 1.0 if within else len(words & its_words) / max(1, len(words | its_words))
        if share > best_share:
            best, best_share = row, share
    return best if best_share >= _OVERLAP else None
