"""The month of the notices in a process that is killed with SIGKILL now and then: what reached whom is what the rules say."""

import os
import subprocess
import sys
from functools import partial
from pathlib import Path
from random import Random

from support.notice_check import Receipts, faults
from support.notice_child import SharedClock, plan_of
from support.notice_model import Model
from support.notice_stage import Stage
from support.waiting import wait_until

TESTS = Path(__file__).parents[1]
ROUNDS = int(os.environ.get("NOTICE_KILLS", "4"))
#: seed, customers, days, things that happen to each a day
WHICH = ["7", "10", "1.5", "10"]


def test_killed_in_the_middle_it_notifies_everybody_once(tmp_path: Path) -> None:
	plan = plan_of(WHICH)
	clock = SharedClock(tmp_path / "clock", plan.first_us)
	stage = Stage(tmp_path, clock)
	stage.write(plan)
	command = [sys.executable, "-m", "support.notice_child", str(tmp_path), *WHICH]
	path = os.pathsep.join([str(TESTS), str(TESTS.parent), os.environ.get("PYTHONPATH", "")])
	random = Random(5)
	killed = 0
	try:
		for is_last in [False] * ROUNDS + [True]:
			child = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": path}, cwd=TESTS.parent)
			enough = sys.maxsize if is_last else stage.received + random.randrange(6, 18)
			wait_until(partial(_is_over, child, stage, enough), 120)
			if child.poll() is not None:
				assert child.returncode == 0
				break
			child.kill()
			child.wait()
			killed += 1
	finally:
		stage.close()

	assert killed > 1, "it was not killed in the middle"
	receipts = Receipts(plan, stage.pings)
	wrong = faults(Model(plan), receipts, killed)
	assert wrong == [], "\n".join(wrong[:40])


def _is_over(child: "subprocess.Popen[bytes]", stage: Stage, enough: int) -> bool:
	return child.poll() is not None or stage.received >= enough
