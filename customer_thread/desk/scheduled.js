// On a document's form: what the system will write about it, wrote, or did not, and why.
(() => {
	frappe.provide("customer_thread");

	const SHOWN = 3;
	const MESSAGE = "Thread Scheduled Message";

	customer_thread.show_scheduled = async function (frm, { can_be_visited = false } = {}) {
		const about = { reference_doctype: frm.doctype, reference_name: frm.docname };
		// Frappe has one form for all documents of a type, new ones too
		if (frm.customer_thread_about !== frm.docname) frm.layout.wrapper.find(".ct-scheduled").remove();
		frm.customer_thread_about = frm.docname;
		const is_shown = !frm.is_new() && frappe.model.can_read("Customer Thread");
		if (customer_thread.show_on_the_way) {
			customer_thread.show_on_the_way(frm, is_shown && can_be_visited && about, () => show_lines(frm, about));
		}
		if (is_shown) await show_lines(frm, about);
	};

	async function show_lines(frm, about) {
		// of several refreshes in a row the last one answers
		const asked = (frm.customer_thread_scheduled = {});
		const method = "customer_thread.api.desk.scheduled";
		const zones = frappe.boot.time_zone || {};
		// by the clock that Frappe shows the document's own times by
		const timezone = zones.user || zones.system || "";
		const args = { ...about, timezone, limit: SHOWN + 1 };
		const { message } = await frappe.call({ method, type: "GET", args });
		if (frm.customer_thread_scheduled !== asked || frm.docname !== about.reference_name) return;
		frm.layout.wrapper.find(".ct-scheduled").remove();
		const { messages, before } = message;
		const is_confirmed = frm.doc.customer_confirmed_at;
		if (!messages.length && !is_confirmed) return;
		// above all tabs: a form's dashboard is behind one of them
		const place = $("<div class='ct-scheduled small'>").css("padding", "12px 20px 4px").prependTo(frm.layout.wrapper);
		if (is_confirmed) place.append(dotted("green", $("<span>").text(__("Confirmed by the customer"))));
		messages.slice(0, SHOWN).forEach((one) => place.append(line_of(one)));
		if (!messages.length) return;
		const all = messages.length > SHOWN || before ? __("See all") : __("See why and when");
		place.append($("<a class='text-muted'>").attr("href", list_of(about)).text(all));
	}

	function line_of({ line, title, state, reason, id }) {
		const words = state === "Waiting" || state === "Sent" ? line : `${title} · ${reason}`;
		const link = $("<a>").attr("href", frappe.utils.get_form_link(MESSAGE, id)).text(words).attr("title", reason);
		return dotted(customer_thread.scheduled_color(state), link);
	}

	function dotted(color, words) {
		return $("<div>").append($("<span>").addClass(`indicator ${color}`), " ", words);
	}

	function list_of({ reference_doctype, reference_name }) {
		const query = new URLSearchParams({ reference_doctype, reference_name });
		return `/app/thread-scheduled-message?${query}`;
	}
})();
