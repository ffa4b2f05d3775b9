"""Things: the noun phrase beside the words that say that something is shared, its type and its name."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from caregraph.extractors.names.name_grammar import TYPE_OF_HEAD, word_set
from caregraph.extractors.names.tokens import fold

_HEADS_BY_TYPE = {
    "service": "door training provision facility desk line portal function contract home school worker line",
    "body": "venture consortium consortia director manager chair head post lscb lscp dcs cdop partnership subgroup"
    " sub-group leadership team-manager commissioner coordinator",
    "programme": "programme collaborative campaign initiative strand offer recruitment",
    "agency": "cooperative company raa co-operative",
    "process": "strategy arrangement criterion protocol approach work system guidance response threshold standard"
    " action document practice charter bid memorandum manual handbook toolkit tool rota pathway tender policy pack"
    " website funding budget",
}
_TYPES = TYPE_OF_HEAD | {head: type_ for type_, heads in _HEADS_BY_TYPE.items() for head in heads.split()}
_TYPES |= {"mash": "service", "edt": "service", "yot": "service"}
# Heads that name the sharing and not what is shared: the thing is elsewhere in the sentence.
EMPTY_HEADS = word_set("arrangement context footprint working approach")
_SCOPES = word_set("basis level remit perspective border boundary issue")  # of work, and no thing
_WORK = word_set("work area")

_LINK_BEFORE = re.compile(r"(?:,|,?\sand|\s&)\s(?:(?:its|the|a|an|their)\s)?$")
_LINK_BEHIND = re.compile(r"(?:\s\([^()]{2,20}\))?(?:,\sand|,|\sand|\s&)\s(?:(?:its|a|an|their)\s)?")
_PRAISE = re.compile(
    r"^(?:(?:very|highly|more|most|increasingly)\s)?"
    r"(?:(?:[Ee]ffective|[Ss]uccessful|[Cc]lear|[Rr]obust|[Ss]trong|[Gg]ood|[Ee]xcellent|[Ee]xemplary|[Ee]xceptional"
    r"|[Pp]ositive|[Vv]aluable|[Ii]nnovative|[Oo]utstanding"
    r"|[Ww]ell-\w+(?:ed|ing)|[Ll]ong-established|[Tt]alented and able)\s)+(?=[a-z]|[A-Z]{2})"
)
_QUOTED = re.compile(r"[‘“](?:[\w’-]+\s){1,5}[\w-]+[’”](?=\s[a-z])")  # a name in quotation marks before its kind
_ADJECTIVES = re.compile(
    r"(?:,\s\w+){1,3},?\sand\s\w+(?:ed|ing|al)\s(?:group|panel|board|hub|team|strategy|sub-?group)\b"
)
_DATE = re.compile(r"\s(?:in|since|from)\s(?:\w+\s)?(?:19|20)\d\d$")  # behind a thing
_TOKEN = re.compile(r"[\w@&/]+(?:[-‑–’'][\w@&]+)*[’']?|[^\w\s]")
STOPS = word_set(
    """the a an its their this these that those which who whose where when it they he she there each any some with
    through by from on at across within via under to into as if but or is are was were be been being has have had
    having do does did will would can could should may might must ensures ensure ensured provides provide provided
    providing offers offer includes include including supports support supported helps help enables enable enabled
    allows used uses use using also not now so while whilst because both between during after before since until than
    then well often develop establish introduce implement launch deliver delivers delivering forged built her
    his manages runs oversees undertakes"""
)
_JOINERS = word_set("of for in")
_ENDS_NOUN = re.compile(r"\s(?:from|for|with|across|by|is|are|was|were|has)\b|[,.;]|$")  # behind 'support' the noun
_NOUNS = word_set("support offer help use")  # that are verbs behind a thing
_ARTICLES = word_set("the a an its their some all this")
_POINTERS = word_set("these those their")
_FILLERS = word_set(
    """which that who is are was were has have been also now currently recently jointly being effectively well and
    already developed produced created established"""
)
# Verbs that may stand behind a head.
_VERBS = word_set("means works offers plans reviews reports supports contracts meets recruits programmes")
_POSTS = word_set("director head manager chair member")
_QUALIFIERS = word_set(
    """recent recently newly expanded existing established current currently previous former longstanding agreed many
    several numerous various additional one two three four five six"""
)  # that tell of the time or the number of a thing, before its name
_NAMED_BEHIND = ("Project", "Programme", "Operation")  # heads whose name stands behind them
_CLOSERS = {
    "’": ("‘", 6),
    "”": ("“", 6),
    ")": ("(", 1),
}  # what opens a name or an acronym, and its words at most
_BELONGING = word_set("membership use part")  # before 'of' and the thing
_POINTS = ("North", "South", "East", "West")  # of the compass
_INSIDE = (*_POINTS, "out", "Out")  # words before a joiner that stands inside a phrase
_NO_ADVERBS = word_set("family early weekly daily monthly quarterly assembly elderly")
_PRONOUNS = word_set("this it they these which that")
_MAX_WORDS = 9
_MARKS = "‘’“”'\""


class Thing(NamedTuple):
    """Phrase for a thing in characters ``start`` to ``end``; ``name`` is its own name or None.

    ``kind`` is the mask of a listed agency's name, and else empty.
    """

    start: int
    end: int
    words: str
    name: str | None
    type: str
    kind: str = ""


class _Token(NamedTuple):
    start: int
    end: int
    text: str


def type_of_phrase(words: str) -> str | None:
    """Type of the last noun of a phrase that is the head of a thing; None if it has none.

    >>> type_of_phrase("child death overview panels"), type_of_phrase("children")
    ('body', None)
    """
    return next((_TYPES[folded] for word in reversed(words.split()) if (folded := _fold(word)) in _TYPES), None)


def head_of(words: str) -> str:
    """Noun that a phrase is about, in small letters and the singular: its last word before 'of', 'for' or 'in'.

    >>> head_of("support groups for adopters"), head_of("out of hours team"), head_of("Project Heron")
    ('group', 'team', 'project')
    """
    listed = words.split()
    if listed[:2] == ["set", "of"]:
        listed = listed[2:]
    joiners = (
        index for index, word in enumerate(listed) if index and word in _JOINERS and not _is_of_care(listed, index)
    )
    first_joiner = next((index for index in joiners if listed[index - 1] not in _INSIDE), len(listed))
    named_behind = (word for word in listed[:first_joiner] if word in _NAMED_BEHIND)
    return _fold(next(named_behind, listed[first_joiner - 1])) if listed else ""


def _is_of_care(words: Sequence[str], index: int) -> bool:
    """Is the joiner at an index the one of 'children in care', as in 'children in care council'?"""
    return [word.lower() for word in words[index - 1 : index + 2]] == ["children", "in", "care"]


def thing_after(sentence: str, start: int) -> Thing | None:
    """Phrase that begins at a character, up to its last head; None where no word follows."""
    run: list[_Token] = []
    last_head = quoted_end = 0
    for token in _tokens(sentence, start, sentence_end(sentence, start)):
        if token.text in "‘’“”'\"" and len(run) < _MAX_WORDS:
            quoted = _QUOTED.match(sentence, token.start)
            quoted_end = quoted.end() if quoted else quoted_end
            continue
        if token.start < quoted_end:
            run.append(token)
            continue
        low = token.text.lower()
        if not run and low in _ARTICLES:
            continue
        if not run and low in _JOINERS:
            break
        if run and low in _NOUNS and _ENDS_NOUN.match(sentence, token.end):
            run.append(token)
            last_head = len(run)
            break
        if not _is_word(token.text) or low in STOPS or len(run) >= _MAX_WORDS:
            if run and token.text in ",&" and len(run) < _MAX_WORDS and _lists_on(sentence, run, last_head, token):
                continue
            break
        if last_head and (
            low in _JOINERS or (last_head == len(run) and run[-1].text != "work" and _is_verb(token.text))
        ):
            break
        if last_head and last_head == len(run) and _stands_alone(run[-1].text, token.text):
            break
        run.append(token)
        if _fold(token.text) in _TYPES:
            last_head = len(run)
    run = run[: _end_of_name(run, last_head) if last_head else len(run)]
    while run and run[-1].text.lower() in _JOINERS | {"and"}:
        run.pop()
    return _thing(sentence, run) if run else None


def _stands_alone(head: str, behind: str) -> bool:
    """Does a phrase end with a head, a plural before a word that is no head: 'boards bring people together'?"""
    is_plural = head.islower() and head.endswith("s")
    return is_plural and behind.islower() and behind != "and" and _fold(behind) not in _TYPES


def _end_of_name(run: Sequence[_Token], last_head: int) -> int:
    """Number of tokens of a run to the end of its name, which may stand behind the head: 'Project Phoenix'."""
    if run[last_head - 1].text in _NAMED_BEHIND:
        while last_head < len(run) and run[last_head].text[0].isupper():
            last_head += 1
    return last_head


def thing_before(sentence: str, end: int) -> Thing | None:
    """Phrase that ends before a character, past fillers such as 'which is'; None where there is none."""
    tokens = list(_tokens(sentence, max(0, end - 240), end))
    while tokens and (not _is_word(tokens[-1].text) or _is_filler(tokens[-1].text.lower())):
        if tokens[-1].text in ".;:":
            return None
        if tokens[-1].text == ")":
            while tokens and tokens[-1].text != "(":
                tokens.pop()
        if tokens:
            tokens.pop()
    if tokens and tokens[-1].text.lower() in _JOINERS:
        return None
    run: list[_Token] = []
    closed = 0  # index of the quotation mark or bracket that opens the one behind the present token
    for index in range(len(tokens) - 1, -1, -1):
        token, low = tokens[index], tokens[index].text.lower()
        if run and token.text[-1] in _CLOSERS and not closed:
            closed = _opener(tokens, index)
        if closed and index >= closed:
            if token.text not in "()":
                run.insert(0, token)
            continue
        if low in _POINTERS and run and index and tokens[index - 1].text.lower() in _JOINERS and not _heads(run):
            continue  # 'services for these adults'
        if low in ("that", "which") and run and not _heads(run):
            run.clear()  # 'procedures that meet requirements'
            continue
        if len(run) >= _MAX_WORDS or not (_is_word(token.text) or token.text in "‘’“”") or low in STOPS - _NOUNS:
            break
        has_head = bool(run) and type_of_phrase(run[-1].text) is not None
        if low == "and" and has_head and not (index and _joins(tokens[index - 1].text, run[0].text)):
            break
        if low in _JOINERS and has_head and not _belongs(tokens, index, run[0].text):
            break
        if _is_word(token.text):
            run.insert(0, token)
    run = [token for token in run if _is_word(token.text)]
    while run and run[0].text.lower() in _JOINERS | {"and"}:
        run.pop(0)
    return _thing(sentence, run) if run else None


def _heads(run: Sequence[_Token]) -> bool:
    return any(_fold(token.text) in _TYPES for token in run)


def _opener(tokens: Sequence[_Token], index: int) -> int:
    """Index of the mark that opens what the one at an index closes, if it is a short name or an acronym; else 0."""
    opens, most = _CLOSERS[tokens[index].text[-1]]
    for place in range(index - 1, max(index - 2 - most, 0), -1):
        if tokens[place].text == opens:
            return place
    return 0


def subject_of(sentence: str) -> Thing | None:
    """First phrase of a sentence that has a head, before its verb."""
    for token in _tokens(sentence, 0, min(len(sentence), 300)):
        if token.text.lower() in STOPS | _JOINERS | {"and", "however", ","}:
            continue
        thing = thing_after(sentence, token.start)
        if thing and type_of_phrase(thing.words):
            return thing
    return None


def things_beside(sentence: str, thing: Thing, start: int, end: int) -> Iterator[Thing]:
    """Yield the other things of a list that ``thing`` stands in, between two characters: 'its panel and its team'."""
    place = thing.start
    while (link := _LINK_BEFORE.search(sentence, max(start, place - 12), place)) and (
        further := thing_before(sentence[start : link.start()], link.start() - start)
    ):
        if type_of_phrase(further.words.split()[-1]) is None:
            break
        further = further._replace(start=further.start + start, end=further.end + start)
        yield further
        place = further.start
    place = thing.end
    while (link := _LINK_BEHIND.match(sentence, place, end)) and (further := thing_after(sentence, link.end())):
        if further.start > link.end() or further.end > end or type_of_phrase(further.words) is None:
            break
        yield further
        place = further.end


def without_praise(words: str) -> str:
    """Phrase without the words before it that judge it.

    >>> without_praise("very effective fostering panel"), without_praise("Clear Path panel")
    ('fostering panel', 'Clear Path panel')
    """
    return _PRAISE.sub("", words)


def is_pronoun(thing: Thing | None) -> bool:
    """Is there no phrase, or only a pronoun?"""
    return thing is None or thing.words.lower() in _PRONOUNS


def begins_with_verb(words: str) -> bool:
    """Does a phrase begin with a verb, as behind 'the tri-borough means that'? A plural before a head is none.

    >>> begins_with_verb("embeds advisers"), begins_with_verb("careers service"), begins_with_verb("boards")
    (True, False, False)
    """
    first, _, behind = words.partition(" ")
    is_noun = _fold(first) in _TYPES or (behind and _fold(behind.split()[0]) in _TYPES)
    return first.islower() and first.endswith("s") and not first.endswith(("ss", "’s", "'s")) and not is_noun


def is_scope(thing: Thing) -> bool:
    """Is it how far work reaches, and no thing: 'basis', 'level'?"""
    return head_of(thing.words) in _SCOPES | _WORK or _fold(thing.words.split()[0]) in _SCOPES


def sentence_end(sentence: str, start: int) -> int:
    """Character to which a phrase may reach."""
    return min(len(sentence), start + 240)


def _thing(sentence: str, run: list[_Token]) -> Thing:
    while len(run) > 1 and _only_qualifies(run):
        run = run[1:]
    if len(run) > 2 and run[0].text.lower() in _BELONGING and run[1].text == "of":
        run = run[2:]
    start, end = run[0].start, run[-1].end
    words = _DATE.sub("", sentence[start:end]).strip(_MARKS)
    end = start + len(words) if _DATE.search(sentence[start:end]) else end
    if any(mark in words for mark in "‘“") and not re.search(r"[‘“][^‘“]*[’”]", words):
        words = re.sub(r"[‘“]", "", words)
    if start and sentence[start - 1] in "‘“" and re.search(r"[’”]\s", words):  # the first words alone are quoted
        start, words = start - 1, sentence[start - 1] + words
    return Thing(start, end, words, words if _is_name(run) else None, type_of_phrase(words) or "service")


def _only_qualifies(run: Sequence[_Token]) -> bool:
    """Tell whether the first word of a phrase is no part of what it names: 'recent', or 'local' before a name."""
    first, second = run[0].text, run[1].text
    if first == "local":
        return second[0].isupper()
    return first.lower() in _QUALIFIERS and (first.islower() or not run[0].start)


def _is_name(run: Sequence[_Token]) -> bool:
    """Tell whether a phrase has a capital that neither the sentence's beginning nor an acronym gives it."""
    proper = [t for t in run if t.start and t.text[0].isupper() and not t.text.rstrip("s").isupper()]
    return len(proper) >= 2 or bool(proper and run[-1] not in proper and _fold(run[-1].text) == "consortium")


def _tokens(sentence: str, start: int, end: int) -> Iterable[_Token]:
    return (_Token(*match.span(), match[0]) for match in _TOKEN.finditer(sentence, start, end))


def _is_filler(low: str) -> bool:
    return low in _FILLERS or (low.endswith("ly") and low not in _NO_ADVERBS)


def _is_verb(word: str) -> bool:
    """Is a word right behind a head a verb, as in 'the board scrutinises practice'?"""
    return word in _VERBS or (word.islower() and word.endswith("s") and _fold(word) not in _TYPES)


def _belongs(tokens: Sequence[_Token], index: int, behind: str) -> bool:
    """Does the joiner at an index stand inside a phrase: of a post, 'out of hours', or a place as 'North of Tyne'?"""
    if index == 0 or _is_post(tokens, index):
        return index > 0
    ahead = tokens[index - 1].text
    return ahead in _INSIDE and (ahead not in _POINTS or behind[0].isupper())


def _is_post(tokens: Sequence[_Token], index: int) -> bool:
    """Does a post stand before the joiner at an index: 'director of children's services'?"""
    return index > 0 and _fold(tokens[index - 1].text) in _POSTS


def _joins(left: str, right: str) -> bool:
    """Does 'and' join two words of one phrase: two heads, or two capitalised words?"""
    return _fold(left) in _TYPES or (left[0].isupper() and right[0].isupper())


def _is_word(text: str) -> bool:
    return text[0].isalnum() or text[0] == "@"


def _lists_on(sentence: str, run: Sequence[_Token], last_head: int, mark: _Token) -> bool:
    """Does a list of words before a head go on behind a comma or '&': 'missing, exploited and trafficked group'?"""
    if run[-1].text[0].isupper() and re.match(r"\s+[A-Z]", sentence[mark.end : mark.end + 3]):
        return True
    return not last_head and _ADJECTIVES.match(sentence, mark.start) is not None


def _fold(word: str) -> str:
    bare = word.strip(_MARKS)
    return {"consortia": "consortium", "criteria": "criterion"}.get(bare.lower(), fold(bare))
