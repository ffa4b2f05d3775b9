"""Tools: what an assistant may ask of a graph. Each returns quotations with their places, or says what is silence."""

from collections.abc import Mapping, Sequence
from typing import Any

from caregraph.api import OF_ANOTHER_VERSION, Graph
from caregraph.assistant.results import (
    DEFAULT_ROWS,
    Candidate,
    FoundNames,
    KnownQuestion,
    KnownQuestions,
    Status,
    ToolAnswer,
    Verdict,
    answer_of,
)
from caregraph.brief.blocks import Quotation
from caregraph.brief.verification import verify_quotation
from caregraph.extras import __version__
from caregraph.graph.queries.search import Filter, search_findings
from caregraph.ontology.errors import BadQuestion
from caregraph.ontology.licence import attribution

Rows = Sequence[Mapping[str, Any]]
MOST_FINDINGS = 500  # that are looked through for one answer
MOST_COMPARED = 6  # councils
MAX_NAMES = 20
MOST_QUESTIONS = 40  # of one answer


class Tools:
    """Tools over one graph; the docstring of each is what an assistant reads of it."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    def find(self, text: str) -> FoundNames:
        """Find councils, services, agencies, topics and people by a name, however spelled; several are candidates."""
        rows = self._graph.search(text, limit=2 * MAX_NAMES)
        named = [row for row in rows if row["name"] and row["kind"] not in ("Finding", "Passage") and row["iri"]]
        candidates = [
            Candidate(row["name"][:200], row["kind"], row["iri"], f"the text is like the name {row['name'][:100]}")
            for row in named[:MAX_NAMES]
        ]
        return FoundNames(len(named), self._coverage(), candidates)

    def questions(self, words: str = "", offset: int = 0) -> KnownQuestions:
        """List the named questions that `ask` answers; with words, only those in which they occur."""
        wanted = words.lower().split()
        known = [
            KnownQuestion(row["question"], row["asks"], row["parameters"])
            for row in self._graph.questions()
            if all(word in f"{row['question']} {row['asks']}".lower() for word in wanted)
        ]
        after = max(offset, 0) + MOST_QUESTIONS
        cut = after < len(known)
        return KnownQuestions(len(known), cut, after if cut else None, known[max(offset, 0) : after])

    def ask(
        self, question: str, parameters: dict[str, str] | None = None, offset: int = 0, limit: int = DEFAULT_ROWS
    ) -> ToolAnswer:
        """Answer a named question. `questions` lists them with their parameters."""
        given = parameters or {}
        return self._answer(self._graph.ask(question, **given), given.get("authority"), offset, limit)

    def findings(
        self,
        words: str = "",
        authority: str | None = None,
        concept: str | None = None,
        polarity: str | None = None,
        region: str | None = None,
        since: int | None = None,
        until: int | None = None,
        offset: int = 0,
        limit: int = DEFAULT_ROWS,
    ) -> ToolAnswer:
        """What inspectors found, in their words. Polarity: strength, concern, mixed or neutral; since, until: years."""
        filters = Filter(
            authority=authority, concept=concept, polarity=polarity, region=region, since=since, until=until
        )
        rows = search_findings(self._graph.store, words, filters, limit=MOST_FINDINGS)
        return self._answer(rows, authority, offset, limit, since=since)

    def evidence(self, ids: list[str], offset: int = 0, limit: int = DEFAULT_ROWS) -> ToolAnswer:
        """The sentences that prove or name things of the graph, by their ids."""
        return self._answer(self._graph.evidence(*ids[:20]), None, offset, limit)

    def profile(self, authority: str, offset: int = 0, limit: int = DEFAULT_ROWS) -> ToolAnswer:
        """A council's grades, the latest first; `status` says if one is of the latest full inspection or older."""
        rows = self._graph.ask("judgements-over-time", authority=authority)
        ordered = sorted(rows, key=lambda row: str(row["started"] or ""), reverse=True)
        return self._answer(ordered, authority, offset, limit)

    def compare(self, authorities: list[str], concept: str, offset: int = 0, limit: int = DEFAULT_ROWS) -> ToolAnswer:
        """Strengths and concerns of several councils on one topic, council by council."""
        rows = [
            row
            for name in authorities[:MOST_COMPARED]
            for row in self._graph.ask("strengths-and-concerns", concept=concept, authority=name)
        ]
        silent = [name for name in authorities[:MOST_COMPARED] if not any(row["authority"] == name for row in rows)]
        answer = self._answer(rows, None, offset, limit)
        if not silent:
            return answer
        told = "; ".join(f"{name}: {self._silence(name)}" for name in silent)
        return ToolAnswer(answer.total, answer.cut, answer.next, answer.coverage, told, answer.rows)

    def shared_service(self, thing: str, offset: int = 0, limit: int = DEFAULT_ROWS) -> ToolAnswer:
        """What each council's reports say of a service or agency."""
        return self._answer(self._graph.ask("what-is-said-of", thing=thing), None, offset, limit)

    def what_changed(self, authority: str, offset: int = 0, limit: int = DEFAULT_ROWS) -> ToolAnswer:
        """Grades that changed between the last two inspections of a council."""
        return self._answer(self._graph.ask("what-changed", authority=authority), authority, offset, limit)

    def ledger(
        self,
        authority: str | None = None,
        region: str | None = None,
        state: str | None = None,
        concept: str | None = None,
        offset: int = 0,
        limit: int = DEFAULT_ROWS,
    ) -> ToolAnswer:
        """What inspections asked, and what became of it; mentioned and perhaps spoken of since leave it open."""
        if authority is None and region is None:
            raise BadQuestion("name an authority or a region")
        given = {"authority": authority, "region": region, "state": state, "concept": concept}
        return self._answer(self._graph.ask("improvement-ledger", **given), authority, offset, limit)

    def verify(self, quote: str, document: str, page: int) -> Verdict:
        """Look for a quotation on a page of a document: proved, changed (with what is printed) or unproved."""
        check = verify_quotation(self._graph, Quotation(quote, "", document, page))
        return Verdict(check.state, check.reason)

    def status(self) -> Status:
        """What was read, and the licence of the reports."""
        documents, councils = self._counts()
        return Status(__version__, documents, councils, self._coverage(), " ".join(attribution().split()))

    def cypher(self, statement: str, offset: int = 0, limit: int = DEFAULT_ROWS) -> ToolAnswer:
        """Answer Cypher that only reads; rows need a column `quotation` and a column `document`."""
        return self._answer(self._graph.query(statement, limit=MOST_FINDINGS), None, offset, limit)

    def _answer(
        self, rows: Rows, authority: str | None, offset: int, limit: int, *, since: int | None = None
    ) -> ToolAnswer:
        if offset < 0:
            raise BadQuestion(f"offset: expected 0 or more, got {offset}")
        coverage = self._coverage(authority)
        silence = "" if rows else self._silence(authority, since=since)
        return answer_of(rows, offset=offset, limit=limit, coverage=coverage, silence=silence or "not said: no words")

    def _silence(self, authority: str | None, *, since: int | None = None) -> str:
        """Name of the silence: nothing was read of the council, it was not inspected since, or nothing is said."""
        if authority is None:
            return "not said: no report that was read says this"
        inspections = self._graph.ask("inspections", authority=authority)
        if not inspections:
            return f"not read: no report on {authority[:100]} was read, so nothing is known of it"
        latest = max((row["started"] for row in inspections if row["started"]), default=None)
        if since is not None and (latest is None or latest.year < since):
            return f"not inspected: no inspection of {authority[:100]} since {since} was read"
        return f"not said: none of the reports on {inspections[0]['authority']} that were read says this"

    def _coverage(self, authority: str | None = None) -> str:
        if authority is None:
            documents, councils = self._counts()
            read = f"{documents} documents on {councils} councils were read"
        else:
            inspections = self._graph.ask("inspections", authority=authority)
            years = sorted({row["started"].year for row in inspections if row["started"]})
            between = f", {years[0]} to {years[-1]}" if years else ""
            read = f"{len(inspections)} inspections and visits of {authority[:100]} were read{between}"
        return f"{read}; {OF_ANOTHER_VERSION}" if self._graph.store.is_of_another_version() else read

    def _counts(self) -> tuple[int, int]:
        rows = self._graph.ask("coverage")
        return sum(row["reports"] for row in rows), sum(row["reported"] for row in rows)
