// What an automation would write about a document, as its customer would read it, and when and why.
frappe.provide("customer_thread");

/** Draw a picker of documents and what `automation()` makes of the one that is picked; the newest one first. */
customer_thread.preview_automation = async function (place, automation) {
	const { document_type: doctype } = automation();
	place.empty();
	if (!doctype) {
		place.append($("<p class='text-muted'>").text(__("Choose a document type first.")));
		return;
	}
	const result = $("<div aria-live='polite'>").css("marginTop", "12px");
	const run = () => try_out(automation(), control.get_value(), result);
	const df = { fieldtype: "Link", fieldname: "document", options: doctype, label: __(doctype), change: run };
	const control = frappe.ui.form.make_control({ parent: $("<div>").appendTo(place), df, render_input: true });
	$("<button class='btn btn-default btn-sm' type='button'>").text(__("Try it")).on("click", run).appendTo(place);
	place.append(result);
	const newest = await newest_of(doctype);
	if (newest && !control.get_value()) control.set_value(newest);
	else if (!newest) result.append($("<p class='text-muted'>").text(__("No customer was told of any yet.")));
};

async function newest_of(doctype) {
	const filters = { reference_doctype: doctype, reference_name: ["is", "set"], voided_by: ["is", "not set"] };
	const [event] = await frappe.db.get_list("Thread Event", {
		filters,
		fields: ["reference_name"],
		order_by: "occurred_us desc",
		limit: 1,
	});
	return event && event.reference_name;
}

async function try_out(automation, document, result) {
	result.empty();
	if (!document) return;
	const method = "customer_thread.api.admin.preview_automation";
	const args = { automation: JSON.stringify(automation), document };
	const { message } = await frappe.call({ method, type: "POST", args });
	result.empty().append(message.text ? message_view(message, automation.moment) : nothing_view(message));
}

function nothing_view({ reason, broken }) {
	const box = $("<div class='alert'>").addClass(broken ? "alert-danger" : "alert-warning");
	return box.text(broken ? reason : __("No message: {0}", [reason]));
}

function message_view({ text, segments, customer, channel, way, at, when, zone, reason }, moment_of) {
	const box = $("<div class='alert'>").addClass(at || moment_of === "By Hand" ? "alert-success" : "alert-warning");
	const words = { whiteSpace: "pre-wrap", overflowWrap: "anywhere", marginBottom: "8px", color: "var(--text-color)" };
	box.append($("<div>").text(text).css(words));
	const ways = { SMS: __("By text"), Email: __("By e-mail") };
	const facts = [
		__("To {0}", [customer]),
		[ways[channel] || __("In the portal"), way].filter(Boolean).join(": "),
		segments === 1 ? __("1 segment as a text") : __("{0} segments as a text", [segments]),
		at ? goes(at, zone) : reason.charAt(0).toUpperCase() + reason.slice(1),
		at && when ? __("For the customer: {0}", [when]) : "",
	];
	facts.filter(Boolean).forEach((fact) => box.append($("<div class='small'>").text(fact)));
	return box;
}

function goes(at, zone) {
	const [here, there] = [customer_thread.at(at), moment.utc(at).tz(zone).format("lll")];
	const when = here === there ? here : __("{0} ({1} in {2})", [here, there, zone]);
	return moment.utc(at).isBefore() ? __("Would have gone {0}", [when]) : __("Goes {0}", [when]);
}
