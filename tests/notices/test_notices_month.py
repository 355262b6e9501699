"""A month of notices by a seed: what the phones and mailboxes got is what the rules say, and no more; the reasons say the rest.

`make soak-notices` plays a whole month of 1,000 customers; NOTICE_CUSTOMERS, NOTICE_DAYS, NOTICE_DAILY and NOTICE_SEED in
the environment say how much is played otherwise.
"""

import os

from support.notice_check import Receipts, faults, unexplained
from support.notice_model import Model
from support.notice_plan import make_plan
from support.notice_stage import Stage

CUSTOMERS = int(os.environ.get("NOTICE_CUSTOMERS", "12"))
DAYS = float(os.environ.get("NOTICE_DAYS", "3"))
#: what happens to a customer in a day
DAILY = float(os.environ.get("NOTICE_DAILY", "8"))
SEED = int(os.environ.get("NOTICE_SEED", "1"))


def test_a_month_of_notices_is_as_the_rules_say(stage: Stage) -> None:
	plan = make_plan(SEED, CUSTOMERS, DAYS, DAILY)
	month = stage.play(plan)
	model, receipts = Model(plan), Receipts(plan, stage.pings)

	wrong = [*faults(model, receipts, month.restarts), *unexplained(model, month)]
	assert wrong == [], "\n".join(wrong[:40])
	told = sum(ping.is_notice for pings in receipts.by_customer.values() for ping in pings)
	assert told > CUSTOMERS
	print(
		f"\n{len(plan.steps)} things happened to {CUSTOMERS} customers in {DAYS:g} days, the process died or was started anew"
	)
	print(f"{month.restarts} times; {len(stage.pings)} texts and mails came, {told} of them notices.")
