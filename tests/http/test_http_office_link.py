"""A link that the office hands over itself, and the end of all of them."""

from support.host import EmbeddedHost
from support.people import Staff


def test_it_gives_a_link_and_takes_all_back(host: EmbeddedHost, staff: Staff, phone: str) -> None:
	customer = host.add_customer("By Office", phone=phone)

	one, other = (staff.do("sign_in_link", customer=customer) for _twice in range(2))

	assert one["link"].startswith(f"{host.url}/messages/in#")
	assert one["link"] != other["link"]
	assert one["expires_at"].endswith("Z")
	assert staff.do("revoke_links", customer=customer) == {"revoked": 2}
	assert staff.do("revoke_links", customer=customer) == {"revoked": 0}
	assert host.texts_to(phone) == []


def test_it_gives_none_while_links_are_off(own_host: EmbeddedHost) -> None:
	customer = own_host.add_customer("Off")
	own_host.set(sign_in_links=0)

	answer = own_host.staff.post("sign_in_link", customer=customer)

	assert answer.status_code == 409
	assert answer.json()["message"] == "Sign-in links are switched off in the settings."
