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
