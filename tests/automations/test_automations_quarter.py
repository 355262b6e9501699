"""A quarter of automated messages by a seed: what the phones and mailboxes got is what the rules say, once, and was true.

`make soak-automations` plays a whole quarter of 500 customers; QUARTER_CUSTOMERS, QUARTER_DAYS, QUARTER_FIRST and
QUARTER_SEED in the environment say how much is played otherwise.
"""

import os
from collections import Counter
from datetime import datetime, timezone

from support.notice_stage import Stage
from support.quarter_check import Received, differing, unasked, untrue
from support.quarter_host import Quarter
from support.quarter_oracle import expected, late
from support.quarter_plan import make_quarter
from support.quarter_rules import KINDS

CUSTOMERS = int(os.environ.get("QUARTER_CUSTOMERS", "24"))
DAYS = float(os.environ.get("QUARTER_DAYS", "21"))
#: with Berlin's clocks going forward, and those of the Chatham Islands and Lord Howe Island back
FIRST = os.environ.get("QUARTER_FIRST", "2025-03-24")
SEED = int(os.environ.get("QUARTER_SEED", "1"))


def test_a_quarter_of_messages_is_as_the_rules_say(stage: Stage) -> None:
	first_us = int(datetime.fromisoformat(FIRST).replace(tzinfo=timezone.utc).timestamp()) * 1_000_000
	plan = make_quarter(SEED, CUSTOMERS, DAYS, first_us)
	stage.clock.us = first_us
	stage.write(plan)
	quarter = Quarter(stage.folder, stage.clock)
	quarter.on_text = stage.phones.heed
	quarter.set_up(plan)
	quarter.play(plan)
	received = Received(plan, stage.pings)
	wanted = list(late(expected(plan), quarter.restarted))

	wrong = [*differing(wanted, received), *untrue(plan, received), *unasked(plan, received)]
	assert wrong == [], f"{len(wrong)} faults, seed {SEED}:\n" + "\n".join(wrong[:40])
	assert received.repeated <= len(quarter.restarted)
	told = Counter(said.kind for said in received.said)
	assert set(told) == set(KINDS)
	print(
		f"\n{len(plan.steps)} things happened to {CUSTOMERS} customers in {DAYS:g} days; the process began anew"
	)
	print(f"{len(quarter.restarted)} times; {len(received.said)} messages came: {dict(told)}")
	quarter.close()
