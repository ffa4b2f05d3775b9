"""Accuracy of sharing statements on invented sentences: `python -m benchmarks.sharing.invented`.

A language model wrote 480 sentences as inspectors might, three times 160, each with what it says, and saw neither the
frames nor any label. Those of `invented-read.jsonl` were read while the frames were made, those of
`invented-unread.jsonl` never. A label that is doubtful by the rules for labels (`gold`) names the fields in question
under ``doubt``; they are not counted.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.sharing.measure import read_labels, same_relation, show_metrics, words_in_common
from caregraph.evaluation.metrics import Metric, Tally
from caregraph.extractors.documents.council_names import spellings_of
from caregraph.extractors.sharing.grammar import SharingGrammar, Statement
from caregraph.extractors.sharing.partners import Council, PartnerReader
from caregraph.extractors.sharing.sharing import names_of_agencies
from caregraph.ontology.vocabulary import Vocabulary, load_vocabulary

FOLDER = Path(__file__).parent


def measure_invented(sentences: Iterable[Mapping[str, Any]], vocabulary: Vocabulary) -> Iterator[Metric]:
    """Yield precision and recall of sentences and partners, and the shares of things and relations that are right."""
    spellings = spellings_of(vocabulary)
    registered = {words: name for words, name, *_ in spellings}
    grammar = SharingGrammar(PartnerReader(spellings, **names_of_agencies(vocabulary)))
    found, partners = Tally(), Tally()
    things = relations = labelled = 0
    for number, line in enumerate(sentences):
        doubt = line.get("doubt", ())
        if "sentence" in doubt:
            continue
        council = Council(registered.get(line["authority"], line["authority"]))
        statements = grammar.read(_printed(line["sentence"]), _printed(line["before"] or ""), council)
        found.add({number} if line["sharing"] else set(), {number} if statements else set())
        for said in line["sharing"] if "thing" not in doubt else ():
            labelled += 1
            best = max(statements, key=lambda statement: _alike(statement, said), default=None)
            is_thing = best is not None and _alike(best, said) >= 1 / 2
            things += is_thing
            relations += best is not None and is_thing and same_relation(best.relation, said["relation"])
            if best and "partners" not in doubt:
                partners.add({registered.get(name, name) for name in said["partners"]}, set(best.partners))
    yield from (found.metric("sentences, F1"), partners.metric("partners, F1"))
    yield Metric("things, recall", things / max(labelled, 1), f"{things} of {labelled}")
    yield Metric("relation of things, recall", relations / max(labelled, 1), f"{relations} of {labelled}")


def _printed(text: str) -> str:
    """Text with apostrophes as reports print them."""
    return text.replace("'", "’")


def _alike(statement: Statement, said: Mapping[str, Any]) -> float:
    """Share of the words in common of a statement's thing and a labelled one."""
    return words_in_common(statement.name or statement.thing, _printed(said["thing"]))


def main() -> None:
    """Print each metric for each of the two files."""
    vocabulary = load_vocabulary()
    for name in ("invented-read", "invented-unread"):
        print(name)
        show_metrics(measure_invented(read_labels(FOLDER / f"{name}.jsonl"), vocabulary))


if __name__ == "__main__":
    main()
