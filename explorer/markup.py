"""HTML: the only module that makes markup of text, and the only one that hands markup to Streamlit.

Everything that comes in is escaped. Text of reports also reaches the browser as plain data, never as markup: in figures
(`figures.dom`, whose texts become text nodes), in the network (canvas labels), in Streamlit's own widgets (through
`labels.escape_markdown` where a widget reads Markdown), and in the offline page of `network.network_export` (a JSON
script, filled in here).
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import starmap, zip_longest
from pathlib import Path

import streamlit as st

from caregraph.explorer.labels import format_day, kind_label, location_label, scheme_label, source_label, source_link
from caregraph.explorer.network.node_style import NodeStyle, node_style, polarity_style
from caregraph.graph.queries.evidence import AgencyMembership, Evidence, Span
from caregraph.graph.queries.nodes import Node
from caregraph.graph.wording import sentence_case

STYLE = Path(__file__).with_name("style.css")
_CONTEXT = 420  # characters of a long passage that are shown before and after its sentence
_NO_WORDS = "Its words are not fetched."
_CONFIDENCE = "The program’s confidence that the sentence is a strength, a concern, mixed or neutral"


def marked_passage(text: str, sentence: Span, words: Sequence[Span]) -> str:
    """HTML of a passage with its sentence marked, and in the sentence the words that name the fact.

    >>> marked_passage("Few wait. The <b>MASH</b> is quick.", (10, 34), [(14, 25)])
    'Few wait. <mark>The <strong>&lt;b&gt;MASH&lt;/b&gt;</strong> is quick</mark>.'
    """
    start, end = sentence
    before, after = text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT]
    inside, position = "", start
    for first, last in words:
        if position <= first < last <= end and (first, last) != sentence:
            inside += f"{escape(text[position:first])}<strong>{escape(text[first:last])}</strong>"
            position = last
    inside += escape(text[position:end])
    left = "… " if start > _CONTEXT else ""
    right = " …" if end + _CONTEXT < len(text) else ""
    return f"{left}{escape(before)}<mark>{inside}</mark>{escape(after)}{right}"


def node_sign(style: NodeStyle, text: str) -> str:
    """HTML of a node's shape in its colour, with text beside it."""
    shape = f"<i aria-hidden='true' style='background:{style.background};clip-path:{style.outline}'></i>"
    return f"<span class='sign'>{shape}{escape(text)}</span>"


def table_rows(rows: Iterable[Iterable[object]], labels: Sequence[str] = ()) -> str:
    """HTML of the rows of a table's body; days are printed as reports print them.

    Args:
        labels: of the cells of a row, where rows become cards on a phone.

    >>> table_rows([["Good"]], ["Grade"])
    '<tr><td data-label="Grade">Good</td></tr>'
    """
    return "".join(f"<tr>{''.join(starmap(_cell, zip_longest(row, labels)))}</tr>" for row in rows)


def _cell(cell: object, label: str | None) -> str:
    mark = f' data-label="{escape(label)}"' if label else ""
    return f"<td{mark}>{escape(cell_text(cell))}</td>"


def fill_page_template(
    template: str, *, texts: Mapping[str, str], html: Mapping[str, str], scripts: Mapping[str, str], data: object
) -> str:
    """Fill the gaps of a page's template, such as ``{{heading}}``, each by its name.

    Args:
        texts: are escaped.
        html: markup made by this module.
        scripts: JavaScript.
        data: fills ``{{data}}`` as JSON; a name in it cannot end the script that it stands in.
    """
    parts = {name: escape(text) for name, text in texts.items()} | dict(html)
    parts |= {name: script.replace("</script", "<\\/script") for name, script in scripts.items()}
    parts["data"] = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    before, *gaps = template.split("{{")
    return before + "".join(parts[gap.split("}}", 1)[0]] + gap.split("}}", 1)[1] for gap in gaps)


def show_style() -> None:
    """Apply the explorer's style sheet to the page."""
    st.html(STYLE)


def show_footer(parts: Iterable[str | tuple[str, str]]) -> None:
    """Show the line under every page; a part with an address is a link."""
    pieces = (escape(part) if isinstance(part, str) else _outside_link(*part) for part in parts)
    st.html(f"<div class='footer'>{''.join(pieces)}</div>")


def show_print_address(address: str, day: str) -> None:
    """Show the page's address and the day, on paper alone."""
    st.html(f"<p class='on-paper'>{escape(address)} · caregraph, {escape(day)}</p>")


def show_membership_sources(memberships: Iterable[AgencyMembership]) -> None:
    """Show links to the pages that memberships were taken from; nothing where none has an address."""
    pages = {item.source_address: item.source or "" for item in memberships if item.source_address}
    if pages:
        links = sorted(_outside_link(source, address) for address, source in pages.items())
        st.html(f"<p><small>Sources of the lists: {'; '.join(links)}</small></p>")


def _outside_link(text: str, address: str) -> str:
    return f"<a href='{escape(address)}' target='_blank' rel='noopener noreferrer'>{escape(text)}</a>"


def show_lead(text: str) -> None:
    """Show the paragraph under a page's title."""
    st.html(f"<p class='lead'>{escape(text)}</p>")


def show_kind(node: Node, *, in_column: bool = False) -> None:
    """Show the kind of a node by its shape, colour and name.

    Args:
        in_column: as wide as those under it, in a list of nodes.
    """
    sign = node_sign(node_style(node), sentence_case(kind_label(node.label)))
    if in_column:
        st.html(f"<span class='kind'>{sign}</span>", width="content")
    else:
        st.html(sign)


def show_card(evidence: Evidence, *, heading: bool) -> None:
    """Show a fact's passage with its source; without the heading where the fact is known."""
    source = evidence.source
    lines = [escape(line) for line in (source_label(source), location_label(evidence), source.name) if line]
    lines += [f"<strong>Corrected by a person:</strong> {escape(note)}" for note in evidence.corrections]
    if link := source_link(source):
        lines.append(_outside_link(*link))
    st.html(
        "<article class='evidence'>"
        + (_card_heading(evidence) if heading else "")
        + f"<blockquote>{_quoted(evidence)}</blockquote>"
        + f"<p class='source'>{'<br>'.join(lines)}</p></article>"
    )


def _quoted(evidence: Evidence) -> str:
    """HTML of the passage, or where it stands if its words are not here."""
    if evidence.has_words:
        return marked_passage(evidence.passage, evidence.sentence, evidence.words)
    return f"{escape(sentence_case(location_label(evidence)))} of <em>{escape(evidence.source.name)}</em>. {_NO_WORDS}"


def _card_heading(evidence: Evidence) -> str:
    node = evidence.about
    style = node_style(node)
    if node.label == "Finding":
        confidence = (
            f"<span class='chip' title='{_CONFIDENCE}'>{evidence.confidence:.0%} confidence</span>"
            if evidence.confidence is not None
            else ""
        )
        return (
            f"<p class='fact'>{node_sign(style, scheme_label('polarity', node.polarity or 'neutral'))}{confidence}</p>"
        )
    role = f"<span class='chip'>{escape(scheme_label('role', evidence.role))}</span>" if evidence.role else ""
    return f"<p class='fact'>{node_sign(style, node.name)}{role}</p>"


def show_finding(polarity: str, text: str) -> None:
    """Show the words of a finding under its polarity."""
    sign = node_sign(polarity_style(polarity), scheme_label("polarity", polarity))
    st.html(
        f"<article class='evidence'><p class='fact'>{sign}</p>"
        f"<blockquote>{escape(_one_line(text))}</blockquote></article>"
    )


def show_sentence(sentence: str, words: str, source: str) -> None:
    """Show a sentence with the words in it that name something marked, and its source."""
    text, name = _one_line(sentence), _one_line(words)
    start = text.find(name)
    quoted = marked_passage(text, (start, start + len(name)), ()) if name and start >= 0 else escape(text)
    st.html(
        f"<article class='evidence'><blockquote>{quoted}</blockquote><p class='source'>{escape(source)}</p></article>"
    )


def show_reasons(reasons: Iterable[tuple[str, bool]], score: str) -> None:
    """Show the reasons for and against two names being the same, each with True if it speaks for it, and the score."""
    rows = "".join(
        f"<li><b>{'For' if speaks_for else 'Against'}</b> {escape(sentence_case(words))}</li>"
        for words, speaks_for in reasons
    )
    st.html(f"<ul class='reasons'>{rows}<li>Match score {escape(score)}.</li></ul>")


def show_terms(pairs: Iterable[tuple[str, str | None]]) -> None:
    """Show terms with their values; those without a value are left out."""
    rows = "".join(f"<dt>{escape(term)}</dt><dd>{escape(text)}</dd>" for term, text in pairs if text)
    if rows:
        st.html(f"<dl class='facts'>{rows}</dl>")


def show_row(cells: Iterable[tuple[str, object, bool]]) -> None:
    """Show one row of an answer as terms with their values, each with True if it quotes a report."""
    quotations, facts = [], []
    for term, cell, is_quotation in cells:
        if is_quotation:
            quotations.append(f"<blockquote>{escape(str(cell))}</blockquote>")
        else:
            facts.append(f"<dt>{escape(term)}</dt><dd>{escape(cell_text(cell))}</dd>")
    st.html(f"<article class='evidence'>{''.join(quotations)}<dl class='facts'>{''.join(facts)}</dl></article>")


def show_legend(counts: Mapping[tuple[str, NodeStyle], str]) -> None:
    """Show the shapes and colours of kinds of node, with how many of each are drawn."""
    signs = "".join(node_sign(style, f"{sentence_case(name)} {count}") for (name, style), count in counts.items())
    st.html(f"<div class='legend' role='note' aria-label='Legend'>{signs}</div>")


def show_table(
    caption: str,
    columns: Sequence[str],
    rows: Iterable[Iterable[object]],
    *,
    on_paper: bool = False,
    cards: bool = False,
) -> None:
    """Show a table that scrolls sideways on its own; cells are text, days are printed as reports print them.

    Args:
        on_paper: only there, where a widget that paper cannot hold has the same rows.
        cards: each row is a card on a phone, its cells under their columns' names.
    """
    head = "".join(f"<th scope='col'>{escape(column)}</th>" for column in columns)
    kind = " ".join(("table", *(["on-paper"] if on_paper else []), *(["cards"] if cards else [])))
    body = table_rows(rows, columns if cards else ())
    st.html(
        f"<div class='{kind}' tabindex='0' role='region' aria-label='{escape(caption)}'>"
        f"<table><caption>{escape(caption)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def show_note(text: str) -> None:
    """Show a reader's note on paper, where its box is not printed."""
    if text:
        lines = "<br>".join(escape(line) for line in text.splitlines())
        st.html(f"<p class='on-paper note'>{lines}</p>")


def show_sources(citations: Iterable[str]) -> None:
    """Show where the sentences of a table stand, by their numbers in it."""
    entries = "".join(f"<li>{escape(text)}</li>" for text in citations)
    st.html(f"<div class='sources'><h3>Sources</h3><ol>{entries}</ol></div>")


def show_bar_chart(caption: str, bars: Sequence[tuple[str, float]]) -> None:
    """Show a bar for each name, all on one scale, with its number."""
    longest = max((number for _, number in bars), default=0) or 1
    body = "".join(_bar(name, number, share=max(0, number) / longest) for name, number in bars)
    st.html(f"<div class='table bars'><table><caption>{escape(caption)}</caption><tbody>{body}</tbody></table></div>")


def _bar(name: str, number: float, *, share: float) -> str:
    bar = f"<i aria-hidden='true' style='--share:{share:.4f}'></i><span>{number:,.10g}</span>"
    return f"<tr><th scope='row'>{escape(name)}</th><td>{bar}</td></tr>"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def cell_text(cell: object) -> str:
    """Text of a table's cell; a day as reports print it."""
    if cell is None:
        return ""
    return format_day(cell.isoformat()) or "" if hasattr(cell, "isoformat") else str(cell)
