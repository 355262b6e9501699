{% include "customer_thread/desk/style.js" %}
{% include "customer_thread/desk/times.js" %}

frappe.listview_settings["Customer Thread"] = {
	add_fields: ["party", "erased_us", "blocked_us", "contractor_unread", "merged_into", "last_words", "last_words_by", "last_words_us", "waiting_us"],
	hide_name_column: true,
	filters: [["merged_into", "is", "not set"]],
	onload(list) {
		const waiting = [["Customer Thread", "waiting_us", ">", 0], ["Customer Thread", "blocked_us", "=", 0]];
		list.page.add_inner_button(__("Waiting for an answer"), () => list.filter_area.add(waiting));
		list.page.wrapper.addClass("ct-threads");
		keep_fresh(list);
	},
	refresh: show_words_below,
	get_indicator(doc) {
		if (doc.merged_into) return [__("Moved"), "gray", "merged_into,is,set"];
		if (doc.erased_us) return [__("Erased"), "gray", "erased_us,>,0"];
		if (doc.blocked_us) return [__("Blocked"), "gray", "blocked_us,>,0"];
		if (!doc.party) return [since(__("Unmatched"), doc.waiting_us), "orange", "party,is,not set"];
		if (doc.waiting_us) return [since(__("Waiting"), doc.waiting_us), "red", "waiting_us,>,0"];
		if (doc.contractor_unread) return [unread(doc.contractor_unread), "blue", "contractor_unread,>,0"];
		return [__("Read"), "green", "contractor_unread,=,0"];
	},
	formatters: {
		last_words: (value, df, doc) => last_words(doc),
	},
};

function last_words(doc) {
	const words = frappe.utils.escape_html(said(doc.last_words, doc.last_words_by));
	return words && `${customer_thread.ago(doc.last_words_us, true)} · ${words}`;
}

// on a phone Frappe shows no column but the name and the state
function show_words_below(list) {
	list.$result.find(".ct-said").remove();
	list.$result.find(".list-row-container .list-row").each((index, row) => {
		const doc = list.data[index];
		const words = doc && said(doc.last_words, doc.last_words_by);
		if (!words) return;
		const line = $("<div class='ct-said d-md-none small text-muted'>");
		line.text(`${customer_thread.briefly(doc.last_words_us)} · ${words}`).insertAfter(row);
	});
}

function since(state, us) {
	return us ? `${state} · ${customer_thread.briefly(us)}` : state;
}

function unread(count) {
	return count === 1 ? __("1 unread message") : __("{0} unread messages", [count]);
}

function said(words, by) {
	if (!by) return "";
	return by === "Contractor" ? __("You: {0}", [words]) : words || __("(no words)");
}

// the socket says only that something has changed in some thread, to whoever may see the list
function keep_fresh(list) {
	const refresh = frappe.utils.debounce(() => {
		if (cur_list === list && !list.$checks?.length && !list.filter_area.is_being_edited()) list.refresh();
	}, 2000);
	frappe.realtime.on("customer_thread_list_changed", refresh);
}
