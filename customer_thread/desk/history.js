// The past brought into the threads: a bar that fills while the server works.
frappe.provide("customer_thread");

const POLL_MS = 2000;

customer_thread.start_history = async function (frm) {
	const args = { months: frm.doc.history_months };
	const answer = await frappe.call({ method: "customer_thread.api.admin.start_history", args, freeze: true });
	show_history(frm, answer.message);
	customer_thread.follow_history(frm);
};

customer_thread.follow_history = async function (frm) {
	frappe.realtime.off("customer_thread_history");
	frappe.realtime.on("customer_thread_history", (state) => show_history(frm, state));
	clearTimeout(frm.history_timer);
	const answer = await frappe.call({ method: "customer_thread.api.admin.history", type: "GET" });
	// whoever has left the form finds it anew when they come back
	if (frappe.get_route()[1] !== frm.doctype) return;
	show_history(frm, answer.message);
	// the socket may be closed
	if (answer.message && answer.message.state === "Running") {
		frm.history_timer = setTimeout(() => customer_thread.follow_history(frm), POLL_MS);
	}
};

function show_history(frm, state) {
	const wrapper = frm.fields_dict.history.$wrapper.empty();
	const { state: is, step, done = 0, total = 0, entries = 0, error } = state || {};
	frm.fields_dict.bring_in_history.$input.prop("disabled", is === "Running");
	if (!is || is === "Idle") {
		wrapper.append($("<p class='text-muted'>").text(__("Nothing has been brought in yet.")));
		return;
	}
	const share = is === "Done" ? 100 : total ? Math.min(100, Math.floor((done / total) * 100)) : 0;
	const colors = { Running: "", Done: "progress-bar-success", Failed: "progress-bar-danger" };
	const bar = $("<div class='progress-bar' role='progressbar'>").addClass(colors[is]).css("width", `${share}%`);
	bar.attr({ "aria-valuenow": share, "aria-valuemin": 0, "aria-valuemax": 100, "aria-label": __("History") });
	wrapper.append($("<div class='progress'>").append(bar), $("<p>").text(history_words(is, step, done, total, entries)));
	if (error) wrapper.append($("<p class='text-danger'>").text(error));
}

function history_words(is, step, done, total, entries) {
	const count = __("{0} new entries", [entries]);
	if (is === "Done") return __("Done: {0}.", [count]);
	if (is === "Failed") return __("Stopped after {0} of {1}. Press the button to go on.", [done, total]);
	if (!total) return __("It begins in a moment…");
	return [__(step), __("{0} of {1}", [done, total]), count].filter(Boolean).join(" · ");
}
