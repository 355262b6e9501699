// What goes with a message: pictures and files that are uploaded, with how far they are and a button to remove each.
const PICTURES = ["image/png", "image/jpeg", "image/gif", "image/webp"];
const MOST = 10;
const AT = "/api/method/customer_thread.api.desk";

export class Shelf {
	/** `box`: a reply box; what is uploaded is kept in its draft. */
	constructor(box) {
		this.box = box;
		this.coming = [];
		/** of what was chosen on this page, by its id: an address in this browser's memory */
		this.seen = {};
		this.list = customer_thread.made("ul", "ct-shelf");
		this.list.setAttribute("aria-label", __("Pictures and files"));
		this.chooser = customer_thread.made("input", "");
		Object.assign(this.chooser, { type: "file", multiple: true, hidden: true });
		this.clip = customer_thread.made_button("btn btn-sm btn-default ct-reply-clip", __("Attach"), () => this.chooser.click());
		this.clip.title = __("Add pictures or files");
		box.count.before(this.list);
		box.button.before(this.chooser, this.clip);
		this.listen();
		this.show();
	}

	listen() {
		this.chooser.addEventListener("change", () => {
			this.add([...this.chooser.files]);
			this.chooser.value = "";
		});
		const take = (event, { files, types }) => {
			// what is copied from a table is words, and a picture of them
			if (!files.length || types.includes("text/plain")) return;
			event.preventDefault();
			this.add([...files]);
		};
		this.box.text.addEventListener("paste", (event) => take(event, event.clipboardData));
		this.box.element.addEventListener("drop", (event) => take(event, event.dataTransfer));
		this.box.element.addEventListener("dragover", (event) => event.dataTransfer.types.includes("Files") && event.preventDefault());
	}

	/** A note takes none along. */
	fit(is_note) {
		this.list.hidden = this.clip.hidden = is_note;
	}

	get is_busy() {
		return this.coming.length > 0;
	}

	/** Upload these, one after the other. */
	async add(files) {
		const room = MOST - this.box.draft.files.length - this.coming.length;
		this.box.problem.textContent = files.length > room ? __("At most {0} pictures and files go with one message.", [MOST]) : "";
		const taken = files.slice(0, Math.max(room, 0)).map((file) => ({ file, name: file.name, key: customer_thread.new_id(), part: 0 }));
		const was_busy = this.is_busy;
		this.coming.push(...taken);
		this.show();
		if (!was_busy) while (this.is_busy) await this.upload(this.coming[0]);
	}

	async upload(one) {
		try {
			const { id, name, content_type } = await this.post(one);
			if (!one.is_removed) {
				if (PICTURES.includes(content_type)) this.seen[id] = URL.createObjectURL(one.file);
				this.box.draft.set({ files: [...this.box.draft.files, { id, name, content_type }] });
				this.box.note_upto();
			}
		} catch (error) {
			if (!one.is_removed) this.box.problem.textContent = `${one.name}: ${error.message}`;
		}
		this.coming = this.coming.filter((other) => other !== one);
		this.show();
		this.box.ask_way();
	}

	/** Return the answer; fetch does not tell how far it is. */
	post(one) {
		return new Promise((resolve, reject) => {
			const request = (one.request = new XMLHttpRequest());
			const form = new FormData();
			form.append("thread", this.box.thread);
			form.append("client_id", one.key);
			form.append("file", one.file, one.name);
			request.upload.addEventListener("progress", ({ loaded, total }) => {
				one.part = total ? loaded / total : 0;
				if (one.bar) one.bar.value = one.part;
			});
			const fail = (words) => reject(new Error(words || __("It could not be uploaded. Please try again.")));
			request.addEventListener("load", () => {
				const { message } = request.response || {};
				if (request.status === 200 && message) resolve(message);
				else fail(typeof message === "string" && message);
			});
			for (const kind of ["error", "abort", "timeout"]) request.addEventListener(kind, () => fail());
			request.open("POST", `${AT}.upload`);
			Object.assign(request, { responseType: "json", timeout: 120000 });
			request.setRequestHeader("Accept", "application/json");
			request.setRequestHeader("X-Frappe-CSRF-Token", frappe.csrf_token);
			request.send(form);
		});
	}

	/** Let it not go along; the server forgets after a day what was not sent. */
	remove(one) {
		if (one.key) {
			one.is_removed = true;
			if (one.request) one.request.abort();
			else this.coming = this.coming.filter((other) => other !== one);
		} else {
			this.box.draft.set({ files: this.box.draft.files.filter(({ id }) => id !== one.id) });
		}
		this.show();
		this.box.ask_way();
		this.box.text.focus();
	}

	show() {
		const lines = [...this.box.draft.files, ...this.coming.filter((one) => !one.is_removed)].map((one) => this.line(one));
		this.list.replaceChildren(...lines);
		this.box.show();
	}

	line(one) {
		const line = customer_thread.made("li", "ct-shelf-line");
		if (PICTURES.includes(one.content_type)) {
			const picture = customer_thread.made("img", "ct-shelf-picture", line);
			picture.alt = one.name;
			picture.src = this.seen[one.id] || `${AT}.attachment?upload=${encodeURIComponent(one.id)}`;
		} else line.append(customer_thread.made_text("span", "ct-shelf-name small", one.name));
		if (one.key) {
			one.bar = customer_thread.made("progress", "ct-shelf-bar", line);
			Object.assign(one.bar, { max: 1, value: one.part });
			one.bar.setAttribute("aria-label", __("Uploading {0}", [one.name]));
		}
		const away = customer_thread.made_button("btn btn-xs btn-default ct-shelf-away", "×", () => this.remove(one));
		away.title = __("Remove {0}", [one.name]);
		away.setAttribute("aria-label", away.title);
		line.append(away);
		return line;
	}
}
