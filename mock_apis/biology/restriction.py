"""Restriction enzymes: where they bind and cut."""

from typing import Annotated, Literal

from mock_apis.core import Record
from mock_apis.core.entities import Entity

EnzymeName = Annotated[str, Entity("restriction_enzyme.name")]
SITES = """EcoRI G^AATTC|BamHI G^GATCC|HindIII A^AGCTT|NotI GC^GGCCGC|XhoI C^TCGAG|XbaI T^CTAGA|SalI G^TCGAC
|PstI CTGCA^G|SmaI CCC^GGG|KpnI GGTAC^C|SacI GAGCT^C|NdeI CA^TATG|NcoI C^CATGG|NheI G^CTAGC|SpeI A^CTAGT
|EcoRV GAT^ATC|BglII A^GATCT|ClaI AT^CGAT|HaeIII GG^CC|AluI AG^CT|TaqI T^CGA|MboI ^GATC|PvuII CAG^CTG
|ScaI AGT^ACT|HpaII C^CGG|SphI GCATG^C|ApaI GGGCC^C|StuI AGG^CCT"""
"""All are palindromes, so that the bottom strand is cut alike."""
ENZYMES = {name: (site.replace("^", ""), site.index("^")) for name, site in (item.split() for item in SITES.split("|"))}
"""Recognition site and where the top strand is cut."""


class Enzyme(Record):
    name: EnzymeName
    site: str
    cut_after: int
    """Bases of the site before the cut of the top strand."""
    ends: Literal["blunt", "5_prime_overhang", "3_prime_overhang"]


def enzyme_of(name: str) -> Enzyme:
    """The enzyme's row."""
    site, cut = ENZYMES[name]
    middle = len(site) / 2
    ends: Literal["blunt", "5_prime_overhang", "3_prime_overhang"]
    ends = "blunt" if cut == middle else "5_prime_overhang" if cut < middle else "3_prime_overhang"
    return Enzyme(name=name, site=site, cut_after=cut, ends=ends)
