// “On my way”: one tap, the minutes, and the customer knows.
(() => {
	frappe.provide("customer_thread");

	const MINUTES = 15;

	/** `about`: whom to tell, a customer or a document; `done` is called once it is written down. */
	customer_thread.add_on_the_way_button = function (frm, about, done = () => {}) {
		frm.add_custom_button(__("On my way"), () => ask_minutes(about, done));
	};

	function ask_minutes(about, done) {
		// the same however often it is pressed in this dialog
		const client_id = customer_thread.new_id();
		const field = { fieldname: "minutes", fieldtype: "Int", label: __("Minutes until you are there"), default: MINUTES };
		const tell = async ({ minutes }) => {
			const args = { ...about, minutes: minutes || 0, client_id };
			const method = "customer_thread.api.desk.on_the_way";
			const { message } = await frappe.call({ method, type: "POST", args, freeze: true });
			const [first] = message.messages;
			if (first) frappe.show_alert({ message: __("The customer is told."), indicator: "green" });
			done();
		};
		frappe.prompt({ ...field, description: __("0: the message says no time") }, tell, __("On my way"), __("Tell the customer"));
	}
})();
