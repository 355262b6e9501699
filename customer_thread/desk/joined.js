// Pages of a thread put together: the one that is shown with a fresh one, or with the one before it.
frappe.provide("customer_thread");

/** Return the page that was shown with a fresh one in it; the fresh one alone where something lies between. */
customer_thread.joined = function (shown, fresh) {
	const known = new Set(shown ? shown.entries.map((entry) => entry.id) : []);
	const meets = !fresh.before || fresh.entries.some((entry) => known.has(entry.id));
	if (!shown || !meets) return fresh;
	const entries = by_id(shown.entries, fresh.entries);
	entries.sort((one, other) => (one.at === other.at ? one.id - other.id : one.at < other.at ? -1 : 1));
	const deliveries = by_id(shown.deliveries, fresh.deliveries);
	const [senders, writers, documents] = ["senders", "writers", "documents"].map((part) => [
		...new Map([...shown[part], ...fresh[part]].map((row) => [row.entry, row])).values(),
	]);
	return { ...fresh, entries, deliveries, senders, writers, documents, before: fresh.before && shown.before };
};

/** Return the page that was shown with the one before it. */
customer_thread.with_earlier = function (before, page) {
	const more = { before: before.before };
	for (const part of ["entries", "deliveries", "senders", "writers", "documents"]) more[part] = [...before[part], ...page[part]];
	return { ...page, ...more };
};

function by_id(...lists) {
	return [...new Map(lists.flat().map((row) => [row.id, row])).values()];
}
