"""The only place where text of reports meets HTML: everything that comes in is escaped."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path

import streamlit as st

from caregraph.explorer.labels import dated, day, kind_of, place, sentence_case, value
from caregraph.explorer.network.node_style import Look, look_of, sign
from caregraph.graph.queries.evidence import Evidence, Span
from caregraph.graph.queries.nodes import Node

STYLE = Path(__file__).parents[1] / "style.css"
_NEAR = 420  # characters of a long passage that are shown before and after its sentence


def marked(text: str, sentence: Span, words: Sequence[Span]) -> str:
    """A passage with its sentence marked, and in it the words that name the fact.

    >>> marked("Few wait. The <b>MASH</b> is quick.", (10, 34), [(14, 25)])
    'Few wait. <mark>The <strong>&lt;b&gt;MASH&lt;/b&gt;</strong> is quick</mark>.'
    """
    start, end = sentence
    before, after = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    inside, at = "", start
    for first, last in words:
        if at <= first < last <= end and (first, last) != sentence:
            inside += f"{escape(text[at:first])}<strong>{escape(text[first:last])}</strong>"
            at = last
    inside += escape(text[at:end])
    left = "… " if start > _NEAR else ""
    right = " …" if end + _NEAR < len(text) else ""
    return f"{left}{escape(before)}<mark>{inside}</mark>{escape(after)}{right}"


def card(found: Evidence, *, heading: bool) -> str:
    """A fact with its passage and where that stands; without the heading where the fact is known."""
    source = found.source
    where = (source.authority, value("kind", source.kind) if source.kind else None, dated(source))
    lines = [escape(", ".join(filter(None, where))), escape(place(found)), escape(source.name)]
    return (
        "<article class='evidence'>"
        + (_heading(found) if heading else "")
        + f"<blockquote>{marked(found.passage, found.sentence, found.words)}</blockquote>"
        + f"<p class='source'>{'<br>'.join(filter(None, lines))}</p></article>"
    )


def _heading(found: Evidence) -> str:
    node, one = found.about, look_of(found.about)
    if node.label == "Finding":
        polarity = node.polarity or "neutral"
        sure = f"<span class='chip'>{found.confidence:.0%} sure</span>" if found.confidence is not None else ""
        return f"<p class='fact'>{sign(one, text=value('polarity', polarity))}{sure}</p>"
    role = f"<span class='chip'>{escape(value('role', found.role))}</span>" if found.role else ""
    return f"<p class='fact'>{sign(one, text=node.name)}{role}</p>"


def quotation(mark: str, text: str) -> None:
    """Words of a report under a sign of `node_style.sign`."""
    st.html(
        f"<article class='evidence'><p class='fact'>{mark}</p><blockquote>{escape(_line(text))}</blockquote></article>"
    )


def quoted(sentence: str, words: str, source: str) -> None:
    """A sentence with the words in it that name something marked, and where it stands."""
    text, wanted = _line(sentence), _line(words)
    start = max(text.find(wanted), 0)
    end = start + len(wanted) if wanted in text else start
    marks = marked(text, (start, end), ()) if end > start else escape(text)
    st.html(
        f"<article class='evidence'><blockquote>{marks}</blockquote><p class='source'>{escape(source)}</p></article>"
    )


def reasons(told: Iterable[tuple[str, bool]], score: str) -> None:
    """What speaks for one thing and what for two, and how likely the rules take it to be one."""
    rows = "".join(
        f"<li><b>{'For' if speaks else 'Against'}</b> {escape(sentence_case(words))}</li>" for words, speaks in told
    )
    st.html(f"<ul class='reasons'>{rows}<li>By the rules {escape(score)} likely to be one and the same.</li></ul>")


def facts(pairs: Iterable[tuple[str, str | None]]) -> None:
    """Terms with what they are; those without a value are left out."""
    rows = "".join(f"<dt>{escape(term)}</dt><dd>{escape(text)}</dd>" for term, text in pairs if text)
    if rows:
        st.html(f"<dl class='facts'>{rows}</dl>")


def row(cells: Iterable[tuple[str, object, bool]]) -> None:
    """One row of an answer as terms with their values; a quotation stands in the report's voice."""
    quotes, others = [], []
    for term, cell, quoted in cells:
        if quoted:
            quotes.append(f"<blockquote>{escape(str(cell))}</blockquote>")
        else:
            others.append(f"<dt>{escape(term)}</dt><dd>{escape(_text(cell))}</dd>")
    st.html(f"<article class='evidence'>{''.join(quotes)}<dl class='facts'>{''.join(others)}</dl></article>")


def legend(counts: Mapping[tuple[str, Look], str]) -> None:
    """What the shapes and colours mean, with how many of each are shown."""
    signs = "".join(sign(one, text=f"{sentence_case(name)} {count}") for (name, one), count in counts.items())
    st.html(f"<div class='legend' role='note' aria-label='Legend'>{signs}</div>")


def kind_sign(node: Node) -> None:
    """What kind of node it is, as in the legend."""
    st.html(sign(look_of(node), text=sentence_case(kind_of(node.label))))


def table(caption: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table that scrolls sideways on its own; cells are text, days are printed as reports print them."""
    head = "".join(f"<th scope='col'>{escape(column)}</th>" for column in columns)
    body = "".join(f"<tr>{''.join(f'<td>{escape(_text(cell))}</td>' for cell in row)}</tr>" for row in rows)
    st.html(
        f"<div class='table' tabindex='0' role='region' aria-label='{escape(caption)}'>"
        f"<table><caption>{escape(caption)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def bars(caption: str, rows: Sequence[tuple[str, float]]) -> None:
    """A bar for each name, all on one scale, with its number."""
    longest = max((number for _, number in rows), default=0) or 1
    body = "".join(_bar(name, number, share=max(0, number) / longest) for name, number in rows)
    st.html(f"<div class='table bars'><table><caption>{escape(caption)}</caption><tbody>{body}</tbody></table></div>")


def _bar(name: str, number: float, *, share: float) -> str:
    bar = f"<i aria-hidden='true' style='width:{share:.1%}'></i><span>{number:,.10g}</span>"
    return f"<tr><th scope='row'>{escape(name)}</th><td>{bar}</td></tr>"


def lead(text: str) -> None:
    """The paragraph under a page's title."""
    st.html(f"<p class='lead'>{escape(text)}</p>")


def _line(text: str) -> str:
    return " ".join(text.split())


def _text(cell: object) -> str:
    if cell is None:
        return ""
    return day(cell.isoformat()) or "" if hasattr(cell, "isoformat") else str(cell)
