"""Content words: words of a sentence that say what it is about, each by its stem."""

import re

STEM = 6  # first letters of a word that stand for it: supervision, supervised
_WORD = re.compile(r"[a-z]+|(?<![\d./])\d{1,2}(?![\d./])")  # with ages: children of 16 and 17
_ASIDE = re.compile(r"\([^()]*(?:\)|$)")  # as a paragraph that is referred to
_EVERYDAY = frozenset(
    "a age aged ages all also an and any are as at be been before being but by can care child children do does "
    "effective effectively ensure ensuring for from had has have how improve improved improvement improving in "
    "include includes including increase increased increasing into is it its made make makes many meet meets more "
    "most not of old olds on or other our people quality receive received receives service services should so some "
    "such than that the their them there these they this to too very was we well were what when where which while "
    "who will with would year years young your".split()
)


def content_words(text: str) -> dict[str, str]:
    """Words of a text that say what it is about, each by its stem; the first spelling stands for the others.

    >>> content_words("The quality of supervision for social workers")
    {'superv': 'supervision', 'social': 'social', 'worker': 'workers'}
    """
    words: dict[str, str] = {}
    for word in _WORD.findall(_ASIDE.sub(" ", text.lower())):
        if (len(word) > 2 or word.isdigit()) and word not in _EVERYDAY:
            words.setdefault(word[:STEM].removesuffix("s"), word)
    return words
