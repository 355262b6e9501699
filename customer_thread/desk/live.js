// A thread that is open follows what happens: the socket says that it has changed, and it is read anew.
frappe.provide("customer_thread");

/** Milliseconds between two looks where there is no socket. */
const LOOK_AGAIN = 20000;

/** Call `look` whenever the thread that `shown` names, "" for none, may have changed; to be asked for once a place. */
customer_thread.follow = function (shown, look) {
	const soon = frappe.utils.debounce(() => !document.hidden && shown() && look(), 300);
	frappe.realtime.on("customer_thread_form_changed", ({ thread }) => thread === shown() && soon());
	// a socket that is new is in no room, and what was said meanwhile was not heard
	frappe.realtime.on("connect", () => {
		customer_thread.enter(shown());
		soon();
	});
	const wake = () => {
		const { socket } = frappe.realtime;
		// Frappe's gives up after three tries
		if (socket && !socket.connected && !document.hidden) socket.connect();
		soon();
	};
	document.addEventListener("visibilitychange", wake);
	window.addEventListener("online", wake);
	setInterval(() => frappe.realtime.socket?.connected || soon(), LOOK_AGAIN);
};

/** Enter the room of a thread; Frappe's own way in leaves out what comes within a second of another, and what it was in before its socket was new. */
customer_thread.enter = function (thread) {
	if (thread && frappe.realtime.socket) frappe.realtime.emit("doc_subscribe", "Customer Thread", thread);
};
