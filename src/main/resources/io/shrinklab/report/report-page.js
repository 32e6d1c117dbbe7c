'use strict';
/* What is shown: one state for the table and all charts, kept in the address. Themes, drawing, downloads. */
const shrinklab = (() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const root = document.documentElement;
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  data.variants.forEach((v, index) => { v.index = index; });

  const settled = {
    moment: 'best', range: 'near', lines: 'strongest', runs: 'mean', scale: 'late', histogram: 'linear', effects: 'one',
    setting: data.settings[0] ?? '', baseline: data.against[0].baseline, filter: '', verdict: '', sort: '', theme: '',
  };
  const state = { ...settled, hidden: new Set(), selected: new Set(), dark: false, print: false };
  const charts = [];

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
  const range = (i, show = number) => !i || !known(i.mean) ? '\u2013'
    : show(i.mean) + (known(i.low) ? ' [' + show(i.low) + ', ' + show(i.high) + ']' : '');
  const short = (x) => {
    if (!known(x)) return '\u2013';
    if (x === 0) return '0';
    return Math.abs(x) >= 1e-3 && Math.abs(x) < 1e5 ? String(Number(x.toPrecision(3))) : x.toExponential(1).replace('.0e', 'e').replace('-', '\u2212');
  };
  const percent = (x, digits = 1) => known(x) ? number(100 * x, digits) + '\u00a0%' : '\u2013';
  const colour = (thing) => state.dark ? thing.dark : thing.light;
  const css = (name) => getComputedStyle(root).getPropertyValue(name).trim();

  const decisions = () => data.against.find((a) => a.baseline === state.baseline) ?? data.against[0];
  /** What is decided of a variant against the baseline that was chosen. */
  const decided = (v) => decisions().variants[v.index];
  const decision = (v) => decided(v)[state.moment];
  const isBaseline = (v) => decided(v).baseline;
  const baseline = () => data.variants.find((v) => isBaseline(v) && v.setting === state.setting);
  const familyOf = (v) => v.family < 0 ? { name: 'none', mark: 'circle', path: 'M5 0A5 5 0 1 1 5 10A5 5 0 1 1 5 0Z', light: v.light, dark: v.dark } : data.families[v.family];
  /** A verdict and its reason can be asked for apart. */
  const terms = (v) => [decision(v).verdict.split(', '), state.moment === 'last' && decided(v).overfits ? 'overfits' : []].flat();

  /** Whether a variant is asked for in whatever setting: by families, words and verdict. */
  function sought(v) {
    const text = (v.name + ' ' + familyOf(v).name + ' ' + terms(v).join(' ')).toLowerCase();
    return !(v.family >= 0 && state.hidden.has(v.family))
      && state.filter.toLowerCase().split(/\s+/).every((w) => text.includes(w)) && (!state.verdict || terms(v).includes(state.verdict));
  }
  const matches = (v) => v.setting === state.setting && sought(v);
  /** Variants that the charts show: those of the table, and the baseline as what they are compared with. */
  const visible = () => data.variants.filter((v) => matches(v) || (v.setting === state.setting && isBaseline(v)));
  /** Where some are selected, the others step back. */
  const faint = (v) => state.selected.size > 0 && !state.selected.has(v.index) && !isBaseline(v);

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

  /* The mouse over a variant, wherever it is drawn, marks it everywhere. */
  let lit = -1;
  function light(index) {
    if (index === lit) return;
    const type = index < 0 ? 'downplay' : 'highlight';
    const which = index < 0 ? lit : index;
    if (index >= 0) light(-1);
    lit = index;
    const v = data.variants[which];
    byId('variants').querySelector('tr[data-v="' + which + '"]')?.classList.toggle('lit', index >= 0);
    for (const c of charts) {
      c.instance?.dispatchAction({ type, seriesId: 'v' + which });
      c.instance?.dispatchAction({ type, name: v.name });
    }
  }
  const variantOf = (e) => e.data?.v?.index ?? (/^v\d+/.test(e.seriesId ?? '') ? parseInt(e.seriesId.slice(1), 10) : -1);

  /** Closes a point's tooltip, which the library would show again from the chart that is replaced. */
  const quiet = (instance) => instance.dispatchAction({ type: 'hideTip' });

  function begin(entry, canvas) {
    entry.instance = echarts.init(canvas, null, { renderer: 'canvas', devicePixelRatio: state.print ? 2 : undefined });
    entry.instance.getZr().on('mousemove', (e) => { entry.mouse = [e.offsetX, e.offsetY]; });
    entry.instance.on('mouseover', (e) => { if (variantOf(e) >= 0) light(variantOf(e)); });
    entry.instance.on('mouseout', () => light(-1));
    entry.instance.on('click', (e) => {
      if (variantOf(e) < 0) return;
      quiet(entry.instance);
      select(variantOf(e));
    });
  }

  function draw(entry) {
    const canvas = entry.figure.querySelector('.chart');
    // In a section that is hidden it would have no size.
    if (!canvas.offsetParent) return;
    try {
      if (!entry.instance) begin(entry, canvas);
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
        draw(entry);
      }
    }
  }, { rootMargin: '400px' });

  const redraw = (names) => charts
    .filter((c) => c.seen && (!names || names.includes(c.figure.dataset.figure)))
    .forEach(draw);

  /* What hangs on the state, in the order in which it is brought up to date. */
  const followers = [];
  function update(figures) {
    for (const follow of followers) follow();
    keep();
    redraw(figures);
  }

  function select(index) {
    if (!state.selected.delete(index)) {
      state.selected.add(index);
      // What is selected is to be seen.
      state.setting = data.variants[index].setting;
      if (byId('setting')) byId('setting').value = state.setting;
    }
    update();
  }

  /* The address: what differs from the page as it opens, by names, so that it can be sent on. */
  function keep() {
    const view = new URLSearchParams();
    for (const [key, plain] of Object.entries(settled)) {
      if (state[key] !== plain) view.set(key, state[key]);
    }
    for (const f of state.hidden) view.append('hide', data.families[f].name);
    for (const v of state.selected) view.append('select', data.variants[v].name);
    const hash = '#' + view;
    if (hash !== (location.hash || '#')) history.replaceState(null, '', hash);
  }

  function recall() {
    const view = new URLSearchParams(location.hash.slice(1));
    for (const [key, plain] of Object.entries(settled)) state[key] = view.get(key) ?? plain;
    if (!data.settings.includes(state.setting)) state.setting = settled.setting;
    if (!data.against.some((a) => a.baseline === state.baseline)) state.baseline = settled.baseline;
    state.hidden = new Set(view.getAll('hide').map((name) => data.families.findIndex((f) => f.name === name)).filter((f) => f >= 0));
    state.selected = new Set(view.getAll('select').map((name) => data.variants.findIndex((v) => v.name === name)).filter((v) => v >= 0));
    for (const group of all('[data-option]')) {
      const choices = all('button', group);
      if (!choices.some((b) => b.dataset.value === state[group.dataset.option])) state[group.dataset.option] = settled[group.dataset.option];
      choices.forEach((b) => b.setAttribute('aria-pressed', String(b.dataset.value === state[group.dataset.option])));
    }
    all('.chip').forEach((chip) => chip.setAttribute('aria-pressed', String(!state.hidden.has(Number(chip.dataset.family)))));
    for (const id of ['filter', 'verdict', 'setting', 'baseline']) {
      if (byId(id)) byId(id).value = state[id];
    }
    paint(state.theme ? state.theme === 'dark' : dark.matches);
  }

  /** The table's header sticks below the bar, whose height hangs on the window's width. */
  const below = () => {
    const bar = document.querySelector('.bar');
    root.style.setProperty('--under', (getComputedStyle(bar).position === 'sticky' ? bar.offsetHeight : 0) + 'px');
  };
  followers.push(below);
  let pending = 0;
  window.addEventListener('resize', () => {
    clearTimeout(pending);
    below();
    pending = setTimeout(() => redraw(), 120);
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
    for (const follow of followers) follow();
    redraw();
  }
  button.addEventListener('click', () => {
    state.theme = state.dark ? 'light' : 'dark';
    theme(state.theme === 'dark');
    keep();
  });
  dark.addEventListener('change', () => { if (!state.theme) theme(dark.matches); });

  /* Switches. */
  const narrow = { lines: ['trainScore', 'validationScore', 'trainLoss', 'validationLoss'] };
  narrow.runs = narrow.scale = narrow.lines;
  narrow.effects = ['effects'];
  all('[data-option]').forEach((group) => all('button', group).forEach((choice) => choice.addEventListener('click', () => {
    const option = group.dataset.option;
    state[option] = choice.dataset.value;
    all('button', group).forEach((b) => b.setAttribute('aria-pressed', String(b === choice)));
    update(narrow[option] ?? (option === 'histogram' ? charts.map((c) => c.figure.dataset.figure).filter((f) => f.startsWith(option)) : undefined));
  })));
  all('.chip').forEach((chip) => {
    const family = Number(chip.dataset.family);
    // In the very colours of its lines, from the weakest to the strongest.
    chip.querySelector('.marks').append(...data.variants.filter((v) => v.family === family && v.setting === settled.setting).slice(0, 5).map((v) => mark(v)));
    chip.addEventListener('click', () => {
      const on = state.hidden.delete(family);
      if (!on) state.hidden.add(family);
      chip.setAttribute('aria-pressed', String(on));
      update();
    });
  });
  for (const id of ['filter', 'verdict', 'setting', 'baseline']) {
    byId(id)?.addEventListener(id === 'filter' ? 'input' : 'change', () => { state[id] = byId(id).value; update(); });
  }
  // Contents: the address stays what it says of the view.
  all('nav a, .skip').forEach((link) => link.addEventListener('click', (e) => {
    e.preventDefault();
    const heading = document.querySelector(link.getAttribute('href'));
    heading.scrollIntoView();
    heading.focus({ preventScroll: true });
  }));
  window.addEventListener('hashchange', () => { recall(); update(); });

  /** A variant's sign as an element of SVG. */
  function mark(v) {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.setAttribute('viewBox', '0 0 10 10');
    svg.setAttribute('aria-hidden', 'true');
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('d', familyOf(v).path);
    path.setAttribute('class', 'mark');
    path.dataset.light = v.light;
    path.dataset.dark = v.dark;
    path.setAttribute('fill', colour(v));
    svg.append(path);
    return svg;
  }

  /** All other scripts are read: the page as its address asks for it. */
  function open() {
    recall();
    update();
  }

  return {
    data, state, all, byId, make, known, number, signed, range, short, percent, colour, css, visible, sought, matches, faint, baseline, isBaseline, decided, decision, terms, familyOf, mark,
    chart, register, redraw, update, followers, select, light, quiet, charts, open,
  };
})();
