"""The wing as those below it reach it, through the ports; both hosts wire it."""

from customer_thread.service.notices.compose_notice import compose_mail_of_notice
from customer_thread.service.notices.decide_again import decide_again
from customer_thread.service.notices.hold_message import hold_message, hold_new_message, zone_of
from customer_thread.service.notices.notify_entry import notify_entry
from customer_thread.service.notices.resort import resort_from
from customer_thread.service.ports import Notices

NOTICES = Notices(
	notify=notify_entry,
	hold_message=hold_message,
	hold_new_message=hold_new_message,
	decide_again=decide_again,
	resort=resort_from,
	zone_of=zone_of,
	compose={"Email": compose_mail_of_notice},
)
