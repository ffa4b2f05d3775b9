"""About: how much there is, what the figures mean and do not mean, licence, ontology."""

import streamlit as st

from caregraph.explorer.evidence import markup
from caregraph.explorer.labels import sentence_case
from caregraph.explorer.page_shell import LICENCE
from caregraph.explorer.state.store_cache import has_documents, kept
from caregraph.graph.queries import overview
from caregraph.ontology.schema import ClassTerm, PropertyTerm, load_schema

_MEANING = """
- **A fact** is what a program read in a report. Each has the words that it was read from, and the page they are on:
  read those before you rely on it.
- **A grade** is what inspectors gave on the dates shown, under the framework of that time. Frameworks changed: grades
  of different frameworks are not one scale, and from April 2026 there is no grade for overall effectiveness.
- **Strength, concern, mixed, neutral** is how a classifier takes a sentence, with how sure it is. Counts of them say
  how much reports wrote, not how good a council is.
- **Silence** means that no report read here names a thing. It does not mean that a council does not have it.
- **Membership** of an agency comes from a list (the thesaurus) unless a report is named with it.
- **People** appear in the role that a report gives them. Nobody is ranked, and inspectors are not compared.
- **Coverage**: only the reports that somebody has given to `caregraph build` are in the graph.
"""


def about() -> None:
    st.title("About", anchor=False)
    markup.lead(
        "caregraph reads what inspectors publish about children’s services "
        "and keeps every fact with the words that say it."
    )
    if has_documents():
        _figures()
    st.subheader("What the figures mean", anchor=False)
    st.markdown(_MEANING)
    st.subheader("Licence and attribution", anchor=False)
    st.markdown(
        "Inspection reports are published by Ofsted, alone or with other inspectorates, under the "
        f"[Open Government Licence v3.0]({LICENCE}): anyone may use them who says where they come from. "
        "Cite the report, not this program; every piece of evidence has a citation to copy. "
        "caregraph itself is free software under the Apache License 2.0."
    )
    _ontology()


def _figures() -> None:
    counts, coverage = kept(overview.label_counts), kept(overview.coverage)
    years = f"{coverage.first_year} to {coverage.last_year}" if coverage.first_year else "not given"
    st.subheader("What is in the graph", anchor=False)
    markup.facts(
        (
            ("Documents", f"{counts['Document']:,}"),
            ("Councils reported on", f"{coverage.covered} of {coverage.authorities} in the register"),
            ("Years of inspection", years),
            ("Findings", f"{counts.get('Finding', 0):,}"),
            ("Judgements", f"{counts.get('Judgement', 0):,}"),
        )
    )


def _ontology() -> None:
    """The classes that are nodes, and the relationships, as the ontology defines them."""
    schema = load_schema()
    counts = kept(overview.label_counts)
    st.subheader("The ontology", anchor=False)
    nodes = [term for term in schema.classes.values() if term.neo4j_label]
    terms: list[ClassTerm | PropertyTerm] = [*schema.properties.values(), *schema.classes.values()]
    relations = [term for term in terms if term.relationship_type]
    with st.expander(f"{len(nodes)} kinds of node"):
        rows = (
            (sentence_case(term.label), term.neo4j_label, term.definition, f"{counts.get(term.neo4j_label or '', 0):,}")
            for term in nodes
        )
        markup.table("Kinds of node", ("Kind", "Neo4j label", "What it is", "In the graph"), rows)
    with st.expander(f"{len(relations)} kinds of relationship"):
        found = sorted((term.relationship_type or "", term.definition) for term in relations)
        markup.table("Kinds of relationship", ("Type", "What it says"), found)
