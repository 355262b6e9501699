"""A customer's page as the staff of a real site look at it."""

from collections.abc import Callable
from typing import Any

from support.site_portal_users import ask, pat, two

__all__ = ["ask", "pat", "two"]


def _preview(site: Any, customer: str) -> str:
	return f"/messages/preview/{site.db.get_value('Customer Thread', {'party': customer})}"


def test_a_preview_shows_what_they_see(
	site: Any, staff: Any, pat: str, two: tuple[str, str], ask: Callable[..., Any]
) -> None:
	theirs = ask(pat, "/messages/choose", customer=two[0]) and ask(pat, "/messages")
	agent = staff("Thread Agent")
	path = _preview(site, two[0])
	before = site.db.get_value("Customer Thread", {"party": two[0]}, "*", as_dict=True)
	page = ask(agent, path)
	words = page.get_data(as_text=True)
	assert page.status_code == 200
	assert page.headers["Cache-Control"] == "no-store"
	assert "To homes" in words
	assert "To rentals" not in words
	assert "Preview: what TEST homes" in words
	tabs = [
		part.partition("</nav>")[0].partition("<ul>")[2] for part in (words, theirs.get_data(as_text=True))
	]
	assert tabs[0] == tabs[1] != ""
	assert site.db.get_value("Customer Thread", {"party": two[0]}, "*", as_dict=True) == before


def test_a_preview_is_for_staff_who_may_see_the_thread(
	site: Any, staff: Any, pat: str, two: tuple[str, str], ask: Callable[..., Any]
) -> None:
	narrow = staff("Thread Agent")
	site.set_user("Administrator")
	permission = {"doctype": "User Permission", "user": narrow, "allow": "Customer", "for_value": two[1]}
	site.get_doc({**permission, "apply_to_all_doctypes": 1}).insert()
	paths = [_preview(site, name) for name in two]
	assert [ask(narrow, path).status_code for path in paths] == [404, 200]
	assert "To homes" not in ask(narrow, paths[0]).get_data(as_text=True)
	other = staff("Accounts Manager")
	site.set_user("Administrator")
	for user in (pat, other):
		refused = ask(user, paths[0])
		assert refused.status_code == 404
		assert "To homes" not in refused.get_data(as_text=True)
	assert ask("Guest", paths[0]).status_code == 303
	assert ask(narrow, paths[1], text="x").status_code == 404
	assert ask(narrow, "/messages/preview/nothing").status_code == 404
