"""Agreement of extracted records with hand labels: the metrics of ``caregraph evaluate``.

A document's labels are matched to its record by the stem of the file's name;
a labelled document without a record counts as empty. Fields are exact;
judgements are pairs of area and grade; people are surname and the first
letters of the first name; a named thing matches by any of its names; a
labelled sentence is compared with the finding that overlaps it most.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from caregraph.evaluation.labels import Labels, Row
from caregraph.evaluation.metrics import Accuracy, Metric, Tally
from caregraph.extractors.findings.worded_topics import WORDED_TOPICS
from caregraph.ontology.records import INSPECTOR_ROLES, LEADER_ROLES, POLARITIES

# Called with the document's stem, the field, the expected and the actual value.
OnDifference = Callable[[str, str, object, object], None]

# Annotators differ on whether these are named things: finding or missing them costs nothing.
OPTIONAL_NAMES = frozenset(
    """front door|local authority designated officer|lado|designated officer|independent reviewing officer|iro
    |social worker|personal adviser|principal social worker|early help services|early help|childrens services
    |childrens social care|adoption services|fostering service|ilacs|jtai
    |inspection of local authority childrens services|joint targeted area inspection|area send inspection
    |single inspection|supervision|audit|case audit|sufficiency strategy|chronology|safety plan|support plan
    |children act 1989|children act|southwark judgement|local offer|statutory visit|quality assurance framework
    |social care|local area|ofsted|care quality commission|cqc""".replace("\n    ", "").split("|")
)
MOST_EXTRA_WORDS = 3  # that a name may have besides those of its label
LEAST_OVERLAP = 0.6  # share of their words that a finding and a labelled sentence have in common
HIGH_CONFIDENCE = 0.9  # from which on a finding should nearly always be right


def _ignore_difference(*_: object) -> None:
    pass


def measure_extraction(
    labels: Labels, records: Iterable[Row], on_difference: OnDifference = _ignore_difference
) -> dict[str, list[Metric]]:
    """Compute the metrics of each layer that has labels; ``on_difference`` is called for every difference."""
    by_stem = {Path(record["source"]).stem: record for record in records}
    layers: dict[str, list[Metric]] = {}
    if labels.record:
        layers["record"] = measure_records(labels.record, by_stem, on_difference)
    if labels.mentions:
        layers["mentions"] = measure_mentions(labels, by_stem, on_difference)
    if labels.findings:
        layers["findings"] = measure_findings(labels.findings, by_stem, on_difference)
    return layers


def comparable_name(text: str | None) -> str:
    """Lower-case words of a name, without accents, punctuation or a leading article; "" for None."""
    plain = unicodedata.normalize("NFKD", text or "").lower().replace("&", " and ")
    plain = re.sub(r"[’'`]s\b", "s", plain)
    return re.sub(r"^(the|a|an) ", "", re.sub(r"[^a-z0-9]+", " ", plain).strip())


def _comparable_without_spaces(text: str) -> str:
    return comparable_name(text).replace(" ", "")


def _person_key(name: str) -> tuple[str, str]:
    """Surname and the first three letters of the first name."""
    parts = comparable_name(name).split()
    return (parts[-1], parts[0][:3]) if parts else ("", "")


def _field_value(record: Row, name: str) -> object:
    value = record.get(name)
    if name == "authority":
        return comparable_name(value["name"]) if value else ""
    return [list(period) for period in value or []] if name == "inspected" else value


def measure_records(
    labels: Sequence[Row], records: Mapping[str, Row], on_difference: OnDifference = _ignore_difference
) -> list[Metric]:
    """Compare fields, judgements and people; ``records`` by file stem."""
    fields: dict[str, Accuracy] = {name: Accuracy() for name in ("authority", "kind", "inspected", "published")}
    judgements, roles = Tally(), Accuracy()
    people = {"inspectors": Tally(), "leaders": Tally()}
    for label in labels:
        record = records.get(label["id"], {})
        for name, accuracy in fields.items():
            if name in label:
                expected = comparable_name(label[name]) if name == "authority" else label[name]
                actual = _field_value(record, name)
                accuracy.add(expected == actual)
                if expected != actual:
                    on_difference(label["id"], name, expected, actual)
        actual_grades = {(row["area"], row["grade"]) for row in record.get("judgements", [])}
        expected_grades = set(label.get("judgements", {}).items())
        judgements.add(expected_grades, actual_grades)
        if expected_grades != actual_grades:
            missed, invented = sorted(expected_grades - actual_grades), sorted(actual_grades - expected_grades)
            on_difference(label["id"], "judgements", missed, invented)
        for group, group_roles in (("inspectors", INSPECTOR_ROLES), ("leaders", LEADER_ROLES)):
            _measure_people(label, record, group, group_roles, people[group], roles, on_difference)
    return [
        *(accuracy.metric(name) for name, accuracy in fields.items()),
        judgements.metric("judgements F1"),
        *(tally.metric(f"{group} F1") for group, tally in people.items()),
        roles.metric("role of a person found"),
    ]


def _measure_people(
    label: Row,
    record: Row,
    group: str,
    group_roles: frozenset[str],
    tally: Tally,
    roles: Accuracy,
    on_difference: OnDifference,
) -> None:
    expected = {_person_key(row["name"]): row["role"] for row in label.get(group, [])}
    actual = {_person_key(row["name"]): row["role"] for row in record.get("people", []) if row["role"] in group_roles}
    matched = set(expected) & set(actual)
    optional = {_person_key(name) for name in label.get("optional", [])} - matched
    missed, invented = set(expected) - set(actual) - optional, set(actual) - set(expected) - optional
    tally.add(matched | missed, matched | invented)
    for person in matched:
        roles.add(expected[person] == actual[person])
    if missed or invented:
        on_difference(label["id"], group, sorted(missed), sorted(invented))


@dataclass(slots=True)
class _NamedThing:
    """A thing of a record: the name first given, its type, and the comparable forms of all its names."""

    name: str
    type: str
    names: set[str] = field(default_factory=set)


def _share_a_name(left: Iterable[str], right: Iterable[str]) -> bool:
    return any(_names_match(a, b) for a in left for b in right if a and b)


def _names_match(left: str, right: str) -> bool:
    """Compare two comparable names: a lost space, a plural and a few more words around a long name are forgiven."""
    if left.replace(" ", "") == right.replace(" ", "") or left.rstrip("s") == right.rstrip("s"):
        return True
    shorter, longer = sorted((left, right), key=len)
    contained = len(shorter.split()) >= 2 and f" {shorter} " in f" {longer} "
    return contained and len(longer.split()) - len(shorter.split()) <= MOST_EXTRA_WORDS


def _named_things(record: Row) -> list[_NamedThing]:
    things: dict[str, _NamedThing] = {}
    for row in record.get("mentions", []):
        thing = things.setdefault(row.get("iri") or comparable_name(row["name"]), _NamedThing(row["name"], row["type"]))
        thing.names |= {comparable_name(name) for name in (row["name"], row["text"], *row["aliases"])}
    return list(things.values())


def measure_mentions(
    labels: Labels, records: Mapping[str, Row], on_difference: OnDifference = _ignore_difference
) -> list[Metric]:
    """Compare named things: all of them, those with a capital letter, and the types of those found."""
    doubtful = defaultdict(set)
    for row in labels.doubtful:
        doubtful[row["id"]].add(comparable_name(row["name"]))
    by_document = defaultdict(list)
    for row in labels.mentions:
        by_document[row["id"]].append(row)
    all_names, capitalised, types = Tally(), Tally(), Accuracy()
    recall: dict[str, Accuracy] = defaultdict(Accuracy)
    for document, rows in by_document.items():
        optional = doubtful[document] | doubtful["*"] | OPTIONAL_NAMES
        things = _named_things(records.get(document, {}))
        matched: list[_NamedThing] = []
        missed = []
        for row in rows:
            names = {comparable_name(name) for name in (row["name"], *row.get("aliases", []))}
            candidates = [thing for thing in things if _share_a_name(names, thing.names)]
            unmatched = (thing for thing in candidates if thing not in matched)
            match = next(unmatched, candidates[0] if candidates else None)
            if match is None and _share_a_name(names, optional):
                continue
            recall[row["type"]].add(match is not None)
            for tally in _tallies_of(row["name"], all_names, capitalised):
                tally.true_positives += match is not None
                tally.false_negatives += match is None
            if match is None:
                missed.append(row["name"])
            else:
                matched.append(match)
                types.add(match.type == row["type"])
        invented = [
            thing.name
            for thing in things
            if thing not in matched and not _share_a_name({comparable_name(thing.name)}, optional)
        ]
        if document in labels.partially_labelled:  # the text after the last labelled line has no labels
            invented = []
        for name in invented:
            for tally in _tallies_of(name, all_names, capitalised):
                tally.false_positives += 1
        on_difference(document, "mentions", missed, invented)
    return [
        all_names.metric("named things F1"),
        capitalised.metric("capitalised names F1"),
        types.metric("type of a thing found"),
        *(recall[name].metric(f"  recall, {name}") for name in sorted(recall)),
    ]


def _tallies_of(name: str, all_names: Tally, capitalised: Tally) -> list[Tally]:
    return [all_names, capitalised] if re.search(r"[A-Z]", name) else [all_names]


def measure_findings(
    labels: Sequence[Row], records: Mapping[str, Row], on_difference: OnDifference = _ignore_difference
) -> list[Metric]:
    """Compare polarity and topics. A sentence without a finding counts as neutral.

    Some labels are of a piece of a sentence, cut at a line's end, and were judged as the piece that they are; some are
    of two sentences, and mixed where one praises and the other faults. A finding is a sentence. The last metrics
    leave these labels out.

    A topic that is found by wording is compared only where some label has it: others were made without that choice.
    """
    unlabelled = WORDED_TOPICS.difference(*(label["topics"] for label in labels))
    findings = {row["id"]: records.get(row["id"], {}).get("findings", []) for row in labels}
    index = {document: [_IndexedFinding.of(row) for row in rows] for document, rows in findings.items()}
    pairs = [(label, _nearest_finding(label["sentence"], index[label["id"]])) for label in labels]
    for label, finding in pairs:
        if (actual := _polarity(finding)) != label["polarity"]:
            on_difference(label["id"], "polarity", label["polarity"], f"{actual}: {label['sentence'][:160]}")
    whole = [pair for pair in pairs if _is_one_sentence(*pair, findings[pair[0]["id"]])]
    metrics = _finding_metrics(whole, unlabelled)
    of_whole = [replace(metric, name=f"  {metric.name}, whole sentences") for metric in metrics]
    return [*_finding_metrics(pairs, unlabelled), *of_whole]


def _finding_metrics(pairs: Sequence[tuple[Row, Row | None]], unlabelled: frozenset[str]) -> list[Metric]:
    """Metrics over pairs of a label and its nearest finding, None where there is none.

    Findings' ``unlabelled`` topics are passed over.
    """
    by_polarity = {polarity: Tally() for polarity in ("strength", "concern", "mixed", "neutral")}
    assert set(by_polarity) == POLARITIES
    topics, polarity, confident = Tally(), Accuracy(), Accuracy()
    for label, finding in pairs:
        expected, actual = label["polarity"], _polarity(finding)
        polarity.add(actual == expected)
        if finding and finding["confidence"] >= HIGH_CONFIDENCE:
            confident.add(actual == expected)
        by_polarity[expected].add({expected}, {actual} & {expected})
        if actual != expected:
            by_polarity[actual].false_positives += 1
        topics.add(set(label["topics"]), set(finding["topics"]) - unlabelled if finding else set())
    macro = sum(tally.f1 for tally in by_polarity.values()) / len(by_polarity)
    return [
        polarity.metric("polarity accuracy"),
        Metric("polarity macro-F1", macro, " ".join(f"{name} {tally.f1:.2f}" for name, tally in by_polarity.items())),
        Metric("strength and concern F1", (by_polarity["strength"].f1 + by_polarity["concern"].f1) / 2),
        topics.metric("topics micro-F1"),
        confident.metric(f"right of confidence {HIGH_CONFIDENCE} and more"),
    ]


def _polarity(finding: Row | None) -> str:
    return finding["polarity"] if finding else "neutral"


def _is_one_sentence(label: Row, nearest: Row | None, findings: Sequence[Row]) -> bool:
    """Check that a label is of one sentence.

    It is not where it is a piece, at least two words shorter than the finding
    that contains it, nor where it contains two findings.
    """
    if nearest is None:
        return True
    text, containing = comparable_name(label["sentence"]), comparable_name(nearest["text"])
    is_piece = text in containing and len(containing.split()) - len(text.split()) > 1
    return not is_piece and sum(comparable_name(finding["text"]) in text for finding in findings) < 2


@dataclass(frozen=True, slots=True)
class _IndexedFinding:
    """A finding and its comparable text, without spaces and as a set of words."""

    text: str
    words: frozenset[str]
    row: Row

    @classmethod
    def of(cls, row: Row) -> "_IndexedFinding":
        words = frozenset(comparable_name(row["text"]).split())
        return cls(_comparable_without_spaces(row["text"]), words, row)

    def overlap(self, text: str, words: set[str]) -> float:
        """Share of the words in common; 1 where one text contains the other."""
        if self.text and (self.text in text or text in self.text):
            return 1.0
        return len(words & self.words) / max(1, len(words | self.words))


def _nearest_finding(sentence: str, findings: Sequence[_IndexedFinding]) -> Row | None:
    """The finding that overlaps a labelled sentence most, the first of several; None if none overlaps enough."""
    text, words = _comparable_without_spaces(sentence), set(comparable_name(sentence).split())
    overlaps = [finding.overlap(text, words) for finding in findings]
    best = max(overlaps, default=0.0)
    return findings[overlaps.index(best)].row if best >= LEAST_OVERLAP else None
