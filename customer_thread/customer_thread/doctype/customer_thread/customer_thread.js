{% include "customer_thread/desk/record.js" %}
{% include "customer_thread/desk/times.js" %}
{% include "customer_thread/desk/conversation.js" %}

frappe.ui.form.on("Customer Thread", {
	refresh(frm) {
		customer_thread.as_record(frm);
		const { party_type, party, merged_into } = frm.doc;
		if (party) {
			frm.add_custom_button(__(party_type), () => frappe.set_route("Form", party_type, party));
		}
		if (party_type === "Customer") {
			frm.add_custom_button(__("Add note"), () => add_note(frm));
		}
		if (!party && !merged_into) {
			frm.set_intro(__("Nobody knows yet whose this is."), "orange");
			frm.add_custom_button(__("Assign to customer…"), () => assign(frm)).addClass("btn-primary");
		}
		frm.shown = 30;
		show(frm);
	},
});

async function show(frm) {
	const wrapper = frm.fields_dict.conversation.$wrapper;
	const name = frm.docname;
	const page = await call("thread", { thread: name, limit: frm.shown }, "GET");
	if (frm.docname !== name) return;
	const older = async () => {
		frm.shown = Math.min(frm.shown + 30, 100);
		const box = await show(frm);
		box.scrollTop(0);
	};
	const box = customer_thread.show_conversation(wrapper, page, { older });
	box.scrollTop(box[0].scrollHeight);
	if (page.entries.length && frm.doc.contractor_unread) {
		await call("read", { thread: name, upto: page.last });
		frm.doc.contractor_unread = 0;
		frm.refresh_field("contractor_unread");
		frm.toolbar.set_indicator();
	}
	return box;
}

function add_note(frm) {
	const field = { fieldname: "text", fieldtype: "Small Text", label: __("Note"), reqd: 1 };
	const save = async ({ text }) => {
		await call("note", { customer: frm.doc.party, text });
		show(frm);
	};
	const title = __("No customer ever sees a note");
	frappe.prompt({ ...field }, save, title, __("Add"));
}

function assign(frm) {
	const field = { fieldname: "customer", fieldtype: "Link", options: "Customer", label: __("Customer"), reqd: 1 };
	const words = __("All of it moves into his thread, at its own times.");
	const save = async ({ customer }) => {
		const thread = await call("assign", { thread: frm.docname, customer });
		frappe.set_route("Form", "Customer Thread", thread.thread);
	};
	frappe.prompt({ ...field, description: words }, save, __("Whose is it?"), __("Assign"));
}

async function call(name, args, type = "POST") {
	const answer = await frappe.call({ method: `customer_thread.api.desk.${name}`, type, args });
	return answer.message;
}
