// A thread's form follows what happens: the socket says that its thread has changed, and it is read anew.
frappe.provide("customer_thread");

/** Milliseconds between two looks where there is no socket. */
const LOOK_AGAIN = 20000;

/** Call `look` for the form at hand whenever its thread may have changed; to be asked for once. */
customer_thread.follow = function (look) {
	if (customer_thread.is_following) return;
	customer_thread.is_following = true;
	const form = () => (window.cur_frm && cur_frm.doctype === "Customer Thread" && !document.hidden ? cur_frm : null);
	const soon = frappe.utils.debounce(() => form() && look(form()), 300);
	frappe.realtime.on("customer_thread_form_changed", ({ thread }) => {
		if (form() && form().docname === thread) soon();
	});
	document.addEventListener("visibilitychange", soon);
	setInterval(() => {
		const { socket } = frappe.realtime;
		if (!(socket && socket.connected)) soon();
	}, LOOK_AGAIN);
};

/** Enter the room of a thread; Frappe leaves out who comes less than a second after another form. */
customer_thread.enter = function (frm) {
	const name = frm.docname;
	frappe.realtime.doc_subscribe(frm.doctype, name);
	setTimeout(() => frm.docname === name && frappe.realtime.doc_subscribe(frm.doctype, name), 1500);
};

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
