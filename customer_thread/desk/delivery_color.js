// The color of a delivery's state, the same wherever one is shown.
frappe.provide("customer_thread");

customer_thread.delivery_color = function (state) {
	const colors = { Held: "purple", Queued: "orange", Sending: "orange", Sent: "blue", Delivered: "green", Failed: "red" };
	return colors[state] || "gray";
};
