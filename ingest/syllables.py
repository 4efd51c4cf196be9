"""Whether a written word can be a Vietnamese syllable: onset, rhyme and tone, never a list of words.

Belongs here: the inventories of onsets and rhymes, and the test of one word. Does not belong here: what follows from a
word that is none (legacy_fonts.py decides that for text in old fonts).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

TONES = "\u0300\u0301\u0303\u0309\u0323"
TONES_OF_STOPS = ("\u0301", "\u0323")  # a syllable that ends in a stop bears the sharp or the heavy tone
WORDS = re.compile(r"\w+")
ONSETS = tuple(WORDS.findall("ngh ng nh ch gh gi kh ph qu th tr b c d đ g h k l m n p r s t v x"))  # longest first
RHYMES = frozenset(
    WORDS.findall("""
    a ac ach ai ak am an ang anh ao ap at au ay ăc ăk ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc ok oong
    op ot ô ôc ôi ôk ôm ôn ông ôp ôt ơ ơi ơk ơm ơn ơng ơp ơt
    u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ uôc uôi uôm uôn uông uôt uk up ut uy uya uych uyên uyêt uynh
    uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
    y yêm yên yêng yêt yêu
    """)
)
RHYMES_AFTER_QU = frozenset(
    WORDS.findall("""
    a ac ach ai an ang anh ao at au ay ăc ăn ăng ăt ân ât ây e en eo et ê ên êt i it ôc ơ ơi ơn y ych yên yêt ynh yt
    """)
)
RHYMES_IN_Y = frozenset(WORDS.findall("y yêm yên yêng yêt yêu"))
ONSETS_BEFORE_Y = frozenset(["", "h", "k", "l", "m", "s", "t", "v"])
STOPS = ("c", "ch", "k", "p", "t")
FRONT = ("e", "ê", "i", "y")
ONSETS_BEFORE_FRONT = ("gh", "ngh")  # k stands before any vowel in names: Bắc Kạn
ONSETS_BEFORE_BACK = ("c", "ng")


MEDIAL_AND_VOWEL = ("oa", "oe", "uy")
VOWELS = re.compile("[aeiouyăâêôơư]+")
NO_TONE = str.maketrans(dict.fromkeys(TONES))
HATTED = "ăâêôơư"


@lru_cache(maxsize=16384)
def is_syllable(word: str) -> bool:
    """Whether a word, in one case or with a capital first letter, is spelt as a Vietnamese syllable can be.

    The tone mark must stand on a letter that may bear it: "hoà" and "hòa", but not "xaõ".
    """
    return onset_of(word) is not None


@lru_cache(maxsize=16384)
def onset_of(word: str) -> str | None:
    """The consonants a syllable begins with, possibly none ("" for "ao"); None if the word is no syllable."""
    if not (word.islower() or word.isupper() or word.istitle()):
        return None
    letters = [unicodedata.normalize("NFD", letter) for letter in unicodedata.normalize("NFC", word.lower())]
    toned = [at for at, letter in enumerate(letters) if any(mark in TONES for mark in letter)]
    tone = "".join(mark for letter in letters for mark in letter if mark in TONES)
    bare = "".join(letter for letter in letters).translate(NO_TONE)
    parts = _parts(unicodedata.normalize("NFC", bare), tone)
    return parts[0] if parts and (not toned or toned[0] in _bearers(*parts)) else None


@lru_cache(maxsize=16384)
def is_spoken(letters: str, tone: str) -> bool:
    """Whether letters without a tone mark and a tone ("" for the level one) make a syllable."""
    return _parts(letters, tone) is not None


def _parts(bare: str, tone: str) -> tuple[str, str] | None:
    """Onset and rhyme of a syllable in small letters."""
    if len(tone) > 1 or not bare.isalpha():
        return None
    for onset in (*ONSETS, ""):
        rhyme = bare[len(onset) :]
        if bare.startswith(onset) and _fits(onset, rhyme) and _bears(rhyme, tone):
            return onset, rhyme
    return None


def _fits(onset: str, rhyme: str) -> bool:
    if onset == "gi" and rhyme == "":
        return True
    if onset == "qu":
        return rhyme in RHYMES_AFTER_QU
    if rhyme not in RHYMES or (rhyme in RHYMES_IN_Y and onset not in ONSETS_BEFORE_Y):
        return False
    return onset not in (ONSETS_BEFORE_BACK if rhyme.startswith(FRONT) else ONSETS_BEFORE_FRONT)


def _bears(rhyme: str, tone: str) -> bool:
    return not rhyme.endswith(STOPS) or tone in TONES_OF_STOPS or rhyme.endswith("k")


def _bearers(onset: str, rhyme: str) -> tuple[int, ...]:
    """Places in the word of the letters that may bear the tone mark; both where hòa and hoà are written."""
    if rhyme == "":
        return (len(onset) - 1,)
    if hatted := [at for at, letter in enumerate(rhyme) if letter in HATTED]:
        return (len(onset) + hatted[-1],)
    vowels = VOWELS.match(rhyme)
    count = len(vowels.group()) if vowels else 0
    if count == 2 and rhyme in MEDIAL_AND_VOWEL:
        return (len(onset), len(onset) + 1)
    return (len(onset) + (0 if count == 1 or (count == 2 and len(rhyme) == 2) else 1),)
