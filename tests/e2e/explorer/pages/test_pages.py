"""Each page over the samples' graph, over an empty one, and without a database."""

import re

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from caregraph.explorer.pages.documents import in_order
from caregraph.explorer.state.store_cache import store
from caregraph.extractors.findings import embeddings
from caregraph.graph.queries import overview, semantic_search
from caregraph.ontology.iris import short_iri

PAGES = (
    "home", "explore", "authority", "concepts", "findings", "shared", "service", "ask", "documents", "news",
    "review", "about", "improvement", "pack",
)  # fmt: skip
ALLIANCE = "agency/farrowdale-adoption-alliance"
COUNT = re.compile(r"\([\d,]+( \w+)?\)$| (?!(19|20)\d\d$)[\d,]+$")  # at the end of an option, but for a year


def text(test: AppTest) -> str:
    """Everything that a page says, markup included."""
    parts = (test.title, test.header, test.markdown, test.text, test.caption, test.info, test.error)
    html = [element.proto.body for element in test.get("html")]
    figures = [element.proto.json for element in test.get("bidi_component")]
    return "\n".join([*(element.value for group in parts for element in group), *html, *figures])


@pytest.mark.parametrize("page", PAGES)
def test_page_attributes_the_reports(samples, opened, page):
    said = text(opened(page))

    assert "Open Government Licence" in said
    assert "Ofsted" in said


@pytest.mark.parametrize(
    "page",
    ["home", "explore", "authority", "concepts", "findings", "shared", "service", "ask", "documents", "improvement"],
)
def test_page_of_an_empty_graph_says_what_to_do(empty, opened, page):
    test = opened(page)

    assert "There are no reports yet" in text(test)
    assert [block.value for block in test.code] == ["caregraph build PATH"]
    assert not test.button


def test_page_says_that_another_version_made_the_graph(samples, of_another_version, opened):
    st.cache_data.clear()
    assert [warning.value for warning in opened("about").warning if "another version" in warning.value]
    st.cache_data.clear()


def test_explorer_that_only_shows_takes_no_documents_and_no_decisions(samples, environment, opened):
    decisions = {"Same", "Different", "Not sure"}
    assert "Add reports" in {expander.label for expander in opened("documents").expander}
    assert decisions <= {button.label for button in opened("review").button}

    environment(samples | {"CAREGRAPH_READ_ONLY": "1"})

    assert "Add reports" not in {expander.label for expander in opened("documents").expander}
    assert not opened("review").button
    assert {box.label for box in opened("review").text_input} == {"Find a name or a council"}


@pytest.mark.skipif(not embeddings.is_model_installed(), reason="the extra 'meaning' is not installed")
def test_findings_are_found_by_meaning_where_they_are_embedded(samples, without_vectors, opened):
    semantic_search.embed_findings(store(), embeddings.Encoder())

    said = text(opened("findings", words="carers are looked after well", by="meaning"))
    assert "carers" in said
    assert "No findings" not in said
    assert "No findings have a similar meaning" in text(opened("findings", words="xylophone zzyzx", by="meaning"))
    assert "No findings match" in text(opened("findings", words="carers looked zzyzx"))


@pytest.mark.parametrize("page", [page for page in PAGES if page not in {"news", "pack"}])  # these need none
def test_page_without_a_database_says_what_to_do(environment, opened, page):
    environment({"NEO4J_URI": "bolt://127.0.0.1:9", "NEO4J_PASSWORD": "nobody"})

    said = text(opened(page))

    assert "The database does not answer" in said
    assert "caregraph doctor" in said


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({}, "Ashmere: Overall effectiveness: good"),
        ({"map": "reach", "thing": ALLIANCE}, "Ashmere: mentioned in 3 of 4 reports"),
        ({"map": "balance", "concept": "concept/neglect"}, "mixed findings on the topic"),
    ],
)
def test_map_of_home_is_coloured_as_its_address_says(samples, opened, parameters, expected):
    said = text(opened("home", **parameters))

    assert expected in said
    assert "Farrowdale" in said
    assert "authority?council=authority/E99000001" in said


def test_search_of_home_leads_to_pages(samples, opened):
    test = opened("home")
    test.text_input[0].set_value("farrowdale adop").run()

    assert "service?thing=agency/farrowdale-adoption-alliance" in text(test)
    assert "findings?words=farrowdale+adop" in text(test)


ASHMERE = "authority/E99000001"


@pytest.mark.parametrize(
    ("page", "parameters", "expected"),
    [
        ("authority", {}, ["Oxmarsh and Tarrowby"]),
        (
            "authority",
            {"council": ASHMERE},
            [
                "4 reports, 2018 to 2025",
                "What must improve, and what became of it",
                "What is not known",
                "full inspection of 6 January 2025",
            ],
        ),
        ("authority", {"council": ASHMERE, "counted": "all"}, ["All reports of all years are counted"]),
        ("authority", {"council": ASHMERE, "compare": "neighbours"}, ["Compared with 4 councils"]),
        ("authority", {"council": ASHMERE, "view": "services"}, ["service?thing=agency/farrowdale-adoption-alliance"]),
        ("authority", {"council": ASHMERE, "view": "people"}, ["Roles are as at the date of the report."]),
        ("authority", {"council": ASHMERE, "view": "documents"}, ["documents?document=document/"]),
        ("authority", {"council": ASHMERE, "view": "compare"}, ["Latest judgements"]),
        ("authority", {"council": "authority/E99000007"}, ["succeeded by"]),
        ("authority", {"council": "authority/E06000047"}, ["No report on this council was read."]),
        ("concepts", {}, ["All topics"]),
        ("concepts", {"concept": "concept/help-and-protection"}, ["A number like 12/16"]),
        ("concepts", {"concept": "concept/neglect", "region": "everywhere"}, ["Findings on neglect"]),
        ("shared", {"region": "everywhere", "kinds": "Process"}, ["Councils whose reports mention it"]),
        ("authority", {}, ["Compare their grades", "view=compare&compare=region"]),
        ("shared", {}, ["Where reports differ (", "reports agree"]),
        ("service", {}, ["service?thing="]),
        ("findings", {"words": "neglect"}, ["<mark>"]),
        ("findings", {"council": ASHMERE, "polarity": "concern"}, ["concern</span>"]),
        ("findings", {"thing": ALLIANCE}, ["Mentions "]),
        ("findings", {"words": "zzyzx"}, ["No findings match."]),
        ("review", {}, ["10 pairs to check"]),
        ("review", {"place": "Brackenford"}, ["4 pairs to check"]),
        ("review", {"kind": "programme", "doubt": "same-words", "reports": "3"}, ["4 pairs to check"]),
        ("improvement", {"council": ASHMERE}, ["What was asked"]),
        ("improvement", {"region": "region/E99000000"}, ["Ashmere"]),
    ],
)
def test_page_shows_what_its_address_says(samples, opened, page, parameters, expected):
    said = text(opened(page, **parameters))

    assert [words for words in expected if words not in said] == []


@pytest.mark.parametrize(
    ("page", "parameters"),
    [
        ("home", {"map": "nope"}),
        ("home", {"area": "nope"}),
        ("home", {"map": "reach", "thing": "nope"}),
        ("home", {"map": "balance", "concept": "nope"}),
        ("authority", {"council": "nope"}),
        ("authority", {"council": ASHMERE, "view": "nope"}),
        ("authority", {"council": ASHMERE, "judgement": "nope"}),
        ("authority", {"council": ASHMERE, "concepts": "nope"}),
        ("authority", {"council": ASHMERE, "compare": "nope"}),
        ("authority", {"council": ASHMERE, "view": "compare", "compare": "chosen", "with": "nope"}),
        ("concepts", {"concept": "nope"}),
        ("concepts", {"region": "nope"}),
        ("concepts", {"since": "nope"}),
        ("concepts", {"counted": "nope"}),
        ("shared", {"kinds": "nope"}),
        ("shared", {"national": "nope"}),
        ("shared", {"only": "nope"}),
        ("findings", {"finding": "nope"}),
        ("findings", {"council": "nope"}),
        ("findings", {"concept": "nope"}),
        ("findings", {"region": "nope"}),
        ("findings", {"kind": "nope"}),
        ("findings", {"since": "nope"}),
        ("findings", {"until": "nope"}),
        ("findings", {"polarity": "nope"}),
        ("findings", {"thing": "nope"}),
        ("findings", {"document": "nope"}),
        *(("review", {facet: "nope"}) for facet in ("kind", "place", "doubt", "reports")),
        *(("documents", {facet: "nope"}) for facet in ("council", "kind", "theme", "year", "order")),
        ("shared", {"region": "nope"}),
        ("shared", {"part": "nope"}),
        ("shared", {"region": "everywhere", "part": "nope"}),
        ("service", {"thing": "nope"}),
        ("service", {"thing": ALLIANCE, "council": "nope"}),
        ("ask", {"question": "nope"}),
        ("ask", {"question": "what-changed", "authority": "nope"}),
        ("ask", {"question": "latest-grades", "area": "nope"}),
        ("documents", {"document": "nope"}),
        ("explore", {"nodes": "nope"}),
        ("explore", {"around": "nope"}),
        ("explore", {"packed": "nope"}),
        ("explore", {"nodes": ASHMERE, "selected": "nope"}),
        ("explore", {"nodes": ASHMERE, "arranged": "nope"}),
        ("explore", {"nodes": ASHMERE, "coloured": "nope"}),
        ("explore", {"nodes": ASHMERE, "first": "nope"}),
    ],
    ids=str,
)
def test_unknown_value_of_an_address_is_said_and_never_replaced(samples, opened, page, parameters):
    test = opened(page, **parameters)
    said = text(test)

    assert "We could not find “nope”." in said.replace("\\", "")
    assert "<mark>" not in said or page == "service"  # which says of the service itself how it is shared
    assert not test.dataframe


def test_grade_opens_the_words_that_give_it(samples, opened):
    said = text(opened("authority", council=ASHMERE, judgement="judgement/e99000001-ilacs-2025-01-06-overall-good"))

    assert "<mark>" in said


def test_filter_writes_itself_into_the_address_and_narrows(samples, opened):
    test = opened("findings", words="children")
    before = text(test)
    next(box for box in test.selectbox if box.label == "Council").select(
        "https://w3id.org/caregraph/id/" + ASHMERE
    ).run()

    assert test.query_params["council"] == ASHMERE
    assert text(test) != before


def test_explore_begins_with_a_search_and_no_network(samples, opened):
    test = opened("explore")

    assert [box.label for box in test.text_input] == [
        "Search councils, services, programmes, people, topics and the words of reports"
    ]
    assert "Farrowdale Adoption Alliance" in [button.label for button in test.button]
    assert not test.selectbox


def test_search_finds_names_and_picking_one_shows_it_with_its_evidence(samples, opened):
    test = opened("explore")
    test.text_input[0].set_value("farrowdale adop").run()
    test.button(key="pick-https://w3id.org/caregraph/id/agency/farrowdale-adoption-alliance").click().run()

    assert not test.exception
    assert test.query_params["selected"] == ALLIANCE
    assert "<mark>" in text(test)
    assert test.selectbox(key="selected item").value.endswith(ALLIANCE)


def test_search_that_finds_nothing_says_so(samples, opened):
    test = opened("explore")
    test.text_input[0].set_value("zzyzx").run()

    assert "No results." in text(test)


def test_explore_opens_the_view_of_an_address(samples, opened):
    test = opened(
        "explore", nodes=f"{ALLIANCE},authority/E99000001,authority/E99000009", selected="authority/E99000001"
    )

    assert test.selectbox(key="selected item").value.endswith("authority/E99000001")
    assert "We could not find “authority/E99000009”." in text(test).replace("\\", "")
    assert "Judgements" in str(test.get("button_group"))


def test_network_colours_councils_by_latest_grade(samples, opened):
    by_grade = text(opened("explore", nodes=f"{ALLIANCE},authority/E99000001", coloured="grades"))

    assert re.search(r"council: (outstanding|good|requires improvement|inadequate)", by_grade, re.IGNORECASE)
    assert "Councils have the colour of their latest grade" in by_grade
    assert "council: " not in text(opened("explore", nodes=f"{ALLIANCE},authority/E99000001")).lower()


def test_expanding_brings_something_new_and_undo_takes_it_back(samples, opened):
    test = opened("explore", nodes="authority/E99000001", selected="authority/E99000001")
    more = next(button for button in test.button if button.label.startswith("Add all"))
    more.click().run()
    after = test.query_params["nodes"].split(",")
    next(button for button in test.button if button.label == "Undo").click().run()

    assert len(after) > 1
    assert test.query_params["nodes"] == "authority/E99000001"


def test_matrix_marks_who_mentions_a_service_and_who_does_not(samples, opened):
    said = text(opened("shared"))

    assert "Pellmouth, Farrowdale Adoption Alliance: listed member, mentioned (2 of 2 reports)" in said
    assert "service?thing=agency/farrowdale-adoption-alliance&council=authority/E99000005" in said
    assert "Listed member, not mentioned" in said


def test_service_tells_members_where_reports_differ_and_how_they_say_that_it_is_shared(samples, opened):
    said = text(opened("service", thing=ALLIANCE))

    assert "host and member" in said
    assert "2 of 2" in said
    assert "differ" in said
    assert "<mark>" in said
    assert "How reports say it is shared" in said
    assert "Run by the council for others \\u00b7 Brackenford \\u00b7 in the report" in said
    assert "words: its neighbours \\u00b7 run by Brackenford" in said
    assert "Joining \\u00b7 planned \\u00b7 Pellmouth" in said


def test_service_is_read_council_by_council(samples, opened):
    test = opened("service", thing=ALLIANCE, council="authority/E99000005")

    sources = [line for line in text(test).splitlines() if "class='source'" in line]
    assert sources
    assert all("Pellmouth" in line for line in sources)


def test_named_question_answers_with_rows_to_download(samples, opened):
    test = opened("ask", question="shared-services")

    assert "Farrowdale Adoption Alliance" in text(test)
    assert "findings?finding=" in text(test)
    assert len(test.get("download_button")) == 2


def test_next_question_is_asked_of_the_same_council(samples, opened):
    test = opened("ask", question="what-must-improve", authority="Ashmere")
    assert "This is an example." not in text(test)
    test.selectbox[0].set_value("what-changed").run()

    assert "Ashmere" in test.query_params["authority"]
    assert "what-changed" in test.query_params["question"]
    assert "This is an example." in text(opened("ask", question="concepts-of"))


def test_each_change_of_a_question_is_answered(samples, opened):
    test = opened("ask", question="latest-grades", area="overall")
    for grade in ("inadequate", "requires-improvement", "good", "outstanding"):
        field = next(field for field in test.selectbox if field.label.startswith("Grade"))
        field.set_value(grade)
        next(button for button in test.button if button.label == "Show answer").click()
        test.run()

        assert test.query_params["grade"] == grade
        assert next(field for field in test.selectbox if field.label.startswith("Grade")).value == grade


def every_question() -> list[str]:
    from caregraph.graph.queries.questions import load_questions

    return list(load_questions())


@pytest.mark.parametrize("name", every_question())
def test_question_form_opens_and_answers(samples, opened, name):
    test = opened("ask", question=name)

    assert not test.error
    assert "Select a quotation to see it on its page." in text(test) or "No results." in text(test)


@pytest.mark.parametrize(
    ("cypher", "allowed"),
    [
        ("MATCH (a:LocalAuthority) RETURN a.name LIMIT 1", True),
        ("CREATE (n:Harm) RETURN n", False),
        ("LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line", False),
        ("MATCH (n", False),
    ],
)
def test_console_runs_reads_and_says_why_it_refuses_others(samples, opened, cypher, allowed):
    test = opened("ask", cypher="RETURN 1 AS one")
    test.text_area[0].set_value(cypher)
    next(button for button in test.button if button.label == "Run").click().run()

    assert test.query_params["cypher"] == cypher
    assert not test.exception
    assert bool(test.dataframe) == allowed
    assert bool(test.error) != allowed


@pytest.mark.parametrize(
    ("page", "parameters"),
    [
        *((page, {}) for page in PAGES),
        ("home", {"map": "reach"}),
        ("authority", {"council": ASHMERE, "view": "compare", "compare": "chosen"}),
        ("shared", {"region": "region/E99000000"}),
        ("service", {"thing": ALLIANCE}),
        ("explore", {"nodes": f"{ALLIANCE},{ASHMERE}", "selected": ASHMERE}),
        ("ask", {"question": "what-changed", "authority": "Ashmere"}),
    ],
    ids=str,
)
def test_no_option_says_a_count(samples, opened, page, parameters):
    """The browser sends a choice by its words: one made while counts change would be lost."""
    test = opened(page, **parameters)
    widgets = (*test.selectbox, *test.multiselect, *test.get("button_group"))
    options = {option if isinstance(option, str) else option.content for box in widgets for option in box.options}

    assert {option for option in options if COUNT.search(option)} == set()


def test_documents_are_listed_and_open_with_their_facts(samples, opened):
    [report] = (n for n in overview.document_summaries(store()) if n.file == "ashmere_cs_2025-02-24.pdf")
    address = short_iri(report.node.iri)
    assert f"documents?document={address}" in text(opened("documents"))

    said = text(opened("documents", document=address))
    assert "<mark>" in said
    assert "authority?council=authority/E99000001" in said
    assert "6 to 17 January 2025" in said


def test_reports_are_a_page_at_first_and_narrowed_by_facets(samples, opened, monkeypatch):
    monkeypatch.setattr("caregraph.explorer.pages.documents.PAGE_SIZE", 2)
    documents = overview.document_summaries(store())
    test = opened("documents")
    assert shown_reports(test) == [short_iri(document.node.iri) for document in in_order(documents, "latest")[:2]]
    assert f"{len(documents)} reports, the first 2 shown." in text(test)

    next(button for button in test.button if button.label.startswith("Show 4 more")).click().run()
    assert len(shown_reports(test)) == 6
    assert not dict(test.query_params)

    test.selectbox(key="choice council").select("Ashmere").run()
    of_council = [document for document in documents if document.authority == "Ashmere"]
    assert f"{len(of_council)} reports" in text(test)
    assert test.query_params["council"] == "Ashmere"
    assert "documents?council=Ashmere&year=2025" in text(test)
    test.selectbox(key="choice year").select("2025").run()
    assert shown_reports(test) == [
        short_iri(document.node.iri) for document in of_council if document.file == "ashmere_cs_2025-02-24.pdf"
    ]


def shown_reports(test: AppTest) -> list[str]:
    return list(dict.fromkeys(re.findall(r"documents\?document=(document/\w+)", text(test))))


def test_facets_that_no_report_meets_can_be_cleared(samples, opened):
    test = opened("documents", council="Ashmere", year="2016")

    assert "No reports match." in text(test)
    next(button for button in test.button if button.label == "Clear all").click().run()
    assert shown_reports(test)


def test_about_counts_what_is_there_and_defines_every_kind(samples, opened):
    said = text(opened("about"))

    assert "<dd>13</dd>" in said
    assert "LocalAuthority" in said
    assert "SUCCEEDED_BY" in said


def test_words_of_a_report_never_become_markup(hostile, opened):
    test = opened("explore", nodes="authority/E99000001", selected="authority/E99000001")
    test.session_state["fact group panel-https://w3id.org/caregraph/id/authority/E99000001"] = "findings"
    test.run()
    said = text(test)

    assert "&lt;script&gt;" in said
    assert "**quick**" in said
    assert "<script>" not in said
    assert "<img" not in said
