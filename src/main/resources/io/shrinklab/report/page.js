'use strict';
/* What every page has: elements and numbers, figures with their tables and downloads, themes, paper. */
const page = (() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const root = document.documentElement;
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  const state = { theme: '', dark: false, print: false };
  const charts = [];
  /** What a page does besides: when a chart has begun, the theme changed or was chosen. */
  const hooks = {};

  /** An element with properties and children; text is never parsed as HTML. */
  function make(tag, properties = {}, ...children) {
    const element = document.createElement(tag);
    for (const [key, value] of Object.entries(properties)) {
      if (key in element) element[key] = value; else element.setAttribute(key, value);
    }
    element.append(...children);
    return element;
  }

  const known = (x) => typeof x === 'number';
  /** Rounded once, halves away from zero, from the shortest decimals that are the number: as in the other files. */
  const round = (x, digits) => /e/.test(String(x)) ? Number(x.toFixed(digits)) : Math.sign(x) * Number(Math.round(Number(Math.abs(x) + 'e' + digits)) + 'e-' + digits);
  const number = (x, digits = 4) => {
    if (!known(x)) return '\u2013';
    const rounded = round(x, digits);
    return (rounded < 0 ? '\u2212' : '') + Math.abs(rounded).toFixed(digits);
  };
  const signed = (x, digits = 4) => known(x) ? (round(x, digits) > 0 ? '+' : '') + number(x, digits) : '\u2013';
  const short = (x) => {
    if (!known(x)) return '\u2013';
    if (x === 0) return '0';
    return Math.abs(x) >= 1e-3 && Math.abs(x) < 1e5 ? String(Number(x.toPrecision(3))) : x.toExponential(1).replace('.0e', 'e').replace('-', '\u2212');
  };
  const percent = (x, digits = 1) => known(x) ? number(100 * x, digits) + '\u00a0%' : '\u2013';
  const colour = (thing) => state.dark ? thing.dark : thing.light;
  const css = (name) => getComputedStyle(root).getPropertyValue(name).trim();

  /* Charts: each figure is drawn when it comes near the screen, and again when something changes. */
  function chart(name, build, table) {
    const figure = document.querySelector('[data-figure="' + name + '"]');
    if (figure) register(figure, build, table);
  }

  function register(figure, build, table) {
    const entry = { figure, build, table, instance: null, seen: false };
    const canvas = figure.querySelector('.chart');
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', figure.dataset.title + '. The same as a table follows.');
    const details = make('details', {}, make('summary', { textContent: 'Data as a table, and downloads' }));
    details.addEventListener('toggle', () => fill(entry, details));
    figure.append(details);
    entry.details = details;
    charts.push(entry);
    observer.observe(canvas);
    return entry;
  }

  function fill(entry, details) {
    all(':scope > :not(summary)', details).forEach((old) => old.remove());
    if (!details.open) return;
    const { columns, rows } = entry.table();
    const head = make('tr', {}, ...columns.map((c) => make('th', { scope: 'col', textContent: c })));
    const body = rows.map((row) => make('tr', {},
      ...row.map((cell, i) => make(i ? 'td' : 'th', i ? { textContent: cell } : { scope: 'row', textContent: cell }))));
    const press = (text, act) => {
      const button = make('button', { type: 'button', className: 'plain', textContent: text, 'aria-label': text + ' of ' + entry.figure.dataset.title });
      button.addEventListener('click', act);
      return button;
    };
    details.append(make('div', { className: 'downloads' }, press('SVG', () => save(entry, 'svg', vector(entry))), press('PNG', () => save(entry, 'png', pixels(entry))),
      press('CSV', () => save(entry, 'csv', commas(entry.table())))),
    make('div', { className: 'scroll inner', tabIndex: 0, role: 'region', 'aria-label': entry.figure.dataset.title + ', as a table' },
      make('table', {}, make('thead', {}, head), make('tbody', {}, ...body))));
  }

  /** A chart drawn apart, as a text of SVG. */
  function vector(entry) {
    const canvas = entry.figure.querySelector('.chart');
    const apart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: canvas.clientWidth, height: canvas.clientHeight });
    apart.setOption({ ...entry.build(canvas, entry), animation: false, backgroundColor: css('--card') });
    const text = apart.renderToSVGString();
    apart.dispose();
    return new Blob([text], { type: 'image/svg+xml' });
  }

  function pixels(entry) {
    const [, coded] = entry.instance.getDataURL({ pixelRatio: 3, backgroundColor: css('--card') }).split(',');
    return new Blob([Uint8Array.from(atob(coded), (c) => c.charCodeAt(0))], { type: 'image/png' });
  }

  /** Quoted where needed; true minus signs would be words to a spreadsheet. */
  function commas({ columns, rows }) {
    const cell = (text) => { const plain = String(text).replaceAll('\u2212', '-'); return /[",\n]/.test(plain) ? '"' + plain.replaceAll('"', '""') + '"' : plain; };
    return new Blob([[columns, ...rows].map((row) => row.map(cell).join(',') + '\n').join('')], { type: 'text/csv' });
  }

  function save(entry, type, blob) {
    const url = URL.createObjectURL(blob);
    const link = make('a', { href: url, download: data.name.replace(/[^A-Za-z0-9._-]/g, '_') + '-' + entry.figure.dataset.figure + '.' + type });
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  }

  function draw(entry) {
    const canvas = entry.figure.querySelector('.chart');
    // In a section that is hidden it would have no size.
    if (!canvas.offsetParent) return;
    try {
      if (!entry.instance) {
        entry.instance = echarts.init(canvas, null, { renderer: 'canvas', devicePixelRatio: state.print ? 2 : undefined });
        entry.instance.getZr().on('mousemove', (e) => { entry.mouse = [e.offsetX, e.offsetY]; });
        hooks.begun?.(entry);
      }
      const option = entry.build(canvas, entry);
      entry.instance.resize();
      entry.instance.setOption(option, { notMerge: true });
      canvas.dataset.drawn = String(Number(canvas.dataset.drawn ?? 0) + 1);
    } catch (problem) {
      // One chart that fails must not take the others with it.
      console.error(entry.figure.dataset.title, problem);
    }
    if (entry.details.open) fill(entry, entry.details);
  }

  const observer = new IntersectionObserver((hits) => {
    for (const hit of hits) {
      const entry = charts.find((c) => c.figure.contains(hit.target));
      if (hit.isIntersecting && entry && !entry.seen) {
        entry.seen = true;
        later([entry]);
      }
    }
  }, { rootMargin: '400px' });

  /* One chart at a time, so that the page answers in between; paper is not waited for. */
  const waiting = new Set();
  let pending = 0;
  function later(entries) {
    const idle = !waiting.size;
    entries.forEach((entry) => waiting.add(entry));
    if (!waiting.size) return;
    root.dataset.drawing = '';
    if (idle) setTimeout(next);
  }
  function next() {
    const [entry] = waiting;
    if (entry) draw(entry);
    waiting.delete(entry);
    if (waiting.size) setTimeout(next); else rest();
  }
  function rest() {
    if (!waiting.size && !pending) delete root.dataset.drawing;
  }

  function redraw(names) {
    const asked = charts.filter((c) => c.seen && (!names || names.includes(c.figure.dataset.figure)));
    if (state.print) asked.forEach(draw); else later(asked);
  }

  window.addEventListener('resize', () => {
    clearTimeout(pending);
    root.dataset.drawing = '';
    pending = setTimeout(() => {
      pending = 0;
      redraw();
      rest();
    }, 120);
  });
  window.addEventListener('beforeprint', () => {
    const was = state.dark, seen = charts.map((c) => c.seen), closed = all('#answer details:not([open]), .warning details:not([open])');
    paper(true);
    closed.forEach((d) => { d.open = true; });
    charts.forEach((c) => { c.seen = true; });
    theme(false);
    window.addEventListener('afterprint', () => {
      paper(false);
      closed.forEach((d) => { d.open = false; });
      charts.forEach((c, i) => { c.seen = seen[i]; });
      theme(was);
    }, { once: true });
  });

  /** Charts as wide as on a sheet of paper, whatever the window, and finer; or as on the screen again. */
  function paper(on) {
    state.print = on;
    for (const c of charts) {
      const canvas = c.figure.querySelector('.chart');
      c.instance?.dispose();
      c.instance = null;
      canvas.classList.toggle('sheet', on);
      canvas.style.width = !on ? '' : c.figure.closest('#histograms') ? '226px' : c.figure.closest('.pair') ? '345px' : '715px';
    }
  }

  /* Light and dark: as the system says, until the button is used. */
  const button = byId('theme');
  const dark = matchMedia('(prefers-color-scheme: dark)');
  function paint(on) {
    state.dark = on;
    root.dataset.theme = on ? 'dark' : 'light';
    button.setAttribute('aria-pressed', String(on));
    button.textContent = on ? 'Light theme' : 'Dark theme';
    all('path.mark').forEach((path) => path.setAttribute('fill', on ? path.dataset.dark : path.dataset.light));
  }
  function theme(on) {
    paint(on);
    hooks.themed?.();
    redraw();
  }
  button.addEventListener('click', () => {
    state.theme = state.dark ? 'light' : 'dark';
    theme(state.theme === 'dark');
    hooks.chosen?.();
  });
  dark.addEventListener('change', () => { if (!state.theme) theme(dark.matches); });

  // Contents: the address stays what it says of the view.
  all('nav a, .skip').forEach((link) => link.addEventListener('click', (e) => {
    e.preventDefault();
    const heading = document.querySelector(link.getAttribute('href'));
    heading.scrollIntoView();
    heading.focus({ preventScroll: true });
  }));

  /* What charts have in common. */
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;

  const base = () => ({
    animation: !still && !state.print, animationDuration: 250, animationDurationUpdate: 200,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: 8, right: 18, top: 14, bottom: 30, containLabel: true },
    tooltip: {
      confine: true, transitionDuration: 0, backgroundColor: css('--card'), borderColor: css('--line'),
      textStyle: { color: css('--ink') }, padding: [8, 12],
    },
  });

  const axis = (name, more = {}) => ({
    type: 'value', name, nameLocation: 'middle', nameGap: 28, nameTextStyle: { color: css('--soft') }, scale: true,
    axisLine: { show: false }, axisTick: { show: false }, splitLine: { lineStyle: { color: css('--grid') } }, ...more,
    axisLabel: { color: css('--soft'), hideOverlap: true, showMinLabel: !more.splitLine?.lineStyle, showMaxLabel: !more.splitLine?.lineStyle, ...more.axisLabel },
  });

  /** Limits that hold the values with a little air; their labels are left out, as they are not round. */
  function limits(values, air = 0.05) {
    const finite = values.filter(known);
    if (!finite.length) return {};
    const low = Math.min(...finite), high = Math.max(...finite);
    const room = air * (high - low || Math.abs(high) * 0.2 || 1);
    return { min: low >= 0 ? Math.max(0, low - room) : low - room, max: high + room, splitLine: { showMinLine: false, showMaxLine: false, lineStyle: { color: css('--grid') } } };
  }

  /** A tooltip as elements: names are text, whatever they hold. A row may begin with its variant's sign. */
  const tip = (title, rows, foot = '') => make('div', { className: 'tip' }, make('b', {}, ...[title].flat()),
    make('table', {}, make('tbody', {}, ...rows.map(([k, v]) => make('tr', {}, make('th', {}, ...[k].flat()), make('td', { textContent: v }))))),
    foot ? make('div', { textContent: foot }) : '');

  /** A sentence below a chart, where there is one to say. */
  function say(entry, text) {
    const note = entry.figure.querySelector('.said');
    note.hidden = !text;
    note.textContent = text;
  }

  return {
    data, state, hooks, all, byId, make, known, number, signed, short, percent, colour, css, charts, chart, register, redraw, paint, dark, base, axis, limits, tip, say,
  };
})();
