"""The look is kept in the parts that the page has, and goes out as one file."""

from pathlib import Path

from customer_thread.service.portal.assets import PUBLIC, files, packed

CSS = PUBLIC / "css"
LINES = 300


def parts() -> list[Path]:
	"""Return the stylesheets that stand for a part of the page."""
	return sorted((CSS / "messages").glob("*.css"))


def test_the_look_goes_out_whole_and_in_its_order() -> None:
	order = [
		line.split('"')[1] for line in (CSS / "messages.css").read_text().splitlines() if "@import" in line
	]
	sent = files()["css/messages.css"].data.decode()

	assert sorted(CSS / name for name in order) == parts()
	assert "@import" not in sent
	places = [sent.index((CSS / name).read_text()) for name in order]
	assert places == sorted(places)
	assert "css/messages.css" in packed()


def test_each_part_of_it_is_short() -> None:
	assert len(parts()) > 5
	for part in parts():
		assert len(part.read_text().splitlines()) < LINES, part.name
