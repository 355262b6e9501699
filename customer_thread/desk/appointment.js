frappe.ui.form.on("Appointment", {
	refresh(frm) {
		const { status, party } = frm.doc;
		return customer_thread.show_scheduled(frm, { can_be_visited: status === "Open" && Boolean(party) });
	},
});
