frappe.ui.form.on("Appointment", {
	refresh(frm) {
		const { status, appointment_with, party } = frm.doc;
		customer_thread.add_thread_button(frm, ["Customer", "Lead"].includes(appointment_with) && { doctype: appointment_with, docname: party });
		return customer_thread.show_scheduled(frm, { can_be_visited: status === "Open" && Boolean(party) });
	},
});
