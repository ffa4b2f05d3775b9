"""Growth of the extractors' time with the length of a text: ``python -m benchmarks.growth``.

Each component reads runs of one sign, word or name, of a length and of eight times that length. The table gives, by
input and component, the processor time of the longer run by that of the shorter and by eight: 1.0 is linear, 8.0 is
quadratic. Reports have no such runs, but other files may. Exits with an error if a component grows faster
than the limit.
"""

import argparse
import gc
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from itertools import count, islice, product, takewhile
from math import inf
from string import ascii_lowercase

from spacy.language import Language

from benchmarks.robustness.text_functions import TEXT_FUNCTIONS
from caregraph.extractors.findings.classifier import WEIGHTS, WORDPIECE_FILE
from caregraph.extractors.findings.findings import candidate_sentences
from caregraph.extractors.findings.ngrams import HashedTexts, concatenate_ngrams
from caregraph.extractors.findings.wordpiece import WordPieceTokenizer
from caregraph.extractors.names.capitalised_names import find_capitalised_names
from caregraph.extractors.names.definitions import find_definitions
from caregraph.extractors.names.quoted_names import find_quoted_names
from caregraph.extractors.names.services import ServiceExtractor
from caregraph.extractors.names.team_names import find_team_names
from caregraph.extractors.names.tokens import tokenize
from caregraph.extractors.pipeline import make_pipeline
from caregraph.extractors.reading.read import report_from_text
from caregraph.extractors.reading.sections import segment
from caregraph.ontology.report import Report
from caregraph.ontology.vocabulary import load_vocabulary

TIMES = 8
LIMIT = 1.3
_SHORTEST = 0.02  # seconds of one measurement; a quicker task is repeated
_TOO_SHORT = 0.001  # seconds of the longer run; less is noise

Task = Callable[[], object]

# Runs of one text; each "{}" is another word at every repetition.
INPUTS: Mapping[str, str] = {
    "opening brackets": "(",
    "opening brackets apart": "( ",
    "closing brackets": ")",
    "bracketed acronyms": "(QXZ) ",
    "open bracketed acronyms": "(QXZ ",
    "open bracketed words": "(Harbour ",
    "opening quotes": "‘",
    "opening double quotes": "“",
    "straight quotes": "'",
    "straight double quotes": '"',
    "closing quotes": "’",
    "open quotations": "‘Harbour ",
    "open straight quotations": "'harbour ",
    "quotations": "‘Sycamore’ team ",
    "capitals": "A",
    "capitals apart": "A ",
    "capitalised words": "Harbour ",
    "different capitalised words": "Q{} ",
    "hyphened capitalised words": "Harbour-",
    "capitalised words and 'and'": "Harbour and ",
    "capitalised words and commas": "Harbour, ",
    "capitalised words on lines": "Harbour\n",
    "'and'": "and ",
    "'of'": "of ",
    "small words": "word ",
    "one long word": "word",
    "hyphens": "-",
    "hyphens apart": "- ",
    "hyphened words": "multi-agency-",
    "numbers": "12 ",
    "digits": "1",
    "commas": ", ",
    "full stops": ". ",
    "spaces": " ",
    "line ends": "\n",
    "accents": "É",
    "acronyms": "MASH ",
    "acronyms and 'and'": "MASH and ",
    "heads": "team ",
    "capitalised heads": "Board ",
    "sub-groups": "exploitation sub group ",
    "thesaurus names": "multi-agency safeguarding hub ",
    "coordinated names": "child in need and child protection plans, ",
    "beginnings of names": "child in need, ",
    "names in apposition": "regional adoption agency (Adopt Us). ",
    "authorities": "Kent ",
    "definitions": "Families Advice Service (FAS) ",
    "different definitions": "Harbour {} Team (HT). ",
    "different teams": "The Q{} Team met. ",
    "titles of a person": "Dr ",
    "names of people": "Ada Moor, ",
    "people and posts on lines": "Ada Moor, Director\n",
    "inspectors on lines": "Lead inspector: Ada Moor\n",
    "inspectors on one line": "Lead inspector: Ada Moor ",
    "dates": "3 May 2022 ",
    "days of a list": "5, ",
    "grades": "good ",
    "areas and grades": "Overall effectiveness: Good\n",
    "bullets": "• plan\n",
    "lines of contents": "Plans ... 3\n",
    "dots": ".",
    "sentences": "Leaders know children well. ",
    "a title and its words": "The Q{} Board met. Later q{} board and Q{}. ",
}


def texts(unit: str, tokens: int) -> str:
    """A text of about so many tokens: one unit again and again, with another word wherever it has a gap."""
    words = ("".join(letters) for size in count(1) for letters in product(ascii_lowercase, repeat=size))
    units = tokens // max(1, len(tokenize(unit.replace("{}", "a")).raw))
    return "".join(unit.replace("{}", word) for word in islice(words, units)) if "{}" in unit else unit * units


@cache
def _pipeline() -> Language:
    return make_pipeline(load_vocabulary())


def _services() -> ServiceExtractor:
    component = _pipeline().get_pipe("services")
    assert isinstance(component, ServiceExtractor)
    return component


def _capitalised_names(text: str) -> Task:
    tokens, extractor = tokenize(text), _services()
    known = [*extractor.trie.find_in_tokens(tokens)]
    return lambda: [*find_capitalised_names(tokens, known=known, authorities=extractor.authorities)]


def _team_names(text: str) -> Task:
    tokens, extractor = tokenize(text), _services()
    known = [*extractor.trie.find_in_tokens(tokens)]
    return lambda: [*find_team_names(tokens, known=known, subject_words=extractor.subject_words)]


def _phrases(text: str) -> Task:
    tokens, trie = tokenize(text), _services().trie
    return lambda: [*trie.find_in_tokens(tokens)]


def _definitions(text: str) -> Task:
    tokens = tokenize(text)
    return lambda: [*find_definitions(tokens)]


def _quoted_names(text: str) -> Task:
    tokens = tokenize(text)
    return lambda: [*find_quoted_names(tokens)]


def _services_in_doc(text: str) -> Task:
    nlp = _pipeline()
    doc, component = nlp.make_doc(text), nlp.get_pipe("services")
    return lambda: component(doc)


def _candidate_sentences(text: str) -> Task:
    nlp, reading = _pipeline(), segment(report_from_text("growth.txt", f"Report\n{text}"))
    doc = nlp.make_doc(reading.text)
    doc.user_data["reading"] = reading
    doc = nlp.get_pipe("sentences")(doc)
    return lambda: [candidate.sentence for candidate in candidate_sentences(doc)]


def _ngrams(text: str) -> Task:
    def count_ngrams() -> None:
        hashed = HashedTexts([text])
        concatenate_ngrams([hashed.words(2), hashed.characters(4)])

    return count_ngrams


def _word_pieces(text: str) -> Task:
    pieces = WordPieceTokenizer((WEIGHTS / WORDPIECE_FILE).read_text(encoding="utf-8").split("\n"))
    return lambda: pieces.encode(text, context=text)


# A run stands where a component reads on as far as it can: beside an area, under the contents, in a table of contacts,
# below the closing words of a letter.
_REPORT = (
    "Inspection of services for children in need of help and protection, children looked after and care leavers\n\n"
    "Overall effectiveness {run}\n\nContents\n\n{run}\n\nLocal area partnership details\n{run}\nwww.harrow.example\n\n"
    "Yours sincerely\n{run}"
)
_IN_PIPELINE = ("sentences", "kinds", "dates", "authorities", "judgements", "news_ties", "people", "sharing", "missing")


def _in_report(run: str) -> Report:
    return report_from_text("growth.txt", _REPORT.replace("{run}", run))


def _segmentation(text: str) -> Task:
    report = _in_report(text)
    return lambda: segment(report)


def _spacy_tokens(text: str) -> Task:
    nlp, flow = _pipeline(), segment(_in_report(text)).text
    return lambda: nlp.make_doc(flow)


def _component(name: str, text: str) -> Task:
    nlp, reading = _pipeline(), segment(_in_report(text))
    doc = nlp.make_doc(reading.text)
    doc.user_data["reading"] = reading
    for before in takewhile(lambda pipe: pipe != name, nlp.pipe_names):
        if before in _IN_PIPELINE:
            doc = nlp.get_pipe(before)(doc)
    component = nlp.get_pipe(name)
    return lambda: component(doc)


# By name, a function that prepares a text and gives the task to be timed.
COMPONENTS: Mapping[str, Callable[[str], Task]] = {
    "reading": lambda text: partial(_in_report, text),
    "segmentation": _segmentation,
    "spaCy's tokens": _spacy_tokens,
    **{name: partial(_component, name) for name in _IN_PIPELINE},
    "tokenize": lambda text: partial(tokenize, text),
    "phrases": _phrases,
    "definitions": _definitions,
    "capitalised names": _capitalised_names,
    "quoted names": _quoted_names,
    "team names": _team_names,
    "services": _services_in_doc,
    "candidate sentences": _candidate_sentences,
    "n-grams": _ngrams,
    "word pieces": _word_pieces,
    **TEXT_FUNCTIONS,
}


def seconds(task: Task) -> float:
    """Processor seconds of a task, the least of three measurements."""
    repeats = 1
    measured: list[float] = []
    while len(measured) < 3:
        begun = time.process_time()
        for _ in range(repeats):
            task()
        spent = time.process_time() - begun
        if spent < _SHORTEST and not measured:
            repeats *= 4
        else:
            measured.append(spent / repeats)
    return min(measured)


def growth(component: Callable[[str], Task], unit: str, *, tokens: int) -> float | None:
    """Time of a long run by that of a short one and by the ratio of their lengths; None where both take no time.

    A growth above the limit is measured three times and the least counts, since the machine may be busy.
    """
    short, long = component(texts(unit, tokens)), component(texts(unit, tokens * TIMES))
    if seconds(long) < _TOO_SHORT:
        return None
    least = inf
    for _ in range(3):
        least = min(least, seconds(long) / seconds(short) / TIMES)
        if least <= LIMIT:
            break
    return least


def rows(components: Iterable[str], *, tokens: int) -> Iterator[tuple[str, list[float | None]]]:
    """Yield each input with the growth of each component."""
    for name, unit in INPUTS.items():
        yield name, [growth(COMPONENTS[component], unit, tokens=tokens) for component in components]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("components", nargs="*", choices=[[], *COMPONENTS], help="all, if none is given")
    parser.add_argument("--tokens", type=int, default=2000, help="of the shorter run")
    options = parser.parse_args()
    components = options.components or [*COMPONENTS]
    gc.disable()  # garbage collection takes longer the more there is in memory
    print(" " * 30, *(f"{component:>19}" for component in components))
    too_steep = 0
    for name, ratios in rows(components, tokens=options.tokens):
        print(f"{name:30}", *(f"{'-' if ratio is None else format(ratio, '.2f'):>19}" for ratio in ratios), flush=True)
        too_steep += sum(ratio is not None and ratio > LIMIT for ratio in ratios)
    if too_steep:
        sys.exit(f"{too_steep} above {LIMIT}")


if __name__ == "__main__":
    main()
