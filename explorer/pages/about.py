"""About: the size of the graph, the meaning of its figures, the licence, and the ontology."""

import streamlit as st

from caregraph.explorer import markup
from caregraph.explorer.attribution import LICENCE
from caregraph.explorer.evidence.missing_words import show_wordless_reports
from caregraph.explorer.page_shell import show_title
from caregraph.explorer.state.store_cache import cached_query, require_documents
from caregraph.graph.queries import overview
from caregraph.graph.wording import sentence_case
from caregraph.ontology.schema import ClassTerm, PropertyTerm, load_schema

_MEANING = """
- **A fact** is what a program read in a report. Each has the words that it was read from, and their page:
  read those before you rely on it.
- **A grade** is what inspectors gave on the dates shown, under the framework of that time. Frameworks changed: grades
  of different frameworks are not one scale, and from April 2026 there is no grade for overall effectiveness.
- **Strength, concern, mixed, neutral** is a program's reading of the sentence, with its confidence. The counts
  say how much reports wrote, not how good a council is.
- **Not mentioned** means that no report read here names a service. It does not mean that the council does not have it.
- **Members** of an agency come from a published list unless a report is named as the source.
- **People** appear in the role that a report gives them. Nobody is ranked, and inspectors are not compared.
- **How often it is right**: on reports that nobody had looked at before, grades in 299 of 299 and dates in 62 of 62;
  whether a sentence is a strength or a concern in about 9 of 10, and in 97 of 100 where its confidence is 90% or more;
  topics in about 8 of 10. The documentation says how each was measured.
- **Coverage**: caregraph holds only the reports that somebody has given to `caregraph build`.
"""


def show_about() -> None:
    """Show the page."""
    show_title("About")
    markup.show_lead(
        "caregraph reads the reports that inspectors publish about children’s services, "
        "and keeps every fact with the words that say it."
    )
    if require_documents():
        show_wordless_reports(
            "each fact has its place in the report, and “Get this report” beside it fetches the words."
        )
        _show_counts()
    st.header("What the figures mean", anchor=False)
    st.markdown(_MEANING)
    st.header("Licence and attribution", anchor=False)
    st.markdown(
        "Inspection reports are published by Ofsted, alone or with other inspectorates, under the "
        f"[Open Government Licence v3.0]({LICENCE}): they are free to use with attribution. "
        "Cite the report, not this program; every piece of evidence has a citation to copy. "
        "caregraph itself is free software under the Apache License 2.0."
    )
    _show_ontology()


def _show_counts() -> None:
    counts, coverage = cached_query(overview.label_counts), cached_query(overview.coverage)
    years = f"{coverage.first_year} to {coverage.last_year}" if coverage.first_year else "not given"
    st.header("What caregraph holds", anchor=False)
    markup.show_terms(
        (
            ("Reports", f"{counts['Document']:,}"),
            ("Councils covered", f"{coverage.covered} of {coverage.authorities}"),
            ("Years of inspection", years),
            ("Findings", f"{counts.get('Finding', 0):,}"),
            ("Judgements", f"{counts.get('Judgement', 0):,}"),
        )
    )


def _show_ontology() -> None:
    """Show the classes that are nodes, and the relationships, as the ontology defines them."""
    schema = load_schema()
    counts = cached_query(overview.label_counts)
    st.header("The ontology, for those who write queries", anchor=False)
    nodes = [term for term in schema.classes.values() if term.neo4j_label]
    terms: list[ClassTerm | PropertyTerm] = [*schema.properties.values(), *schema.classes.values()]
    relationships = [term for term in terms if term.relationship_type]
    with st.expander(f"{len(nodes)} kinds of node"):
        rows = (
            (sentence_case(term.label), term.neo4j_label, term.definition, f"{counts.get(term.neo4j_label or '', 0):,}")
            for term in nodes
        )
        markup.show_table("Kinds of node", ("Kind", "Neo4j label", "Definition", "Nodes"), rows)
    with st.expander(f"{len(relationships)} kinds of relationship"):
        definitions = sorted((term.relationship_type or "", term.definition) for term in relationships)
        markup.show_table("Kinds of relationship", ("Type", "Definition"), definitions)
