"""By what name somebody is greeted.

ERPNext makes a new Customer a "Company" unless somebody says otherwise, so that the name tells more than the type.
"""

import re

#: what people are not called, but companies, their trades and houses are
_COMPANY = re.compile(
	r"[&\d/@]|\b(?:llc|llp|pllc|lp|plc|inc|corp|corporation|ltd|gmbh|co|company|group|holdings?|partners|associates|"
	r"enterprises?|industries|solutions|systems|services?|management|properties|realty|homes|rentals|"
	r"roofing|plumbing|painting|landscaping|lawn|electric|electrical|heating|cooling|hvac|flooring|fencing|masonry|"
	r"paving|remodeling|cleaning|construction|contracting|contractors?|builders?|design|designs|studios?|"
	r"dental|dentistry|clinic|medical|pharmacy|salon|garage|auto|depot|store|shop|market|cafe|restaurant|pizza|"
	r"hotel|motel|apartments|condos?|condominiums?|lofts|townhomes|plaza|mall|center|centre|building|"
	r"church|ministries|temple|school|academy|college|university|library|museum|foundation|club|"
	r"city|county|department|office|hoa|association|bank|trust|estate|family)\b",
	re.IGNORECASE,
)
#: before a name: a title, an article, no more than a letter, or whose it is
_NO_NAME = re.compile(r"(?:mr|mrs|ms|mx|dr|prof|rev|hon|sir|fr|the)\.?|[^\W\d_]\.?|.+[’']s", re.IGNORECASE)
#: with which a family's name begins
_PARTICLES = frozenset({"von", "van", "de", "del", "della", "da", "dos", "di", "la", "le", "der", "den"})


def first_name(name: str) -> str:
	"""Return the first name of a person; of a company, of two people, and of somebody with a title all of it."""
	words = name.split()
	whole = " ".join(words)
	if not words or _COMPANY.search(name) or "and" in words:
		return whole
	before, comma, behind = name.partition(",")
	if comma and behind.split() and len(before.split()) == 1:
		words = behind.split()
	first = words[0].rstrip(",")
	return whole if _NO_NAME.fullmatch(first) or first in _PARTICLES else first
