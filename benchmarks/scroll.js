/** Run in the page: read back through the conversation, and watch that nothing jumps. */
(() => {
	const scroller = document.getElementById("timeline");
	const list = document.getElementById("entries");
	const earlier = document.getElementById("earlier");
	const total = { entries: list.querySelectorAll(".row").length, loads: 0, rows: 0, jump: 0, isDone: false };
	const STEP = 6;
	const PATIENCE = 15000;

	// once it is painted: a line may have come in over the conversation, and the page keeps the reader's place
	const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
	const firstRow = () => list.querySelector(".row");

	/** Return the first row that is wholly on the screen. */
	function anchor() {
		const top = scroller.getBoundingClientRect().top;
		return [...list.querySelectorAll(".row")].find((row) => row.getBoundingClientRect().top >= top);
	}

	/** Go to the upper end, read on while the page before is fetched, and note how far the anchor leaves its way. */
	async function loadOne() {
		const before = firstRow().id;
		scroller.scrollTop = 500;
		const row = anchor();
		let expected = row.getBoundingClientRect().top;
		const check = () => {
			if (row.isConnected) total.jump = Math.max(total.jump, Math.abs(row.getBoundingClientRect().top - expected));
			total.rows = Math.max(total.rows, list.children.length);
		};
		const begun = performance.now();
		for (let more = 3; more > 0; ) {
			await frame();
			check();
			if (firstRow().id !== before) more -= 1;
			else if (performance.now() - begun > PATIENCE) throw new Error("no earlier page came");
			const from = scroller.scrollTop;
			if (more === 3 && from > STEP) {
				scroller.scrollTop = from - STEP;
				expected += from - scroller.scrollTop;
			}
		}
		total.loads += 1;
		total.entries += [...list.querySelectorAll(".row")].findIndex(({ id }) => id === before);
	}

	/** Load so many pages of earlier entries, or as many as there are. */
	window.scrollBack = async (pages) => {
		for (let left = pages; left > 0 && !earlier.hidden; left -= 1) await loadOne();
		total.isDone = earlier.hidden;
		return total;
	};
})();
