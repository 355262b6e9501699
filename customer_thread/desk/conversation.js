// The conversation as staff see it, without the reply box. Words from outside become text nodes, never HTML.
frappe.provide("customer_thread");

customer_thread.show_conversation = function (wrapper, page, actions) {
	const deliveries = {};
	page.deliveries.forEach((row) => (deliveries[row.entry] = deliveries[row.entry] || []).push(row));
	const senders = Object.fromEntries(page.senders.map((row) => [row.entry, row.address]));
	const writers = Object.fromEntries(page.writers.map((row) => [row.entry, row.user]));
	const documents = Object.fromEntries(page.documents.map((row) => [row.entry, row]));
	const notes = page.notes.map((note) => ({ ...note, is_note: true }));
	const oldest = page.before && page.entries.length ? page.entries[0].at : "";
	const latest = page.newer && page.entries.length ? page.entries[page.entries.length - 1].at : "";
	const lines = [...page.entries, ...notes.filter(({ at }) => at >= oldest && (!latest || at <= latest))];
	lines.sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
	const box = $("<div class='ct-conversation'>");
	if (page.before) box.append(more_button(__("Earlier"), actions.older));
	lines.forEach((line) => box.append(line.is_note ? note_line(line) : entry_line(line, deliveries[line.id], { sender: senders[line.id], writer: writers[line.id], document: documents[line.id], thread: page.thread && page.thread.thread })));
	if (!lines.length) box.append($("<p class='text-muted'>").text(__("Nothing has been said yet.")));
	if (page.newer) box.append(more_button(__("Latest messages"), actions.latest));
	$(wrapper).empty().append(box);
	return box;
};

function more_button(label, press) {
	return $("<button class='btn btn-default btn-xs' type='button'>")
		.text(label)
		.css({ margin: "0 auto 12px", display: "block" })
		.on("click", press);
}

function entry_line(entry, deliveries, about) {
	const line = entry.card ? card_line(entry, deliveries, about.document) : message_line(entry, deliveries, about);
	return line.attr("data-entry", entry.id);
}

function card_line({ card, at, id }, deliveries, about_document) {
	const line = $("<div class='ct-card small'>").toggleClass("is-void", card.void);
	const title = [card.title, card.amount].filter(Boolean).join(" — ");
	line.append($("<span class='ct-card-title'>").text(title));
	if (card.void) line.append(" ", $("<span>").text(__("(void)")));
	line.append(" · ", document.createTextNode(customer_thread.at(at)));
	if (about_document) line.append(" · ", link(about_document.doctype, about_document.name, about_document.name));
	line.append(" ", entry_link(id));
	line.append(delivery_lines(deliveries || []));
	return line;
}

const SHOWN = ["image/png", "image/jpeg", "image/gif", "image/webp"];

/** A picture as a small one that opens, a file as a link; the addresses that customers have are closed to staff. */
function attachment(thread, entry, index, file) {
	const name = file.name || __("Attachment");
	if (file.state !== "ready" || !thread) return small(name);
	const asked = new URLSearchParams({ thread, entry, index });
	const href = `/api/method/customer_thread.api.desk.attachment?${asked}`;
	const found = $("<a class='ct-attachment'>").attr({ href, target: "_blank", rel: "noopener" });
	if (!SHOWN.includes(file.content_type)) return found.addClass("small").text(name);
	const picture = $("<img loading='lazy'>").attr({ src: href, alt: name });
	if (file.width && file.height) picture.attr({ width: file.width, height: file.height });
	return found.append(picture);
}

function message_line(entry, deliveries, { sender, writer, thread }) {
	const own = entry.author === "customer";
	const who = own ? entry.label || __("Customer") : entry.label;
	const channels = { sms: __("SMS"), email: __("Email"), portal: __("Portal"), phone: __("Phone") };
	const about = [who, writer && frappe.user.full_name(writer), entry.author === "automated" && __("Automated"), channels[entry.channel]];
	const line = bubble(own ? "is-own" : "");
	line.append(small([...about.filter(Boolean), customer_thread.at(entry.at)].join(" · ")));
	if (sender) line.append(small(__("From {0}, which is not on file", [sender])));
	line.append(words(said_in(entry)));
	entry.attachments.forEach((file, index) => line.append(attachment(thread, entry.id, index, file)));
	line.append(delivery_lines(deliveries || []));
	line.find(".small").first().append(" ", entry_link(entry.id));
	return line;
}

function entry_link(id) {
	return link("Thread Entry", id, `#${id}`).addClass("ct-entry-link");
}

function said_in(entry) {
	if (entry.call) return [{ text: entry.call.text, href: "" }];
	return entry.subject ? [{ text: entry.text ? `${entry.subject}\n` : entry.subject, href: "" }, ...entry.parts] : entry.parts;
}

function note_line(note) {
	const line = bubble("is-note");
	const who = note.author && frappe.user.full_name(note.author);
	line.append(small([__("Note"), who, customer_thread.at(note.at)].filter(Boolean).join(" · ")));
	return line.append(words(note.parts));
}

function delivery_lines(deliveries) {
	const readers = new Set(deliveries.map(({ reader }) => reader).filter(Boolean));
	return deliveries.map((row) => delivery_line(row, readers.size > 1));
}

function delivery_line(row, is_named) {
	const line = $("<div class='small'>").css("marginTop", "4px");
	if (row.purpose === "Notice") {
		const about = [__("Notice"), is_named && row.reader, row.state === "Skipped" && row.channel];
		line.append(document.createTextNode(`${about.filter(Boolean).join(" · ")} · `));
	}
	// nothing was to be sent: the reason says all
	if (row.state === "Skipped" && row.reason) return line.append(link("Thread Delivery", row.id, row.reason).addClass("text-muted"));
	const pill = $("<span class='indicator-pill'>").addClass(customer_thread.delivery_color(row.state));
	const to = [row.channel, row.address].filter(Boolean).join(" ");
	line.append(pill.append(link("Thread Delivery", row.id, __(row.state))), " ");
	const is_wrong = row.error && ["Failed", "Queued"].includes(row.state);
	return line.append(document.createTextNode([to, is_wrong ? row.error : row.reason].filter(Boolean).join(" · ")));
}

function bubble(kind) {
	return $("<div class='ct-bubble'>").addClass(kind);
}

function small(text) {
	return $("<div class='small text-muted'>").text(text);
}

function words(parts) {
	const pieces = parts.map(({ text, href }) => (href ? away(href, text) : document.createTextNode(text)));
	return $("<div>").append(pieces).css({ whiteSpace: "pre-wrap", overflowWrap: "anywhere" });
}

function away(href, text) {
	const found = $("<a>").attr("href", href).text(text);
	return href.startsWith("http") ? found.attr({ target: "_blank", rel: "noopener noreferrer nofollow" }) : found;
}

function link(doctype, name, text) {
	return $("<a>").attr("href", frappe.utils.get_form_link(doctype, name)).text(text);
}
