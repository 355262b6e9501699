{% include "customer_thread/desk/times.js" %}
{% include "customer_thread/desk/scheduled_color.js" %}

frappe.listview_settings["Thread Scheduled Message"] = {
	add_fields: ["automation", "thread", "state", "due_us", "reason", "reference_name"],
	hide_name_column: true,
	refresh: show_below,
	get_indicator: (doc) => [__(doc.state), customer_thread.scheduled_color(doc.state), `state,=,${doc.state}`],
};

// Frappe shows two columns beside the title, and on a phone none
function show_below(list) {
	list.$result.find(".ct-about").remove();
	list.$result.find(".list-row-container .list-row").each((index, row) => {
		const doc = list.data[index];
		if (!doc) return;
		const when = Number(doc.due_us) ? customer_thread.at(doc.due_us / 1000) : "";
		// Frappe reads the title of a linked document along with the row
		const { thread_title } = doc;
		const about = [thread_title || doc.thread, doc.reference_name, when, doc.reason];
		const line = $("<div class='ct-about small text-muted'>").css({ padding: "0 15px 8px 40px" });
		line.text(about.filter(Boolean).join(" · ")).insertAfter(row);
	});
}
