// “On my way”: one tap, the minutes, and the customer knows.
(() => {
	frappe.provide("customer_thread");

	/** `about`: whom to tell, a customer or a document, or nothing for no button; `done` is called when something changes. */
	customer_thread.show_on_the_way = function (frm, about, done = () => {}) {
		frm.layout.wrapper.find(".ct-on-the-way").remove();
		if (!about) return;
		const ask = async () => (await customer_thread.part("set_out")).ask_minutes(about, done);
		frm.add_custom_button(__("On my way"), ask);
		// on a phone or tablet Frappe hides that one in a menu
		const button = $("<button type='button' class='btn btn-primary ct-on-the-way d-lg-none'>").text(__("On my way"));
		button.css({ margin: "12px 20px", minHeight: "44px", minWidth: "128px" }).on("click", ask);
		button.prependTo(frm.layout.wrapper);
	};
})();
