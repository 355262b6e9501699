"""What an admin has saved is in force from the next request on."""

from typing import Any

DOCTYPE = "Customer Thread Settings"


def test_it_heeds_no_settings_that_another_job_cached_too_late(site: Any) -> None:
	from customer_thread.frappe_host.settings import settings

	document = site.get_doc(DOCTYPE)
	document.update({"business_name": "TEST before", "mail_from": ""})
	document.save()
	before = site.get_doc(DOCTYPE)
	document.business_name = "TEST after"
	document.save()
	# what a job does that has read the old ones and asks for them again once they are saved
	site.cache.set_value(site.get_document_cache_key(DOCTYPE, DOCTYPE), before)
	site.local.customer_thread_settings = None
	assert settings().business_name == "TEST after"
	site.clear_document_cache(DOCTYPE, DOCTYPE)
