// How many segments a text message is, as domain/notices/texts.py counts them: a test holds the two together.
frappe.provide("customer_thread");

/** Of GSM 03.38: the basic set, a septet each, and its extension, two. */
const GSM = new Set(
	"@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§" +
		"¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
const GSM_TWICE = new Set("^{}\\[~]|€");

/** Return how many, the units left in the last, and the characters for which each holds 70 units and not 160. */
customer_thread.segments = function (text) {
	const letters = [...text];
	const special = [...new Set(letters)].filter((letter) => !GSM.has(letter) && !GSM_TWICE.has(letter)).join("");
	const width = special ? (letter) => letter.length : (letter) => (GSM_TWICE.has(letter) ? 2 : 1);
	const [alone, each] = special ? [70, 67] : [160, 153];
	const total = letters.reduce((sum, letter) => sum + width(letter), 0);
	if (total <= alone) return { count: 1, left: alone - total, special };
	let [count, left] = [1, each];
	for (const letter of letters) {
		if (width(letter) > left) [count, left] = [count + 1, each];
		left -= width(letter);
	}
	return { count, left, special };
};

/** Return it in words. */
customer_thread.segment_words = function (text) {
	const { count, left, special } = customer_thread.segments(text);
	const words = count === 1 ? __("1 text, {0} characters left", [left]) : __("{0} texts, {1} characters left", [count, left]);
	if (!special) return words;
	const why = __("“{0}” takes room: 70 characters a text, not 160", [first(special)]);
	return `${words} · ${why}`;
};

function first(letters) {
	const known = [...letters];
	return known.length > 3 ? `${known.slice(0, 3).join("")}…` : letters;
}
