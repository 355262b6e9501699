"""What the contractor reads of a message of theirs that failed, or that goes another way than they wrote."""

from customer_thread.domain.channels import ChannelRule
from customer_thread.domain.errors import GatewayError
from customer_thread.domain.model import Consent
from customer_thread.domain.phrase import Translate


def failure_line(
	name: str, failed: ChannelRule, error: GatewayError, instead: ChannelRule | None, translate: Translate
) -> str:
	"""Return the line about a message to `name`; `instead`: the other way it goes, None where there is none."""
	_ = translate
	message = failed.words.message.worded(translate)
	if instead:
		return _("{0} did not get your {1} ({2}); it went {3} instead.").format(
			name, message, _why(failed, error, translate), instead.words.by.worded(translate)
		)
	if error.ambiguous:
		return _("It is not known whether {0} got your {1}. Please ask them.").format(name, message)
	mend = failed.words.mend.worded(translate) if failed.words.mend else ""
	lost = _("{0} did not get your {1}.").format(name, message)
	return " ".join(part for part in (lost, error.worded(translate), mend) if part)


def _why(failed: ChannelRule, error: GatewayError, translate: Translate) -> str:
	_ = translate
	if error.consent and (why := failed.words.why_lost.get(error.consent)):
		return why.worded(translate)
	return _("error {0}").format(error.code) if error.code else _("it could not be delivered")


def other_way_line(
	name: str, asked: ChannelRule, said: Consent, way: ChannelRule, translate: Translate
) -> str:
	"""Return the line about a message that goes another way from the first, as `name` is not reached by the one asked for."""
	return translate("{0} gets your {1} {2} ({3}).").format(
		name,
		asked.words.message.worded(translate),
		way.words.by.worded(translate),
		asked.words.why_lost[said].worded(translate),
	)
