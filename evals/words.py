"""How texts of a dialogue are compared: without case, accents and the width of spaces."""

from __future__ import annotations

import re
import unicodedata


def plain(text: str) -> str:
    """`Não,  obrigado` becomes `nao, obrigado`."""
    parted = unicodedata.normalize("NFKD", text)
    bare = "".join(letter for letter in parted if not unicodedata.combining(letter))
    return " ".join(bare.casefold().split())


def found(wanted: str, text: str) -> bool:
    """Whether the text says it; `/…/` is a regular expression, of the text as it stands or without accents."""
    if len(wanted) > 2 and wanted.startswith("/") and wanted.endswith("/"):
        return any(re.search(wanted[1:-1], each, re.IGNORECASE) for each in (text, plain(text)))
    return plain(wanted) in plain(text)
