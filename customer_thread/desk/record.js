// A form of what is written once: nothing to save, and no comments, which look like a way to answer.
frappe.provide("customer_thread");

customer_thread.as_record = function (frm) {
	frm.disable_save();
	frm.$wrapper.find(".form-footer").hide();
};
