// Times as the Desk shows them, in the user's zone: ours are microseconds since 1970, UTC, or ISO 8601.
frappe.provide("customer_thread");

function here(time) {
	const zone = frappe.boot.time_zone && (frappe.boot.time_zone.user || frappe.boot.time_zone.system);
	const at = moment.utc(time);
	return zone ? at.tz(zone) : at.local();
}

/** Return a time, now if none is given, as moment has it. */
customer_thread.here = (time) => here(time);
customer_thread.at = (iso) => here(iso).format("lll");

/** Return how long ago it was, in words. */
customer_thread.since = (iso) => here(iso).fromNow();

customer_thread.ago = function (us, is_brief = false) {
	if (!us) return "";
	const at = here(us / 1000);
	const words = is_brief ? customer_thread.briefly(us) : at.fromNow();
	const style = is_brief ? "text-muted" : "";
	return `<span class="${style}" title="${at.format("LLLL")}">${frappe.utils.escape_html(words)}</span>`;
};

/** Return how long ago it was, for a narrow column; of more than a month ago, the day. */
customer_thread.briefly = function (us) {
	const minutes = Math.max(0, Math.floor((Date.now() - us / 1000) / 60000));
	if (minutes < 1) return __("now");
	if (minutes < 60) return __("{0} min", [minutes]);
	if (minutes < 60 * 24) return __("{0} h", [Math.floor(minutes / 60)]);
	if (minutes < 60 * 24 * 31) return __("{0} d", [Math.floor(minutes / 60 / 24)]);
	return here(us / 1000).format("ll");
};
