// The color of a scheduled message's state, the same wherever one is shown.
frappe.provide("customer_thread");

customer_thread.scheduled_color = (state) => ({ Waiting: "orange", Sent: "green", Skipped: "red" })[state] || "gray";
