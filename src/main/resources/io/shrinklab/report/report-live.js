'use strict';
/* Opens the page. While the sweep goes on, asks for the next one in time and shows it as this one was looked at. */
(() => {
  const { data, all, byId, open } = shrinklab;
  const live = data.live;
  const KEY = 'shrinklab ' + data.name;
  /** Nobody wants a page to change under their hands. */
  const UNTOUCHED = 3;
  const SLOWEST = 60;

  /* Where the reader was: kept in this tab alone, and read once. */
  function taken() {
    try {
      const kept = JSON.parse(sessionStorage.getItem(KEY));
      sessionStorage.removeItem(KEY);
      return kept;
    } catch {
      return null;
    }
  }
  const before = taken();
  const headings = () => all('h1, h2').filter((h) => h.offsetParent);
  const rows = () => all('#variants tr[data-v] .name');

  function leave() {
    const at = headings().filter((h) => h.getBoundingClientRect().top < innerHeight / 2).at(-1) ?? headings()[0];
    try {
      sessionStorage.setItem(KEY, JSON.stringify({
        written: live.written, since: before?.written === live.written ? before.since : Date.now(), heading: at.id, top: at.getBoundingClientRect().top,
        rows: rows().filter((name) => name.getAttribute('aria-expanded') === 'true').map((name) => name.textContent),
        details: all('details').map((d) => d.open), focus: document.activeElement?.id,
      }));
    } catch {
      // A browser that keeps nothing shows the next page from its top.
    }
    location.reload();
  }

  function comeBack() {
    rows().filter((name) => before.rows.includes(name.textContent)).forEach((name) => name.click());
    const details = all('details');
    if (details.length === before.details.length) details.forEach((d, i) => { d.open = before.details[i]; });
    const at = before.heading ? byId(before.heading) : headings()[0];
    if (at) scrollBy({ top: at.getBoundingClientRect().top - before.top, behavior: 'instant' });
    if (before.focus) byId(before.focus)?.focus({ preventScroll: true });
  }

  if (before) history.scrollRestoration = 'manual';
  open();
  if (before) comeBack();
  if (!live) return;

  let touched = performance.now();
  for (const event of ['pointermove', 'pointerdown', 'keydown', 'wheel', 'touchmove', 'scroll', 'input']) {
    addEventListener(event, () => { touched = performance.now(); }, { passive: true, capture: true });
  }
  const untouched = () => (performance.now() - touched) / 1000;
  const hold = byId('live-hold');
  hold.hidden = false;
  hold.addEventListener('click', () => hold.setAttribute('aria-pressed', String(hold.getAttribute('aria-pressed') !== 'true')));

  // The same page again: runs take longer, or nobody trains any more. Ask less and less often.
  const again = before?.written === live.written;
  const since = again ? before.since : Date.now();
  const idle = (Date.now() - since) / 1000;
  const wait = again ? Math.min(SLOWEST, Math.max(live.next, idle)) : live.next;
  const opened = performance.now();
  touched = -Infinity;

  const clock = (seconds) => seconds < 7200 ? Math.round(seconds / 60) + ' min' : Math.round(seconds / 3600) + ' h';
  function say() {
    const held = hold.getAttribute('aria-pressed') === 'true';
    const quiet = (Date.now() - since) / 1000;
    const text = 'Written at ' + new Date(live.written).toLocaleTimeString() + (held ? '; held as it is.'
      : quiet > 3 * live.next + 30 ? '; nothing new for ' + clock(quiet) + '. If the sweep was stopped, the same command goes on with it.' : '; renewed while the sweep goes on.');
    // Only what is new is said, or a screen reader would say it each second.
    if (byId('live-said').textContent !== text) byId('live-said').textContent = text;
    return held;
  }
  setInterval(() => {
    const held = say();
    if (!held && document.visibilityState === 'visible' && (performance.now() - opened) / 1000 >= wait && untouched() >= UNTOUCHED) leave();
  }, 500);
  say();
})();
