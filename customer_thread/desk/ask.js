// A call of the Desk whose failure is a sentence to read, not a dialog: the words that were typed stay in sight.
frappe.provide("customer_thread");

const PATIENCE = 30000;

/** Return the answer; `name`: of `desk`, else with its area before it. Throw an Error with what to read; `is_refusal`: the server has done nothing. */
customer_thread.ask = async function (name, args, type = "POST") {
	const path = name.includes(".") ? name : `desk.${name}`;
	const url = new URL(`/api/method/customer_thread.api.${path}`, location.origin);
	const headers = { Accept: "application/json", "X-Frappe-CSRF-Token": frappe.csrf_token };
	const options = { method: type, headers, signal: AbortSignal.timeout(PATIENCE) };
	if (type === "GET") {
		for (const [key, value] of Object.entries(args)) url.searchParams.set(key, value);
	} else {
		headers["Content-Type"] = "application/json";
		options.body = JSON.stringify(args);
	}
	const response = await fetch(url, options).catch(() => null);
	if (!response) throw new Error(__("The server cannot be reached. What you wrote is kept here."));
	const answer = await response.json().catch(() => ({}));
	if (response.ok) return answer.message;
	const error = new Error(why(response.status, answer));
	error.is_refusal = response.status < 500;
	error.status = response.status;
	throw error;
};

function why(status, answer) {
	if (typeof answer.message === "string" && answer.message) return answer.message;
	if (status === 401 || status === 403 || answer.exc_type === "CSRFTokenError") {
		return __("You are not signed in any more. Sign in in another tab and load this page anew: what you wrote is kept.");
	}
	return __("That did not work ({0}). What you wrote is kept here; please try again.", [status]);
}
