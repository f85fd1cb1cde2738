"""What an address told without a zone leaves open: the district of "Rua Bahia 77", or one that is not served."""

from __future__ import annotations

import re

from tools.words import plain
from understanding.local.text.vocabulary import listed

_NUMBER = re.compile(r"\d+[a-z]?\b")
_STREET = re.compile(
    r"(?:rua|r|avenida|av|avda|alameda|al|travessa|tv|praca|estrada|rodovia|rod|largo|viela|calle|carrera|pasaje)\b"
)
_STANDS_BESIDE = listed(
    """
    apartamento apto apt ap bloco bl casa sala conjunto cj andar torre lote quadra piso depto unit numero fundos
    frente portao predio edificio esquina perto proximo lado cep house flat floor block interior timbre
    """
)
"""Words of a part of a house, no district."""
_SHORTEST = 3


def names_district(address: str) -> bool:
    """Whether more than a street, a house and a part of it is told: "moro na Vila Tibério", "Rua A 3, Vila Tibério"."""
    folded = plain(address)
    if not _STREET.search(folded):
        return True
    numbers = list(_NUMBER.finditer(folded))
    if not numbers:
        return False
    words = re.findall(r"[a-z]+", folded[numbers[0].end() :])
    return any(len(word) >= _SHORTEST and word not in _STANDS_BESIDE for word in words)
