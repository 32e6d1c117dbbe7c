'use strict';
/* What is shown of a sweep: one state for the table and all charts, kept in the address. */
const shrinklab = (() => {
  const { data, hooks, all, byId, make, known, number, signed, short, percent, colour, css, charts, chart, register, redraw, paint, dark } = page;
  const root = document.documentElement;
  data.variants.forEach((v, index) => { v.index = index; });

  const settled = {
    moment: data.moments[0], range: 'near', lines: 'strongest', runs: 'mean', scale: 'late', histogram: 'linear', effects: 'one',
    setting: data.settings[0] ?? '', baseline: data.against[0].baseline, filter: '', verdict: '', sort: '', theme: '',
  };
  const state = Object.assign(page.state, settled, { hidden: new Set(), selected: new Set() });

  const range = (i, show = number) => !i || !known(i.mean) ? '\u2013'
    : show(i.mean) + (known(i.low) ? ' [' + show(i.low) + ', ' + show(i.high) + ']' : '');

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
  /* Charts of more variants than can be told apart take long to draw and say nothing. */
  const MOST = 200;
  /** Variants that are asked for, in the order of the table's rows. */
  const order = data.variants.map((v) => v.index);
  const listed = () => order.map((index) => data.variants[index]).filter(matches);
  /** Variants that the charts show: the first of the table, and the baseline as what they are compared with; in the experiment's order. */
  function visible() {
    const first = new Set(listed().slice(0, MOST));
    return data.variants.filter((v) => first.has(v) || (v.setting === state.setting && isBaseline(v)));
  }
  /** Where some are selected, the others step back. */
  const faint = (v) => state.selected.size > 0 && !state.selected.has(v.index) && !isBaseline(v);

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

  hooks.begun = (entry) => {
    entry.instance.on('mouseover', (e) => { if (variantOf(e) >= 0) light(variantOf(e)); });
    entry.instance.on('mouseout', () => light(-1));
    entry.instance.on('click', (e) => {
      if (variantOf(e) < 0) return;
      quiet(entry.instance);
      select(variantOf(e));
    });
  };

  /* What hangs on the state, in the order in which it is brought up to date. */
  const followers = [];
  hooks.themed = () => followers.forEach((follow) => follow());
  function update(figures) {
    hooks.themed();
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
  hooks.chosen = keep;

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
  window.addEventListener('resize', below);

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
    data, state, all, byId, make, known, number, signed, range, short, percent, colour, css, order, listed, visible, MOST, sought, matches, faint, baseline, isBaseline, decided, decision, terms, familyOf, mark,
    chart, register, redraw, update, followers, select, light, quiet, charts, open,
  };
})();
