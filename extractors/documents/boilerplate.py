"""Boilerplate: sentences that say how the inspection was done or what a grade means, whatever inspectors found.

Reads doc.spans["kinds"], the sentences and the reading's blocks; writes doc.spans["boilerplate"]: such sentences of
prose, each with its kind as its label: "method" (who inspected, what they read, what happens next), "pandemic" (how
the inspection was adapted to it) or "grade" (the words that define a grade). They are no findings; a passage that holds
nothing else is marked in the record. What a letter says between its salutation and its findings is method.
"""

import re
from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from caregraph.extractors.documents.themes import is_findings_heading, opening_blocks
from caregraph.extractors.reading.flow import PROSE, Block, Reading
from caregraph.extractors.spans import strip_space
from caregraph.ontology.records import GRADE_WORDS, METHOD, PANDEMIC
from caregraph.ontology.vocabulary import Vocabulary

SPANS_KEY = "boilerplate"
_LETTERS = frozenset({"focused-visit", "monitoring-visit"})  # a joint letter begins its findings under many headings

_MAX_HEADING, _MOST_SEEN = 200, 600  # characters of a heading and of a sentence that are looked at
_METHOD_HEADING = re.compile(
    r"(?:information )?about (?:this|the) (?:\w+ ){0,2}inspection|inspection details|next steps", re.IGNORECASE
)
_CONTEXT_HEADING = re.compile(r"(?:local )?(?:context|background)\b", re.IGNORECASE)  # of facts about the area
_GRADE_HEADING = re.compile(r"what the inspection judge?ments? means?\b", re.IGNORECASE)
_INSPECTORS = (
    r"(?:(?:both|all|the|our|these|lead|team|his|her) )*(?:majesty[’']s )?"
    r"(?:inspect(?:ors?|ion team)|inspectorates|team)"
)
_VISIT = r"(?:this|the|our) (?:\w+ ){0,4}(?:visit|inspection|review|evaluation)"
_READ = (
    rf"(?:{_INSPECTORS}|they|we) (?:also )?"
    r"(?:looked at|considered|reviewed|evaluated|examined|scrutinised|read|sampled|gathered|analysed|visited|observed) "
)
_MATERIAL = (
    r"(?:evidence|information|documents|documentation|(?:case|children[’']s|electronic) (?:\w+ )?(?:files?|records?)"
    r"|case discussions|performance (?:management|data|information)|local authority performance)"
)
# What they saw in it may follow; then the sentence is about the council.
_NOTHING_SEEN = r"(?!.*\b(?:where|which|but|however|found|showed|because|although|they (?:had|have|were|are))\b)"
_WHO_AND_HOW = (
    r"this (?:letter|report) (?:to (?:\w+ ){1,8})?(?:summarises|outlines|sets out|contains|provides|gives)\b",
    _INSPECTORS + r"(?: for this (?:visit|inspection))? (?:was|were):? (?:(?-i:[A-Z])|lead inspector)",
    r"(?:his|her) majesty[’']s (?:senior )?inspectors?\W*$",
    _VISIT + r" (?:took place|included an? [‘“'\"]?deep)\b",
    r"it was carried out by inspectors from\b",
    rf"(?:(?:the )?majority of )?{_VISIT} was (?:partly |fully )?"
    r"(?:carried out|conducted|undertaken|completed|delivered|led) "
    r"(?:by|in|under|fully|partly|entirely|wholly|remotely|on|off|using|between|over|from)\b",
    r"between .{3,60}, (?:ofsted|inspectors)\b.{0,300}\b(?:undertook|carried out|conducted) (?:an?|this|the) "
    r"(?:\w+ ){0,4}inspection\b",
    r"the methodology (?:for|of) this\b|the findings in (?:this|the) (?:letter|report) (?:relate|evaluate)\b",
    _INSPECTORS + r" (?:was|were|worked|remained) (?:all |both |also )?(?:on[- ]site|off[- ]site|remotely|in person)\b",
)
_WHAT_WAS_READ = (
    rf"{_READ}(?:an? |the )?(?:\w+ )?(?:range|variety|number|sample|selection) of [^.]*\b{_MATERIAL}{_NOTHING_SEEN}",
    rf"{_READ}(?:(?:relevant|the|local authority[’']s|key|its) )*{_MATERIAL}{_NOTHING_SEEN}",
)
_WHAT_COMES_NEXT = (
    r"(?:ofsted|the inspectorates?|we) will (?:take|use|consider) (?:the|these|our) findings\b",
    r"i am copying this letter\b|(?:this letter|it) will be published on\b|we have notified the department\b",
    r"you should (?:submit|send|prepare) (?:an?|the|your) (?:\w+ ){0,2}(?:action plan|statement)\b",
    r"it would be (?:very )?helpful if you (?:can|could) share\b|if you are not happy with the inspection\b",
    r"the (?:\w+ ){0,6}should (?:prepare|send|submit) (?:an?|the) written statement of (?:proposed )?action\b",
    r"(?:this|the) (?:written )?statement (?:of (?:proposed )?action )?(?:will|should) (?:inform|set out|be)\b",
    r"(?:this|the response) should (?:be a multi-agency response|set out the actions)\b",
    r"ofsted and (?:the )?(?:care quality commission|cqc)(?: \(cqc\))? ask that\b",
    r"the next full (?:area send )?(?:re)?inspection will\b",
    r"the local authority was given the opportunity to review this section\b",
    r"ofsted produces this report\b|the (?:inspection|review) of .{3,80} was carried out under section\b",
    r"a multi-agency inspection of this area\b|we anticipate that each of the\b|the inspectorates recognise\b",
)
_METHOD = re.compile("|".join((*_WHO_AND_HOW, *_WHAT_WAS_READ, *_WHAT_COMES_NEXT)), re.IGNORECASE | re.DOTALL)
_GRADE = re.compile(
    r"an? (?:outstanding|good|inadequate) (?:local authority|lscb)\b|an lscb (?:that is|requires)\b"
    r"|(?:in )?a local authority that (?:is inadequate|requires improvement)\b|it is ofsted[’']s expectation that\b"
    r"|there are (?:no )?widespread (?:or|and/or|and) (?:serious|systemic) fail(?:ures|ings) (?:that|leading)\b"
    r"|minimum requirements are in place\b"
    r"|the welfare of (?:looked after children|children looked after) is safeguarded"
    r"|the (?:local )?authority (?:is not yet delivering good|leads (?:highly )?effective services that)\b"
    r"|leaders and managers have not been able to demonstrate sufficient understanding of failures\b"
    r"|the arrangements (?:in place )?to evaluate the effectiveness of what is done by the authority\b"
    r"|the lscb (?:is not (?:yet )?demonstrating|coordinates the activity of statutory partners and)\b"
    r"|the overall judge?ment is\b|the graded judge?ment (?:about|of|for)\b.{0,90}\bis that it\b"
    r"|the local area partnership[’']s (?:[^.]{0,90} )?arrangements (?:typically )?lead to\b"
    r"|the local area partnership (?:must work jointly to make|is taking action where) improvements\b",
    re.IGNORECASE | re.DOTALL,
)
# Words without which a sentence of a letter's opening is about the council, unless it is a line of the visit's scope.
_OF_VISIT = re.compile(
    r"\b(?:inspect\w*|visit|letter|dear|hmi|they|we|ofsted|evidence|methodology|this|also|delivery model)\b",
    re.IGNORECASE,
)
_MOST_IN_SCOPE = 14  # words of such a line
_PANDEMIC_WORDS = re.compile(r"\bcovid|\bpandemic|\bcoronavirus", re.IGNORECASE)
_PANDEMIC = re.compile(
    rf"[^.]*\b(?:chief inspector\b[^.]*\bis leading ofsted[’']s work|delivery model\b[^.]*\b(?:adapted|includes?)"
    rf"|(?:agreed|arrangements)\b[^.]*\bto (?:deliver|carry out) (?:this|the) (?:visit|inspection))\b"
    r"|in reaching their judge?ments?\b"
    rf"|{_INSPECTORS} (?:considered a range of information about|took account of) the impact\b"
    rf"|{_INSPECTORS} (?:also )?used (?:video|telephone|remote|either video)\b"
    rf"|[^.]*\b{_VISIT} (?:was|is) (?:part of|ofsted[’']s first)\b",
    re.IGNORECASE | re.DOTALL,
)


def add_to(nlp: Language, vocabulary: Vocabulary) -> None:
    """Add the component; it needs nothing of the vocabulary."""
    nlp.add_pipe("boilerplate")


@Language.factory("boilerplate", requires=["token.is_sent_start", "doc.spans"], assigns=["doc.spans"])
def make_boilerplate(nlp: Language, name: str) -> "BoilerplateExtractor":
    return BoilerplateExtractor()


class BoilerplateExtractor:
    """Mark the sentences of prose that would stand there whatever inspectors found."""

    def __call__(self, doc: Doc) -> Doc:
        doc.spans[SPANS_KEY] = SpanGroup(doc, name=SPANS_KEY, spans=list(self.find(doc)))
        return doc

    def find(self, doc: Doc) -> Iterator[Span]:
        """Yield such sentences in reading order, leaving ``doc`` as it was."""
        reading: Reading = doc.user_data["reading"]
        kind = next((span.label_ for span in doc.spans["kinds"]), "")
        opening = {block.start for block in blocks_before_findings(reading, kind)}
        for sentence in map(strip_space, doc.sents):
            block = reading.block_at(sentence.start_char) if sentence else None
            if block and block.kind in PROSE:
                text = reading.text[sentence.start_char : sentence.end_char]
                kind = kind_of_boilerplate(text, block.sections, opens_letter=block.start in opening)
                if kind:
                    yield Span(doc, sentence.start, sentence.end, kind)


def kinds_of_blocks(doc: Doc) -> dict[int, str]:
    """Kinds of the blocks that hold nothing but boilerplate, by their first characters; the first sentence gives it."""
    reading: Reading = doc.user_data["reading"]
    marked = {span.start: span.label_ for span in doc.spans.get(SPANS_KEY, ())}
    kinds: dict[int, list[str]] = {}
    for sentence in map(strip_space, doc.sents):
        if sentence:
            block = reading.block_at(sentence.start_char)
            kinds.setdefault(block.start, []).append(marked.get(sentence.start, ""))
    return {start: found[0] for start, found in kinds.items() if all(found)}


def blocks_before_findings(reading: Reading, kind: str) -> Sequence[Block]:
    """Blocks of a letter between its salutation and the heading of its findings, none where it lacks such a heading."""
    opening = [*opening_blocks(reading)] if kind in _LETTERS else []
    following = reading.blocks[reading.blocks.index(opening[-1]) + 1 :][:1] if opening else ()
    ends = any(is_findings_heading(block, reading.text[block.start : block.end]) for block in following)
    return [block for block in opening if not _CONTEXT_HEADING.match(block.section or "")] if ends else []


def kind_of_boilerplate(text: str, sections: tuple[str, ...] = (), *, opens_letter: bool = False) -> str:
    """Kind of boilerplate that a sentence is, empty if it is none.

    Args:
        text: the sentence.
        sections: the headings above it.
        opens_letter: True between the salutation of a letter and its findings.

    >>> kind_of_boilerplate("Ofsted will take the findings of this visit into account when it plans the next one.")
    'method'
    >>> kind_of_boilerplate("Inspectors saw delays in the work with children who go missing.")
    ''
    """
    words = text.strip()[:_MOST_SEEN]
    if any(_GRADE_HEADING.match(heading, 0, _MAX_HEADING) for heading in sections) or _GRADE.match(words):
        return GRADE_WORDS
    by_pattern = _METHOD.match(words) or _PANDEMIC.match(words)
    of_visit = opens_letter and (_OF_VISIT.search(words) or len(words.split()) <= _MOST_IN_SCOPE)
    if of_visit or by_pattern or any(_METHOD_HEADING.match(heading, 0, _MAX_HEADING) for heading in sections):
        return PANDEMIC if _PANDEMIC_WORDS.search(words) else METHOD
    return ""
