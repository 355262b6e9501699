"""The wing as those below it reach it, through the ports; both hosts wire it."""

from customer_thread.service.automations.receive_answer import receive_answer
from customer_thread.service.ports import Automations

AUTOMATIONS = Automations(
	answered=receive_answer,
)
