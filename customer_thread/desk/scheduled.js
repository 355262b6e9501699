// On a document's form: what the system will write about it, wrote, or did not, and why.
(() => {
	frappe.provide("customer_thread");

	const SHOWN = 3;
	const MESSAGE = "Thread Scheduled Message";

	customer_thread.show_scheduled = async function (frm, { can_be_visited = false } = {}) {
		if (frm.is_new() || !frappe.model.can_read("Customer Thread")) return;
		if (frm.doc.customer_confirmed_at) frm.dashboard.add_indicator(__("Confirmed by the customer"), "green");
		const about = { reference_doctype: frm.doctype, reference_name: frm.docname };
		if (customer_thread.show_on_the_way) {
			customer_thread.show_on_the_way(frm, can_be_visited && about, () => show_lines(frm, about));
		}
		await show_lines(frm, about);
	};

	async function show_lines(frm, about) {
		// of several refreshes in a row the last one answers
		const asked = (frm.customer_thread_scheduled = {});
		const method = "customer_thread.api.desk.scheduled";
		const { message } = await frappe.call({ method, type: "GET", args: { ...about, limit: SHOWN + 1 } });
		if (frm.customer_thread_scheduled !== asked || frm.docname !== about.reference_name) return;
		frm.layout.wrapper.find(".ct-scheduled").remove();
		if (!message.messages.length) return;
		// above all tabs: a form's dashboard is behind one of them
		const place = $("<div class='ct-scheduled small'>").css("padding", "12px 20px 4px").prependTo(frm.layout.wrapper);
		message.messages.slice(0, SHOWN).forEach((one) => place.append(line_of(one)));
		const all = message.messages.length > SHOWN || message.before ? __("See all") : __("See why and when");
		place.append($("<a class='text-muted'>").attr("href", list_of(about)).text(all));
	}

	function line_of({ line, title, state, reason, id }) {
		const words = state === "Waiting" || state === "Sent" ? line : `${title} · ${reason}`;
		const link = $("<a>").attr("href", frappe.utils.get_form_link(MESSAGE, id)).text(words).attr("title", reason);
		const dot = $("<span>").addClass(`indicator ${customer_thread.scheduled_color(state)}`);
		return $("<div>").append(dot, " ", link);
	}

	function list_of({ reference_doctype, reference_name }) {
		const query = new URLSearchParams({ reference_doctype, reference_name });
		return `/app/thread-scheduled-message?${query}`;
	}
})();
