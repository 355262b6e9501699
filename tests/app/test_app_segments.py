"""The Desk counts a text's segments as the server does."""

import json
import subprocess
from pathlib import Path

import pytest
from playwright._impl._driver import compute_driver_executable

import customer_thread
from customer_thread.domain.notices.texts import segments, without_gsm

SCRIPT = Path(customer_thread.__file__).parent / "desk" / "segments.js"
TEXTS = [
	"",
	*(chr(code) for code in range(0x500) if not 0xD800 <= code < 0xE000),
	*("€", "😀", "“", "👩‍🚒", "\u00a0", "\t"),
	*(letter * count for letter in "a€—😀" for count in (35, 36, 66, 67, 70, 71, 76, 77, 80, 81, 134, 153, 160, 161, 307)),
	"a" * 152 + "€" + "a" * 10,
	"—" + "a" * 65 + "😀" + "a" * 10,
]  # fmt: skip


@pytest.mark.browser
def test_both_count_the_same() -> None:
	script = (
		"globalThis.frappe = { provide() {} }; globalThis.customer_thread = {};"
		f"{SCRIPT.read_text('utf-8')}"
		"const texts = JSON.parse(require('fs').readFileSync(0, 'utf-8'));"
		"console.log(JSON.stringify(texts.map((text) => customer_thread.segments(text))));"
	)
	run = subprocess.run(
		[compute_driver_executable()[0], "-e", script],
		input=json.dumps(TEXTS),
		capture_output=True,
		text=True,
	)
	assert run.returncode == 0, run.stderr
	counted = json.loads(run.stdout)
	assert [(found["count"], found["special"]) for found in counted] == [
		(segments(text), without_gsm(text)) for text in TEXTS
	]
	assert all(found["left"] >= 0 for found in counted)
