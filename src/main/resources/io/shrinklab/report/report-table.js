'use strict';
/* The table of variants: differences drawn and written, sorted and sifted; the details of a row; two variants side by side. */
(() => {
  const { data, state, all, byId, make, known, number, signed, range, short, percent, colour, css, order, listed, MOST, matches, baseline, isBaseline, decided, decision, terms, familyOf, followers, select, light, update, chart, mark } = shrinklab;
  const table = byId('variants');
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const verdict = byId('verdict');
  const columns = table.tHead.rows[0].cells.length;
  const SVG = 'http://www.w3.org/2000/svg';

  function shape(tag, attributes) {
    const element = document.createElementNS(SVG, tag);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  }

  /** Mean and half the interval, the second in a softer ink. */
  const spread = (i, show = number) => !i || !known(i.mean) ? ['\u2013'] : known(i.low)
    ? [show(i.mean) + ' ', make('span', { className: 'range', textContent: '\u00b1\u00a0' + number((i.high - i.low) / 2) })] : [show(i.mean)];

  /** The axis that all intervals share. */
  function limits() {
    const shown = data.variants.filter((v) => matches(v) && decision(v).difference && (state.range === 'all' || !v.outside));
    const values = shown.flatMap((v) => { const d = decision(v).difference; return [d.mean, d.low, d.high]; }).filter(known);
    if (known(data.margin) && values.length) values.push(-data.margin, data.margin);
    const low = Math.min(0, ...values), high = Math.max(0, ...values);
    const air = 0.05 * (high - low || 1);
    return [low - air, high + air];
  }

  const place = (t, [low, high]) => Math.max(0, Math.min(100, (t - low) / (high - low) * 100));
  const share = (t, ends) => place(t, ends) + '%';

  function scale(ends) {
    const [low, high] = ends;
    const svg = shape('svg', { class: 'interval', 'aria-hidden': 'true' });
    const raw = (high - low) / 4, power = 10 ** Math.floor(Math.log10(raw)), step = power * [1, 2, 5, 10].find((m) => m * power >= raw);
    for (let t = Math.ceil(low / step) * step; t < high; t += step) {
      if (place(t, ends) < 8 || place(t, ends) > 92) continue;
      const label = shape('text', { x: share(t, ends), y: 13, 'text-anchor': 'middle', class: 'tick' });
      label.textContent = Math.abs(t) < step / 2 ? '0' : signed(t, Math.max(0, Math.ceil(-Math.log10(step) - 1e-9)));
      svg.append(label);
    }
    byId('scale').replaceChildren(svg);
  }

  /** An interval on the axis that all rows share; what lies off it is an arrow at its end. */
  function interval(v, ends) {
    const [low, high] = ends;
    const svg = shape('svg', { class: 'interval', 'aria-hidden': 'true' });
    if (known(data.margin)) svg.append(shape('rect', { x: share(-data.margin, ends), y: 0, width: place(data.margin, ends) - place(-data.margin, ends) + '%', height: '100%', class: 'margin' }));
    svg.append(shape('line', { x1: share(0, ends), x2: share(0, ends), y1: 0, y2: '100%', class: 'zero' }));
    const d = decision(v).difference;
    if (!d || isBaseline(v)) return svg;
    const tint = colour(v);
    if (known(d.low) && d.high > low && d.low < high) svg.append(shape('line', { x1: share(d.low, ends), x2: share(d.high, ends), y1: '50%', y2: '50%', stroke: tint, 'stroke-width': 2.4, 'stroke-linecap': 'round' }));
    // Of its own size, wherever it stands.
    const sign = shape('svg', { x: share(d.mean, ends), y: '50%', overflow: 'visible' });
    sign.append(shape('path', d.mean < low ? { d: 'M0 0l9 -6v12z', fill: tint } : d.mean > high ? { d: 'M0 0l-9 -6v12z', fill: tint } : { d: familyOf(v).path, fill: tint, transform: 'translate(-5.5 -5.5) scale(1.1)' }));
    svg.append(sign);
    return svg;
  }

  const label = (word) => make('span', { className: 'verdict ' + word.split(',')[0].replaceAll(' ', '-') + (word.includes(', ') ? ' ' + word.split(', ')[1] : ''), textContent: word.replace('no ', 'no\u00a0') });
  const p = (adjusted) => !known(adjusted) ? '' : adjusted < 0.001 ? 'p\u00a0<\u00a00.001' : 'p\u00a0' + number(adjusted, 3);

  function decide() {
    const ends = limits(), [low, high] = ends;
    scale(ends);
    for (const row of rows) {
      const v = data.variants[row.dataset.v], d = decision(v), at = v[state.moment];
      // Rows that are hidden are brought up to date when they are asked for.
      if (!matches(v)) continue;
      const cell = (name) => row.querySelector('td.' + name);
      row.classList.toggle('selected', state.selected.has(v.index));
      row.querySelector('.pick').checked = state.selected.has(v.index);
      cell('plot').replaceChildren(interval(v, ends));
      cell('strength').textContent = v.strength > 0 ? short(v.strength) : '';
      cell('difference').replaceChildren(...(d.difference && !isBaseline(v) ? [signed(d.difference.mean), ...(known(d.difference.low) ? [' ', make('span', { className: 'range', textContent: '[' + signed(d.difference.low) + ', ' + signed(d.difference.high) + ']' })] : [])] : ['\u2013']));
      cell('verdicts').replaceChildren(label(d.verdict), ...(state.moment === 'last' && decided(v).overfits ? [' ', label('overfits')] : []), ' ', make('span', { className: 'range', textContent: p(d.adjusted) }));
      cell('validation').replaceChildren(...spread(at.validationScore));
      cell('training').replaceChildren(...spread(at.trainScore));
      cell('accuracy')?.replaceChildren(...spread(at.validationAccuracy));
      row.title = d.criterion;
      if (open.has(v.index)) details(row, v);
    }
    byId('legend').textContent = (data.moments.length < 2 ? 'At the last epoch, the only one that runs are judged at.' : state.moment === 'best' ? 'At the best epoch, for someone who may stop early.' : 'At the last epoch, for someone who trains to the end.')
      + ' Differences to ' + (baseline()?.name ?? state.baseline) + ', paired by seed, with simultaneous 95\u00a0% intervals: all of them hold together, and the verdict is read off them.'
      + (known(data.margin) ? ' Grey: within the margin of ' + data.margin + ', which does not matter.' : '')
      + (state.baseline === data.against[0].baseline ? '' : ' The answer above is about ' + data.against[0].baseline + '.');
    const off = data.variants.filter((v) => matches(v) && decision(v).difference && (decision(v).difference.mean < low || decision(v).difference.mean > high));
    byId('rows-outside').hidden = !off.length;
    byId('rows-outside').textContent = 'Off this axis, with an arrow: ' + off.map((v) => v.name).join(', ') + '. \u201cAll variants\u201d below widens it.';
    const compared = byId('compared-with');
    if (compared) compared.textContent = state.baseline;
  }

  function sift() {
    let shown = 0;
    for (const row of rows) {
      row.hidden = !matches(data.variants[row.dataset.v]);
      if (row.hidden) close(row);
      shown += !row.hidden;
    }
    byId('shown').textContent = [shown === data.variants.length ? '' : shown + ' of ' + data.variants.length + ' shown', state.selected.size ? state.selected.size + ' selected' : ''].filter(Boolean).join(', ');
    byId('clear').hidden = !state.selected.size;
    const terms_ = [...new Set(data.variants.flatMap(terms))];
    verdict.replaceChildren(make('option', { value: '', textContent: 'all' }), ...terms_.map((t) => make('option', { value: t, textContent: t })));
    if (state.verdict && !terms_.includes(state.verdict)) verdict.append(make('option', { value: state.verdict, textContent: state.verdict }));
    verdict.value = state.verdict;
  }

  const keys = {
    name: (v) => v.index, strength: (v) => v.strength, difference: (v) => isBaseline(v) ? undefined : decision(v).difference?.mean, verdict: (v) => decision(v).verdict,
    validationScore: (v) => v[state.moment].validationScore?.mean, validationAccuracy: (v) => v[state.moment].validationAccuracy?.mean,
    trainScore: (v) => v[state.moment].trainScore?.mean, testScore: (v) => v.testScore.mean, nearZero: (v) => v.last.nearZeroFraction?.mean,
  };
  function sort() {
    const [by, direction] = state.sort ? state.sort.split(' ') : ['name', 'ascending'];
    const key = keys[by] ?? keys.name, sign = direction === 'descending' ? -1 : 1;
    all('th[aria-sort]', table).forEach((h) => h.setAttribute('aria-sort', h.querySelector('button').dataset.key === by && state.sort ? direction : 'none'));
    const none = (x) => x === undefined || x === null;
    const sorted = rows.map((row) => ({ row, at: key(data.variants[row.dataset.v]) }));
    sorted.sort((a, b) => none(a.at) || none(b.at) ? none(a.at) - none(b.at) : sign * (typeof a.at === 'string' ? a.at.localeCompare(b.at) : a.at - b.at));
    // Moving every row of a long table takes longer than all else here.
    if (sorted.some(({ row }, i) => Number(row.dataset.v) !== order[i])) body.append(...sorted.flatMap(({ row }) => [row, open.get(Number(row.dataset.v))].filter(Boolean)));
    order.splice(0, order.length, ...sorted.map(({ row }) => Number(row.dataset.v)));
    const asked = listed().length;
    byId('drawn').hidden = asked <= MOST;
    byId('drawn').textContent = 'The charts draw the first ' + MOST + ' of these ' + asked + ' rows, in the order of the table, and the baseline: sort or filter for others.';
  }
  all('th[aria-sort] button', table).forEach((button) => button.addEventListener('click', () => {
    const [by, direction] = state.sort.split(' ');
    state.sort = button.dataset.key + ' ' + (by !== button.dataset.key ? button.dataset.start : direction === 'ascending' ? 'descending' : 'ascending');
    // Which are drawn hangs on the order only where not all are.
    update(listed().length > MOST ? undefined : []);
  }));

  /* The details of a variant: why, in what it differs, its runs and how to train one again. */
  const open = new Map();
  const gap = (at) => known(at.trainScore.mean) ? at.trainScore.mean - at.validationScore.mean : undefined;
  const fact = (name, value) => [make('dt', { textContent: name }), make('dd', { textContent: value })];

  function details(row, v) {
    const d = decided(v);
    const runs = data.runs.filter((r) => r.v === v.index);
    const both = data.moments.length > 1;
    const why = [['Best epoch', d.best], ['Last epoch', d.last]].filter(([, each]) => both || each === d.last).map(([moment, each]) => make('p', {}, make('b', { textContent: moment + ': ' + each.verdict + '. ' }), sentence(each.criterion)));
    if (d.overfits) why.push(make('p', {}, make('b', { textContent: 'Overfits. ' }), sentence(d.overfits)));
    const facts = make('dl', {},
      ...(both ? [...fact('difference, best epoch', range(d.best.difference, signed)), ...fact('difference, last epoch', range(d.last.difference, signed)),
        ...fact('validation, best and last', range(v.best.validationScore) + ' and ' + range(v.last.validationScore)), ...fact('training, best and last', range(v.best.trainScore) + ' and ' + range(v.last.trainScore)),
        ...fact('gap, best and last', number(gap(v.best)) + ' and ' + number(gap(v.last))), ...fact('best epoch', number(v.epochsToBest.mean, 1))]
        : [...fact('difference', range(d.last.difference, signed)), ...fact('validation', range(v.last.validationScore)), ...fact('training', range(v.last.trainScore)), ...fact('gap', number(gap(v.last)))]),
      ...fact('weights near zero, exactly zero', percent(v.last.nearZeroFraction?.mean) + ', ' + percent(v.last.exactZeroFraction?.mean)), ...fact('runs completed', v.completed + ' of ' + v.planned));
    const settings = make('dl', {}, ...Object.entries(v.settings).filter(([, value]) => value).flatMap(([path, value]) => fact(path, value)));
    const head = ['Run', 'Best', 'Epoch', 'Last', 'Test', 'Time'].map((t) => make('th', { scope: 'col', textContent: t }));
    const list = make('table', {}, make('thead', {}, make('tr', {}, ...head)), make('tbody', {}, ...runs.map((run) => make('tr', {},
      make('th', { scope: 'row', textContent: 'seed ' + run.seed + (run.state !== 'COMPLETED' ? ', ' + run.state.toLowerCase() : run.reason ? ', cut after epoch ' + run.n : '') }),
      ...[number(run.bestValidationScore), run.bestEpoch ?? '\u2013', number(run.lastValidationScore), number(run.testScore), known(run.seconds) ? number(run.seconds, 1) + ' s' : '\u2013'].map((t) => make('td', { textContent: t }))))));
    const box = make('div', { className: 'inside' }, make('div', {}, ...why, facts), make('div', {}, make('h3', { textContent: 'What it varies' }), settings, again(v, runs)),
      make('div', {}, make('h3', { textContent: 'Runs' }), make('div', { className: 'scroll inner', tabIndex: 0, role: 'region', 'aria-label': 'Runs of ' + v.name }, list)));
    const old = open.get(v.index);
    const more = make('tr', { className: 'more' }, make('td', { colSpan: columns }, box));
    if (old) old.replaceWith(more); else row.after(more);
    open.set(v.index, more);
    row.querySelector('.name').setAttribute('aria-expanded', 'true');
  }

  const sentence = (text) => text ? text[0].toUpperCase() + text.slice(1) + '.' : '';

  function again(v, runs) {
    if (!data.rerun || !v.command) return make('p', { className: 'note', textContent: 'No command to train a run again: the name holds characters that a shell would read.' });
    const seed = make('select', { 'aria-label': 'Seed' }, ...runs.map((run) => make('option', { value: run.seed, textContent: run.seed })));
    const code = make('code', {}), press = make('button', { type: 'button', className: 'plain copy', textContent: 'Copy' });
    const write = () => { code.textContent = data.rerun + v.name + ' --seed ' + seed.value + '"'; };
    seed.addEventListener('change', write);
    press.addEventListener('click', () => copy(code.textContent, press));
    write();
    return make('div', { className: 'rerun' }, make('h3', { textContent: 'Train a run again' }), make('label', {}, 'seed ', seed), ' ', press, make('div', {}, code));
  }

  function close(row) {
    const v = Number(row.dataset.v);
    open.get(v)?.remove();
    open.delete(v);
    row.querySelector('.name').setAttribute('aria-expanded', 'false');
  }

  const said = byId('said');
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

  for (const row of rows) {
    const index = Number(row.dataset.v);
    row.addEventListener('mouseenter', () => light(index));
    row.addEventListener('mouseleave', () => light(-1));
    row.querySelector('.pick').addEventListener('change', () => select(index));
    row.querySelector('.name').addEventListener('click', () => { if (open.has(index)) close(row); else details(row, data.variants[index]); });
  }
  byId('clear').addEventListener('click', () => { state.selected.clear(); update(); });
  byId('baseline').append(...data.against.map((a) => make('option', { value: a.baseline, textContent: a.baseline })));
  if (data.against.length < 2) byId('baseline').parentElement.hidden = true;

  /* Two variants side by side; one selected is held against the baseline. */
  function two() {
    const chosen = [...state.selected].map((i) => data.variants[i]);
    if (chosen.length === 1 && baseline() && !isBaseline(chosen[0])) chosen.unshift(baseline());
    return chosen.length === 2 ? chosen : null;
  }
  const score = (run) => !run || run.state !== 'COMPLETED' ? undefined : state.moment === 'best' ? run.bestValidationScore : run.lastValidationScore;
  function pairs([a, b]) {
    const of = (v) => new Map(data.runs.filter((r) => r.v === v.index).map((r) => [r.seed, score(r)]));
    const left = of(a), right = of(b);
    return [...left.keys()].filter((seed) => known(left.get(seed)) && known(right.get(seed)))
      .map((seed) => ({ seed, a: left.get(seed), b: right.get(seed), d: right.get(seed) - left.get(seed) })).sort((x, y) => x.d - y.d);
  }
  function compare() {
    const both = two();
    byId('pair').hidden = !both;
    if (!both) return;
    const [a, b] = both;
    byId('h-pair').textContent = b.name + ' against ' + a.name;
    const list = pairs(both), mean = list.reduce((s, each) => s + each.d, 0) / list.length;
    const wins = list.filter((each) => each.d > 0).length, ties = list.filter((each) => each.d === 0).length;
    const d = isBaseline(a) ? decision(b) : null;
    byId('pair-said').textContent = list.length + ' seeds in common: ' + b.name + ' is higher in ' + wins + ', equal in ' + ties + ', lower in ' + (list.length - wins - ties) + '; mean difference ' + signed(list.length ? mean : undefined) + '. '
      + (d ? 'Decision: ' + d.verdict + '. ' + sentence(d.criterion) : 'For a decision choose one of them under \u201cCompare with\u201d.') + ' Their curves are drawn below.';
    const paths = Object.keys(a.settings).filter((path) => a.settings[path] !== b.settings[path]);
    byId('pair-settings').replaceChildren(paths.length ? make('table', {}, make('thead', {}, make('tr', {}, ...['', a.name, b.name].map((t) => make('th', { scope: 'col', textContent: t })))),
      make('tbody', {}, ...paths.map((path) => make('tr', {}, make('th', { scope: 'row', textContent: path }), ...[a, b].map((v) => make('td', { textContent: v.settings[path] || '\u2013' })))))) : make('p', { className: 'note', textContent: 'None.' }));
  }
  chart('pairs', () => {
    const both = two();
    if (!both) return draw.base();
    const [a, b] = both, list = pairs(both);
    return {
      ...draw.base(), xAxis: draw.axis('seed, by difference', { type: 'category', data: list.map((each) => String(each.seed)), splitLine: { show: false } }),
      yAxis: draw.axis('', { scale: false }), grid: { left: 8, right: 18, top: 14, bottom: 30, containLabel: true },
      tooltip: { ...draw.base().tooltip, trigger: 'axis', axisPointer: { type: 'shadow' }, formatter: ([each]) => draw.tip('seed ' + each.name, [[b.name, number(list[each.dataIndex].b)], [a.name, number(list[each.dataIndex].a)], ['difference', signed(list[each.dataIndex].d)]]) },
      series: [{ type: 'bar', data: list.map((each) => ({ value: each.d, itemStyle: { color: colour(each.d < 0 && a.family >= 0 ? a : b) } })) }],
    };
  }, () => ({
    columns: ['Seed', ...(two() ?? []).map((v) => v.name), 'Difference'],
    rows: two() ? pairs(two()).map((each) => [String(each.seed), number(each.a), number(each.b), signed(each.d)]) : [],
  }));

  followers.push(decide, sift, sort, compare);
})();
