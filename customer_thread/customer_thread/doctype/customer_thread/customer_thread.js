{% include "customer_thread/desk/style.js" %}
{% include "customer_thread/desk/record.js" %}
{% include "customer_thread/desk/times.js" %}
{% include "customer_thread/desk/conversation.js" %}
{% include "customer_thread/desk/delivery_color.js" %}
{% include "customer_thread/desk/preview.js" %}
{% include "customer_thread/desk/elements.js" %}
{% include "customer_thread/desk/ask.js" %}
{% include "customer_thread/desk/new_id.js" %}
{% include "customer_thread/desk/draft.js" %}
{% include "customer_thread/desk/on_the_way.js" %}
{% include "customer_thread/desk/segments.js" %}
{% include "customer_thread/desk/colleagues.js" %}
{% include "customer_thread/desk/reply_box.js" %}
{% include "customer_thread/desk/live.js" %}
{% include "customer_thread/desk/joined.js" %}
{% include "customer_thread/desk/leaving.js" %}

frappe.ui.form.on("Customer Thread", {
	refresh(frm) {
		customer_thread.as_record(frm);
		if (frm.doc.erased_us) {
			show_erased(frm);
			return;
		}
		const { party_type, party } = frm.doc;
		if (party) {
			frm.add_custom_button(__(party_type), () => frappe.set_route("Form", party_type, party));
		}
		if (party_type === "Customer") {
			customer_thread.add_preview_button(frm, frm.doc.title, () => frm.docname);
		}
		customer_thread.show_on_the_way(frm, party_type === "Customer" && { customer: party }, () => show(frm));
		if (party) {
			frm.add_custom_button(__("On file…"), () => show_addresses(frm), __("Addresses"));
			frm.add_custom_button(__("Renew secret addresses"), () => renew(frm), __("Addresses"));
		}
		customer_thread.add_leaving_buttons(frm, frm.doc.title, () => frm.docname);
		follow();
		customer_thread.enter(frm.docname);
		open(frm);
	},
});

/** Follow the thread of the form that is open, once for all forms. */
function follow() {
	if (customer_thread.is_following) return;
	customer_thread.is_following = true;
	const form = () => (window.cur_frm?.doctype === "Customer Thread" && !cur_frm.doc.erased_us ? cur_frm : null);
	customer_thread.follow(() => form()?.docname || "", () => show(form()));
}

const PAGE = 30;
const boxes = {};

function open(frm) {
	const name = frm.docname;
	const { $wrapper } = frm.fields_dict.conversation;
	if (frm.thread_shown !== name) {
		Object.assign(frm, { thread_shown: name, thread_page: null });
		// not emptied: the box of the thread before keeps what it listens to
		const place = document.createElement("div");
		place.className = "ct-place text-muted";
		place.textContent = __("Loading…");
		$wrapper[0].replaceChildren(place);
		if (!frm.doc.merged_into) {
			// a new one asks by itself which way it goes
			if (boxes[name]) {
				boxes[name].recall();
				boxes[name].ask_way();
			} else boxes[name] = new customer_thread.ReplyBox(name, () => show(frm, { is_sent: true }));
			$wrapper[0].append(unmatched_place(frm), wishes_place(), boxes[name].element);
		}
	} else if (boxes[name]) {
		boxes[name].ask_way();
	}
	show(frm);
}

async function show(frm, { is_sent = false } = {}) {
	const name = frm.docname;
	const page = await call("thread", { thread: name, limit: PAGE }, "GET");
	if (frm.docname !== name) return;
	const is_opening = !frm.thread_page;
	frm.thread_page = customer_thread.joined(frm.thread_page, page);
	draw(frm, is_opening || is_sent);
	if (boxes[name]) boxes[name].read_upto(page.last);
	draw_wishes(frm);
	const { waiting_since, unread } = page.thread;
	note(frm, { waiting_us: waiting_since ? Date.parse(waiting_since) * 1000 : 0, contractor_unread: unread });
	if (unread && !document.hidden) {
		const left = await call("read", { thread: name, upto: page.last });
		if (frm.docname === name) note(frm, { contractor_unread: left.unread });
	}
}

async function show_erased(frm) {
	const name = frm.docname;
	frm.fields_dict.conversation.$wrapper.empty();
	frm.thread_shown = null;
	frm.set_intro(__("This conversation was erased: nothing of it is left."), "gray");
	if (!["Thread Manager", "System Manager"].some((role) => frappe.user.has_role(role))) return;
	const found = await frappe.db.get_value("Thread Erasure", { thread: name }, ["name", "state"]);
	if (frm.docname !== name || !found.message.name) return;
	frm.add_custom_button(__("Who and when"), () => frappe.set_route("Form", "Thread Erasure", found.message.name));
	if (found.message.state === "Running") frm.set_intro(__("It is being erased."), "orange");
}

function unmatched_place(frm) {
	const place = document.createElement("div");
	const leave = (thread) => frappe.set_route("Form", "Customer Thread", thread);
	const thread = frm.docname;
	if (!frm.doc.party) customer_thread.part("unmatched").then(({ show_unmatched }) => show_unmatched(place, thread, leave));
	return place;
}

function wishes_place() {
	const place = document.createElement("div");
	place.className = "ct-wishes small text-muted";
	return place;
}

function draw_wishes(frm) {
	const place = frm.fields_dict.conversation.$wrapper.find(".ct-wishes").empty();
	const lines = frm.thread_page.preferences;
	for (const { user, words } of lines) $("<div>").text(lines.length > 1 ? `${user}: ${words}` : words).appendTo(place);
}

function note(frm, fields) {
	Object.assign(frm.doc, fields);
	for (const field of Object.keys(fields)) frm.refresh_field(field);
	frm.toolbar.set_indicator();
}

function draw(frm, to_end) {
	const place = frm.fields_dict.conversation.$wrapper[0].firstChild;
	const shown = place.firstElementChild;
	const above = shown ? shown.scrollTop : 0;
	const is_at_end = !shown || shown.scrollHeight - shown.clientHeight - above < 40;
	const [box] = customer_thread.show_conversation(place, frm.thread_page, { older: () => older(frm) });
	box.scrollTop = to_end || is_at_end ? box.scrollHeight : above;
}

async function older(frm) {
	const name = frm.docname;
	const before = await call("thread", { thread: name, limit: PAGE, before: frm.thread_page.before }, "GET");
	if (frm.docname !== name) return;
	const box = frm.fields_dict.conversation.$wrapper[0].firstChild.firstElementChild;
	const below = box.scrollHeight - box.scrollTop;
	frm.thread_page = customer_thread.with_earlier(before, frm.thread_page);
	draw(frm, false);
	const drawn = frm.fields_dict.conversation.$wrapper[0].firstChild.firstElementChild;
	drawn.scrollTop = drawn.scrollHeight - below;
}

async function show_addresses(frm) {
	const { addresses } = await call("thread", { thread: frm.docname, limit: 1 }, "GET");
	const dialog = new frappe.ui.Dialog({ title: __("Addresses on file") });
	const draw_rows = (rows) => {
		const box = $("<div>").appendTo(dialog.$body.empty());
		if (!rows.length) box.text(__("None"));
		for (const row of rows) {
			const line = $("<p>").text(row.why ? `${row.address}: ${row.why}` : row.address).appendTo(box);
			if (row.kind !== "Email") continue;
			const label = row.trusted ? __("Take trust back") : __("Trust");
			const change = async () => {
				const args = { thread: frm.docname, address: row.address, trusted: row.trusted ? 0 : 1 };
				draw_rows(await call("trust", args));
			};
			$("<button class='btn btn-xs btn-default ml-2'>").text(label).on("click", change).appendTo(line);
		}
	};
	draw_rows(addresses);
	dialog.show();
}

function renew(frm) {
	const words = __("Mails to the old addresses wait unmatched from then on. Answers to what comes next work as ever.");
	frappe.confirm(words, async () => {
		await call("renew", { thread: frm.docname });
		frappe.show_alert({ message: __("Renewed"), indicator: "green" });
		show(frm);
	});
}

async function call(name, args, type = "POST") {
	const answer = await frappe.call({ method: `customer_thread.api.desk.${name}`, type, args });
	return answer.message;
}
