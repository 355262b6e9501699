// How the inbox looks, in the Desk's own colors: two columns on a desk, one on a phone.
(function () {
	const id = "customer-thread-inbox-style";
	if (document.getElementById(id)) return;
	const style = document.createElement("style");
	style.id = id;
	style.textContent = `
.ct-inbox { display: grid; grid-template-columns: 360px minmax(0, 1fr); height: calc(100dvh - 130px); min-height: 420px; padding: 0 !important; overflow: hidden; }
.ct-inbox-side { display: flex; flex-direction: column; min-height: 0; border-right: 1px solid var(--border-color); }
.ct-inbox-tabs { display: flex; flex-wrap: wrap; gap: 4px; padding: 10px 12px 0; }
.ct-inbox-tab { display: inline-flex; align-items: center; gap: 4px; padding: 4px 8px; border-radius: 6px; color: var(--text-color); font-size: 12px; text-decoration: none !important; }
.ct-inbox-tab[aria-current] { background: var(--control-bg); font-weight: 600; }
.ct-inbox-count { color: var(--text-muted); font-variant-numeric: tabular-nums; }
.ct-inbox-search { margin: 8px 12px 4px; width: auto; }
.ct-inbox-whose { margin: 0 12px 8px; width: auto; }
.ct-inbox-problem { margin: 0 12px; }
.ct-inbox-problem:empty { display: none; }
.ct-inbox-lines { list-style: none; margin: 0; padding: 0; overflow-y: auto; flex: 1; min-height: 0; border-top: 1px solid var(--border-color); }
.ct-inbox-line { display: block; padding: 10px 12px; border-bottom: 1px solid var(--border-color); color: var(--text-color); text-decoration: none !important; }
.ct-inbox-line:hover { background: var(--fg-hover-color, var(--control-bg)); }
.ct-inbox-line[aria-current] { background: var(--control-bg); box-shadow: inset 3px 0 0 var(--primary, #2490ef); }
.ct-inbox-line:focus-visible, .ct-inbox-tab:focus-visible, .ct-inbox-place .ct-conversation:focus-visible { outline: 2px solid var(--primary, #2490ef); outline-offset: -2px; }
.ct-inbox-head, .ct-inbox-below { display: flex; gap: 8px; align-items: baseline; }
.ct-inbox-name, .ct-inbox-words { flex: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.ct-inbox-time, .ct-inbox-signs { color: var(--text-muted); font-size: 12px; }
.ct-inbox-words { color: var(--text-muted); font-size: 13px; }
.ct-inbox-signs { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.ct-inbox-line.is-unread .ct-inbox-name { font-weight: 700; }
.ct-inbox-line.is-unread .ct-inbox-words { color: var(--text-color); }
.ct-inbox-unread { background: #1a73c7; color: #fff; border-radius: 9px; font-size: 11px; line-height: 18px; min-width: 18px; padding: 0 5px; text-align: center; }
.ct-inbox-failures { max-height: 55%; overflow-y: auto; padding: 0 12px; flex-shrink: 0; }
.ct-inbox-failures:empty { display: none; }
.ct-inbox-nothing, .ct-inbox-empty { padding: 24px 12px; text-align: center; }
.ct-inbox-more { margin: 8px 12px; }
.ct-inbox-pane { display: flex; flex-direction: column; min-width: 0; min-height: 0; }
.ct-inbox-title { display: flex; gap: 12px; align-items: center; padding: 10px 15px; border-bottom: 1px solid var(--border-color); }
.ct-inbox-title:empty { display: none; }
.ct-inbox-title h3 { margin: 0; font-size: 16px; overflow-wrap: anywhere; }
.ct-inbox-who { flex: 1; min-width: 0; overflow-wrap: anywhere; }
.ct-inbox-tools { display: flex; gap: 8px; flex-shrink: 0; }
.ct-inbox-tools .btn { display: inline-flex; align-items: center; }
.ct-inbox-tools select { width: auto; max-width: 170px; }
.ct-inbox-back { display: none; }
.ct-inbox-place { flex: 1; min-height: 0; display: flex; flex-direction: column; }
.ct-inbox-place .ct-conversation { max-height: none; flex: 1; padding: 12px 15px; }
.ct-inbox-pane .ct-reply { margin: 0; }
@media (max-width: 700px) {
	.ct-inbox { display: block; height: calc(100dvh - 110px); }
	.ct-inbox > section { height: 100%; border-right: none; }
	.ct-inbox:not(.is-open) .ct-inbox-pane, .ct-inbox.is-open .ct-inbox-side { display: none; }
	.ct-inbox-back { display: inline-block; }
	.ct-inbox-tabs { flex-wrap: nowrap; overflow-x: auto; }
	.ct-inbox-tab { min-height: 44px; white-space: nowrap; }
	.ct-inbox-title { flex-wrap: wrap; }
	.ct-inbox-tools { flex: 1 1 100%; flex-wrap: wrap; }
	.ct-inbox-search, .ct-inbox-whose { min-height: 44px; }
	.ct-inbox-tools .btn, .ct-inbox-tools select, .ct-inbox-back, .ct-inbox-more { min-height: 44px; }
}
`;
	document.head.append(style);
})();
