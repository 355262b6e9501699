// How the conversation and its reply box look, in the Desk's own colors. A script, as Frappe serves no stylesheet with a form.
(function () {
	const id = "customer-thread-reply-style";
	if (document.getElementById(id)) return;
	const style = document.createElement("style");
	style.id = id;
	style.textContent = `
.ct-conversation { max-height: max(240px, calc(100dvh - 385px)); overflow-y: auto; padding: 4px; }
.ct-place { min-height: 240px; }
.ct-card { color: var(--text-muted); text-align: center; margin: 0 0 8px; overflow-wrap: anywhere; }
.ct-card-title { color: var(--text-color); font-weight: 500; }
.ct-card.is-void .ct-card-title { text-decoration: line-through; font-weight: normal; color: inherit; }
.ct-entry-link { color: var(--text-muted); }
.ct-bubble { background: var(--bg-light-gray); border-radius: 8px; padding: 8px 12px; margin: 0 0 8px; max-width: 80%; width: fit-content; }
.ct-bubble.is-own { background: var(--bg-blue); margin-left: auto; }
.ct-bubble.is-note { background: var(--bg-yellow); }
[data-theme="dark"] .ct-bubble.is-own { background: #14406b; }
[data-theme="dark"] .ct-bubble.is-note { background: #5a4500; }
.ct-reply { margin: 12px calc(-1 * var(--padding-md, 15px)) 0; padding: 12px var(--padding-md, 15px); border-top: 1px solid var(--border-color); }
.ct-reply.is-note { background: #fff3c4; color: #4a3a00; border-top-color: #e0b400; }
.ct-reply-head { display: flex; gap: 12px; justify-content: space-between; align-items: center; min-height: 32px; }
.ct-reply-way { color: var(--text-muted); overflow-wrap: anywhere; flex: 1; }
.ct-reply-channel[hidden], .ct-reply-count[hidden] { display: none; }
.ct-reply-others { color: var(--text-muted); min-height: 20px; }
.ct-reply.is-note .ct-reply-others { color: inherit; }
.ct-reply-notice { background: #fff3c4; color: #4a3a00; border-radius: 8px; padding: 8px 12px; margin-top: 8px; overflow-wrap: anywhere; }
.ct-reply-notice:empty { display: none; }
.ct-saved { border: 1px solid var(--border-color); border-radius: 8px; margin-top: 4px; max-height: 40vh; overflow-y: auto; background: var(--card-bg, #fff); color: var(--text-color, #000); }
.ct-saved[hidden] { display: none; }
.ct-saved-line { padding: 8px 12px; cursor: pointer; min-height: 44px; overflow-wrap: anywhere; }
.ct-saved-line[aria-selected=true] { background: var(--bg-light-gray, #eee); }
.ct-saved-line[aria-disabled=true] { cursor: default; }
.ct-saved-head { display: flex; gap: 12px; justify-content: space-between; }
.ct-saved-key, .ct-saved-text, .ct-saved-problem { color: var(--text-muted); }
.ct-reply-count { color: var(--text-muted); margin-top: 4px; overflow-wrap: anywhere; }
.ct-reply-quiet { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; margin-bottom: 8px; }
.ct-reply-quiet[hidden] { display: none; }
.ct-reply.is-note .ct-reply-way { color: inherit; font-weight: 600; }
.ct-reply-switch { display: flex; align-items: center; gap: 6px; margin: 0; padding: 6px 0; white-space: nowrap; cursor: pointer; }
.ct-reply-switch input { margin: 0 !important; }
.ct-reply textarea { width: 100%; resize: vertical; height: auto; field-sizing: content; min-height: 76px; max-height: 40vh; }
.ct-reply.is-note textarea { background: #fffbeb; color: #4a3a00; border: 1px solid #e0b400; }
.ct-reply.is-note textarea::placeholder { color: #7a6a2a; }
.ct-reply-foot { display: flex; gap: 12px; justify-content: flex-end; align-items: center; margin-top: 8px; }
.ct-reply-problem { flex: 1; overflow-wrap: anywhere; }
.ct-reply select { width: auto; }
.ct-reply-foot .btn { min-width: 88px; }
@media (max-width: 767px) {
.ct-reply-foot .btn, .ct-reply-switch, .ct-reply select { min-height: 44px; }
}
`;
	document.head.append(style);
})();
