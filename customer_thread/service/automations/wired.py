"""The wing as those below it reach it, through the ports; both hosts wire it."""

from customer_thread.service.automations.announcing import instead_of_notice
from customer_thread.service.automations.is_true import why_not
from customer_thread.service.automations.look_at_held import look_at_held
from customer_thread.service.automations.plan_document import plan_document
from customer_thread.service.automations.plan_thread import plan_thread
from customer_thread.service.automations.receive_answer import receive_answer
from customer_thread.service.automations.switch_automation import switch_automation
from customer_thread.service.ports import Automations

AUTOMATIONS = Automations(
	plan=plan_document,
	plan_thread=plan_thread,
	look_at_held=look_at_held,
	why_not=why_not,
	instead_of_notice=instead_of_notice,
	answered=receive_answer,
	switch=switch_automation,
)
