'use strict';
/* State, themes, the table of variants, the list of runs. Charts are registered by report-charts.js. */
const shrinklab = (() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const root = document.documentElement;
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const state = {
    hidden: new Set(), setting: data.settings[0] ?? '', dark: false, print: false,
    overview: 'near', lines: 'strongest', histogram: 'linear', runs: 'mean', scale: 'late', forest: 'near', moment: 'both', path: 'near',
  };
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
  const number = (x, digits = 4) => known(x) ? x.toFixed(digits).replace(/^-(?!0\.?0*$)/, '\u2212').replace('-', '') : '\u2013';
  const signed = (x, digits = 4) => known(x) ? (Number(x.toFixed(digits)) > 0 ? '+' : '') + number(x, digits) : '\u2013';
  const range = (i, show = number) => !i || !known(i.mean) ? '\u2013'
    : show(i.mean) + (known(i.low) ? ' [' + show(i.low) + ', ' + show(i.high) + ']' : '');
  const short = (x) => {
    if (!known(x)) return '\u2013';
    if (x === 0) return '0';
    return Math.abs(x) >= 1e-3 && Math.abs(x) < 1e5 ? String(Number(x.toPrecision(3))) : x.toExponential(1).replace('.0e', 'e').replace('-', '\u2212');
  };
  const colour = (thing) => state.dark ? thing.dark : thing.light;
  const css = (name) => getComputedStyle(root).getPropertyValue(name).trim();

  /** Variants that the charts show: of the chosen setting, families not switched off. */
  const visible = () => data.variants
    .map((variant, index) => ({ ...variant, index }))
    .filter((v) => v.setting === state.setting && (v.family < 0 || !state.hidden.has(v.family)));
  const baseline = () => data.variants.find((v) => v.baseline && v.setting === state.setting);
  const familyOf = (v) => v.family < 0 ? { name: 'none', mark: 'circle', light: v.light, dark: v.dark } : data.families[v.family];

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
    const details = make('details', {}, make('summary', { textContent: 'Data as a table' }));
    details.addEventListener('toggle', () => fill(entry, details));
    figure.append(details);
    entry.details = details;
    charts.push(entry);
    observer.observe(canvas);
    return entry;
  }

  function fill(entry, details) {
    details.querySelector('.scroll')?.remove();
    if (!details.open) return;
    const { columns, rows } = entry.table();
    const head = make('tr', {}, ...columns.map((c) => make('th', { scope: 'col', textContent: c })));
    const body = rows.map((row) => make('tr', {},
      ...row.map((cell, i) => make(i ? 'td' : 'th', i ? { textContent: cell } : { scope: 'row', textContent: cell }))));
    details.append(make('div', { className: 'scroll inner', tabIndex: 0 },
      make('table', {}, make('thead', {}, head), make('tbody', {}, ...body))));
  }

  function draw(entry) {
    const canvas = entry.figure.querySelector('.chart');
    try {
      entry.instance ??= echarts.init(canvas, null, { renderer: 'canvas', devicePixelRatio: state.print ? 2 : undefined });
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

  let pending = 0;
  window.addEventListener('resize', () => {
    clearTimeout(pending);
    pending = setTimeout(() => redraw(), 120);
  });
  window.addEventListener('beforeprint', () => {
    const was = state.dark, seen = charts.map((c) => c.seen);
    paper(true);
    charts.forEach((c) => { c.seen = true; });
    theme(false);
    window.addEventListener('afterprint', () => {
      paper(false);
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
  const button = document.getElementById('theme');
  function theme(dark) {
    state.dark = dark;
    root.dataset.theme = dark ? 'dark' : 'light';
    button.setAttribute('aria-pressed', String(dark));
    button.textContent = dark ? 'Light theme' : 'Dark theme';
    all('path.mark').forEach((path) => path.setAttribute('fill', dark ? path.dataset.dark : path.dataset.light));
    redraw();
  }
  button.addEventListener('click', () => theme(!state.dark));

  /* Switches. */
  const figuresOf = {
    overview: ['overview'], forest: ['forest'], moment: ['path', 'norm', 'ratio'], path: ['path', 'norm', 'ratio'],
    lines: ['trainScore', 'validationScore', 'trainLoss', 'validationLoss'], runs: ['trainScore', 'validationScore', 'trainLoss', 'validationLoss'],
    scale: ['trainScore', 'validationScore', 'trainLoss', 'validationLoss'],
  };
  all('[data-option]').forEach((group) => all('button', group).forEach((choice) => choice.addEventListener('click', () => {
    state[group.dataset.option] = choice.dataset.value;
    all('button', group).forEach((b) => b.setAttribute('aria-pressed', String(b === choice)));
    redraw(figuresOf[group.dataset.option] ?? charts.map((c) => c.figure.dataset.figure).filter((f) => f.startsWith(group.dataset.option)));
  })));
  all('.chip').forEach((chip) => chip.addEventListener('click', () => {
    const family = Number(chip.dataset.family);
    const on = state.hidden.delete(family);
    if (!on) state.hidden.add(family);
    chip.setAttribute('aria-pressed', String(on));
    redraw();
  }));

  /* The table of variants. */
  const table = document.getElementById('variants');
  const body = table.tBodies[0];
  const filter = document.getElementById('filter');
  const verdict = document.getElementById('verdict');
  const setting = document.getElementById('setting');
  const verdicts = (v) => [v.best.verdict, v.last.verdict, ...(v.overfits ? ['overfits'] : [])];
  // A verdict and its reason can be asked for apart.
  const terms = (v) => verdicts(v).flatMap((word) => word.split(', '));
  const inWords = (v) => v.baseline ? verdicts(v).slice(1).join(', ') : 'best epoch: ' + v.best.verdict + '; last epoch: ' + verdicts(v).slice(1).join(', ');
  [...new Set(data.variants.flatMap(terms))].forEach((v) => verdict.append(make('option', { value: v, textContent: v })));

  function sift() {
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of body.rows) {
      const v = data.variants[row.dataset.v];
      const text = (v.name + ' ' + familyOf(v).name + ' ' + verdicts(v).join(' ')).toLowerCase();
      const fits = words.every((w) => text.includes(w)) && (!verdict.value || terms(v).includes(verdict.value)) && (!setting || v.setting === setting.value);
      row.hidden = !fits;
      shown += fits;
    }
    document.getElementById('shown').textContent = shown === data.variants.length ? '' : shown + ' of ' + data.variants.length + ' shown';
  }
  filter.addEventListener('input', sift);
  verdict.addEventListener('change', sift);
  setting?.addEventListener('change', () => { state.setting = setting.value; sift(); redraw(); });
  if (setting) sift();

  function sort(header, column) {
    const now = header.getAttribute('aria-sort');
    const start = header.querySelector('button').dataset.start;
    const direction = now === 'none' ? start : now === 'ascending' ? 'descending' : 'ascending';
    all('th[aria-sort]', table).forEach((h) => h.setAttribute('aria-sort', 'none'));
    header.setAttribute('aria-sort', direction);
    const sign = direction === 'ascending' ? 1 : -1;
    const rows = [...body.rows].map((row) => ({ row, key: row.cells[column].dataset.sort }));
    const numeric = rows.every((r) => r.key === '' || !Number.isNaN(Number(r.key)));
    rows.sort((a, b) => {
      if (a.key === '' || b.key === '') return (a.key === '') - (b.key === '');
      return sign * (numeric ? Number(a.key) - Number(b.key) : a.key.localeCompare(b.key));
    });
    body.append(...rows.map((r) => r.row));
  }
  all('thead th[aria-sort]', table).forEach((header, column) => header.querySelector('button').addEventListener('click', () => sort(header, column)));

  const reasons = document.getElementById('reasons');
  reasons.addEventListener('click', () => {
    const open = reasons.getAttribute('aria-pressed') !== 'true';
    reasons.setAttribute('aria-pressed', String(open));
    all('.why', table).forEach((why) => { why.open = open; });
  });

  /* Runs and how to train them again. Filled when opened: there may be thousands. */
  const said = document.getElementById('said');
  async function copy(text, pressed) {
    let done = true;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = make('textarea', { value: text, className: 'gone' });
      document.body.append(area);
      area.select();
      done = document.execCommand('copy');
      area.remove();
      pressed.focus();
    }
    pressed.textContent = done ? 'Copied' : 'Press Ctrl+C';
    said.textContent = done ? 'Copied: ' + text : '';
    setTimeout(() => { pressed.textContent = 'Copy'; }, 1600);
  }

  function runRow(run, v) {
    const again = make('td', { className: 'text' });
    if (data.rerun && v.command) {
      const command = data.rerun + v.name + ' --seed ' + run.seed + '"';
      const press = make('button', { type: 'button', className: 'plain copy', textContent: 'Copy', 'aria-label': 'Copy the command for seed ' + run.seed });
      press.addEventListener('click', () => copy(command, press));
      again.append(make('code', { textContent: command }), press);
    } else {
      again.textContent = 'no command: the name holds characters that a shell would read';
    }
    return make('tr', {}, make('th', { scope: 'row', textContent: 'seed ' + run.seed }),
      make('td', { className: 'text', textContent: run.state.toLowerCase() + (run.state === 'COMPLETED' && run.reason ? ', cut after epoch ' + run.n : '') }),
      ...[number(run.bestValidationScore), run.bestEpoch ?? '\u2013', number(run.lastValidationScore), number(run.testScore), known(run.seconds) ? number(run.seconds, 1) + ' s' : '\u2013']
        .map((t) => make('td', { textContent: t })), again);
  }

  const runs = document.getElementById('runs');
  data.variants.forEach((v, index) => {
    const details = make('details', {}, make('summary', { textContent: v.name + ' \u00b7 ' + v.completed + ' of ' + v.planned }));
    details.addEventListener('toggle', () => {
      if (!details.open || details.querySelector('table')) return;
      const head = ['Run', 'State', 'Validation, best', 'Best epoch', 'Validation, last', 'Test', 'Time', 'Train it again']
        .map((t) => make('th', { scope: 'col', textContent: t }));
      details.append(make('div', { className: 'scroll', tabIndex: 0 }, make('table', {}, make('thead', {}, make('tr', {}, ...head)),
        make('tbody', {}, ...data.runs.filter((r) => r.v === index).map((r) => runRow(r, v))))));
    });
    runs.append(details);
  });

  return { data, state, all, make, known, number, signed, range, short, colour, css, visible, baseline, familyOf, inWords, chart, register, redraw, theme, charts, body };
})();
