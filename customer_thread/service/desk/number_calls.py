"""The call of `customer_thread.api.desk.*` that gives the business's numbers."""

from typing import TypedDict

from customer_thread.domain.errors import BadInput
from customer_thread.domain.numbers.period import Step, period_of
from customer_thread.domain.times import zone
from customer_thread.service.calls import Calls
from customer_thread.service.desk.inbox_calls import whose
from customer_thread.service.desk.read_numbers import (
	AnswerTimesView,
	ChoicesView,
	ConfirmationsView,
	FailuresNumbersView,
	MessagesView,
	ReadsView,
	Wanted,
	read_answer_times,
	read_choices,
	read_confirmations,
	read_failure_numbers,
	read_messages,
	read_reads,
)
from customer_thread.service.params import Params
from customer_thread.service.ports import Ports

NUMBER_CALLS = Calls()
#: by which messages travel
CHANNELS = ("SMS", "Email", "Portal")


class StepView(TypedDict):
	"""The numbers of one step."""

	#: its first day, ISO 8601
	day: str
	answer_times: AnswerTimesView
	messages: MessagesView
	opt_outs: ChoicesView
	confirmations: ConfirmationsView


NumbersView = TypedDict(
	"NumbersView",
	{
		"from": str,
		"to": str,
		"step": Step,
		"answer_times": AnswerTimesView,
		"messages": MessagesView,
		"failures": FailuresNumbersView,
		"opt_outs": ChoicesView,
		"confirmations": ConfirmationsView,
		"reads": ReadsView,
		"steps": list[StepView],
	},
)


@NUMBER_CALLS.get_call("numbers", "from to channel assigned")
def read_all(ports: Ports, params: Params) -> NumbersView:
	"""Return the numbers between two days."""
	wanted = wanted_of(
		ports,
		params.text("from", ""),
		params.text("to", ""),
		params.text("channel", ""),
		whose(params),
	)
	times, times_by_step = read_answer_times(ports, wanted)
	messages, messages_by_step = read_messages(ports, wanted)
	choices, choices_by_step = read_choices(ports, wanted)
	confirmations, confirmations_by_step = read_confirmations(ports, wanted)
	steps = zip(
		wanted.period.steps,
		times_by_step,
		messages_by_step,
		choices_by_step,
		confirmations_by_step,
		strict=True,
	)
	return {
		"from": wanted.period.first.isoformat(),
		"to": wanted.period.last.isoformat(),
		"step": wanted.period.step,
		"answer_times": times,
		"messages": messages,
		"failures": read_failure_numbers(ports, wanted),
		"opt_outs": choices,
		"confirmations": confirmations,
		"reads": read_reads(ports, wanted),
		"steps": [
			{
				"day": day.isoformat(),
				"answer_times": answered,
				"messages": said,
				"opt_outs": chosen,
				"confirmations": confirmed,
			}
			for day, answered, said, chosen, confirmed in steps
		],
	}


def wanted_of(ports: Ports, first: str, last: str, channel: str, assigned: str) -> Wanted:
	"""Return of what numbers are asked for; what is empty is as usual. Raise BadInput."""
	if channel not in ("", *CHANNELS):
		raise BadInput("{0} must be one of {1}.", "channel", ", ".join(CHANNELS))
	settings, now_us = ports.settings(), ports.clock.now_us()
	return Wanted(period_of(first, last, zone(settings.default_timezone), now_us), channel, assigned)
