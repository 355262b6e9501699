"""A secret address is found in every spelling, and nothing else is touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer_thread.domain.limits import SECRETS_IN_TEXT
from customer_thread.domain.people.secret_addresses import tokens_in, without_secrets

TOKEN = "0f1e2d3c4b5a69788796a5b4c3d2e1f00123abcd"
OTHER = "ffeeddccbbaa99887766554433221100deadbeef"
ADDRESS = f"reply+{TOKEN}@mikes.example"


def _percent(text: str) -> str:
	return "".join(f"%{ord(character):02X}" for character in text)


def _entities(text: str) -> str:
	return "".join(f"&#{ord(character)};" for character in text)


@pytest.mark.parametrize(
	("written", "left"),
	[
		(ADDRESS, "OFFICE"),
		(ADDRESS.upper(), "OFFICE"),
		(f"To: Mike <{ADDRESS}>,", "To: Mike <OFFICE>,"),
		(f"I wrote to {ADDRESS}.", "I wrote to OFFICE."),
		(f"mailto:{ADDRESS}?subject=Deck", "mailto:OFFICE?subject=Deck"),
		(f"mailto:reply%2B{TOKEN}%40mikes.example", "mailto:OFFICE"),
		(
			f"https://x.example/?to=reply%252B{TOKEN}%2540mikes.example&x=1",
			"https://x.example/?to=OFFICE&x=1",
		),
		(_percent(ADDRESS), "OFFICE"),
		(f"reply&#43;{TOKEN}&#64;mikes.example", "OFFICE"),
		(f"reply&plus;{TOKEN}&commat;mikes.example", "OFFICE"),
		(_entities(ADDRESS), "OFFICE"),
		(f"reply=2B{TOKEN}=40mikes.example", "OFFICE"),
		(f"reply+{TOKEN[:17]}=\r\n{TOKEN[17:]}@mikes.example wrote", "OFFICE wrote"),
		(f"reply+{TOKEN[:17]}\n{TOKEN[17:]}@mikes.example", "OFFICE"),
		(f"> > reply+{TOKEN[:17]}\r\n> > {TOKEN[17:]}@mikes.example", "> > OFFICE"),
		(f"reply+\n{TOKEN}\n@mikes.example", "OFFICE"),
		(f"reply+{TOKEN[:9]}<wbr>{TOKEN[9:]}@<b>mikes.example</b>", "OFFICE</b>"),
		(f"reply+{TOKEN[:9]}\u200b{TOKEN[9:]}@mikes.example", "OFFICE"),
		(f"reply+{TOKEN} and", "OFFICE and"),
		(f"The code is {TOKEN}", "The code is OFFICE"),
		(f"?a={TOKEN}&b", "?a=OFFICE&b"),
		(f"{ADDRESS}, {ADDRESS}", "OFFICE, OFFICE"),
	],
)
def test_it_replaces_every_spelling(written: str, left: str) -> None:
	assert tokens_in(written) >= {TOKEN}
	assert without_secrets(written, {TOKEN}, "OFFICE") == left


@pytest.mark.parametrize(
	"text",
	[
		"",
		"reply+deck@mikes.example",
		f"commit {OTHER}",
		f"reply+{OTHER}@elsewhere.example",
		"7f 45 4c 46 02 01 01 00 00 00 00 00 00 00 00 00 03 00 3e 00 01 00 00 00\n" * 3,
		"a cafe faced decade " * 30,
	],
)
def test_it_leaves_what_is_no_secret(text: str) -> None:
	assert without_secrets(text, {TOKEN}, "OFFICE") == text


def test_a_dump_of_bytes_is_no_list_of_tokens() -> None:
	assert tokens_in("7f 45 4c 46 02 01 01 00 " * 200) == set()


def test_none_hides_behind_many() -> None:
	many = "\n".join(f"{number:040x}" for number in range(SECRETS_IN_TEXT))
	assert len(tokens_in(many)) == SECRETS_IN_TEXT
	assert TOKEN not in without_secrets(f"{many}\n{ADDRESS}", set(), "OFFICE")


@given(st.text(alphabet="0af%=&#;x+@ \n><b2", max_size=300), st.text(max_size=30))
def test_it_finds_it_in_any_surroundings(before: str, after: str) -> None:
	assert TOKEN not in without_secrets(f"{before}\n\n\n\n({ADDRESS}) {after}", {TOKEN}, "…")
