// What stands under the name over a thread: how its customer is reached, the rest unfolds. Words from outside are text.

/** Put it into `place` for a page of a thread; what was unfolded stays so while it is the same thread. */
export function put_facts(place, page) {
	const { thread, customer } = page.thread;
	// of whoever is nobody yet nothing is known
	if (!customer) return;
	if (place.firstChild?.dataset.thread !== thread) place.replaceChildren(folded(thread));
	const box = place.firstChild;
	box.firstChild.textContent = line_of(page);
	if (box.open) fill(box);
}

function folded(thread) {
	const box = customer_thread.made("details", "ct-facts small text-muted");
	box.dataset.thread = thread;
	box.append(customer_thread.made("summary", ""), customer_thread.made("dl", ""));
	box.addEventListener("toggle", () => box.open && fill(box));
	return box;
}

/** What the thread is about, how its customer is notified and whether they have read it. */
function line_of({ thread, preferences }) {
	const line = [thread.project, ...preferences.map(({ user, words }) => named(preferences, user, words))];
	if (thread.quiet_until) line.push(__("quiet hours until {0}", [customer_thread.at(thread.quiet_until)]));
	if (preferences.length) line.push(read_words(thread));
	return line.filter(Boolean).join(" · ") || __("How they are reached");
}

function read_words({ customer_unread, customer_read_at }) {
	if (customer_unread) return __("{0} not read", [customer_unread]);
	return customer_read_at ? __("read {0}", [customer_thread.since(customer_read_at)]) : "";
}

function named(list, user, words) {
	return list.length > 1 ? `${user}: ${words}` : words;
}

async function fill(box) {
	const list = box.lastChild;
	try {
		const facts = await customer_thread.ask("facts", { thread: box.dataset.thread }, "GET");
		const made = ([name, words]) => [customer_thread.made_text("dt", "", name), customer_thread.made_text("dd", "", words)];
		list.replaceChildren(...rows_of(facts).flatMap(made));
	} catch (error) {
		list.replaceChildren(customer_thread.made_text("dd", "text-danger", error.message));
	}
}

function rows_of({ timezone, time_there, preferences, addresses, devices, read_at, unread }) {
	const read = read_at ? customer_thread.at(read_at) : __("never yet");
	return [
		[__("Time there"), `${time_there} · ${timezone}`],
		...preferences.map(({ user, words }) => [__("Notices"), named(preferences, user, words)]),
		...devices.map((one) => [__("Device"), named(preferences, one.user, device_words(one))]),
		...(preferences.length && !devices.length ? [[__("Device"), __("none is notified")]] : []),
		...addresses.map((one) => [one.kind === "Phone" ? __("Phone") : __("Email"), address_words(one)]),
		...(preferences.length ? [[__("Last read"), unread ? `${read} · ${__("{0} not read", [unread])}` : read]] : []),
	];
}

function address_words({ address, consent, why }) {
	const states = { Allowed: __("agreed to texts"), "Opted Out": __("wants no texts"), "Not Textable": __("takes no texts") };
	const said = consent && [states[consent.state], consent.how, customer_thread.at(consent.at)].filter(Boolean).join(", ");
	return [address, said, why].filter(Boolean).join(" · ");
}

function device_words({ device, since, reached_at }) {
	const reached = reached_at ? __("last reached {0}", [customer_thread.at(reached_at)]) : __("never reached yet");
	return [device || __("A browser"), __("since {0}", [customer_thread.at(since)]), reached].join(" · ");
}
