'use strict';
/* One run step by step, or two side by side. */
(() => {
  const { data, state, all, byId, make, known, short, percent, colour, css, chart, redraw, paint, dark, base, axis, limits, tip } = page;
  const { runs } = data;
  const [push, pull] = data.tints;
  const POINTS = 60;
  Object.assign(state, { layer: '', scale: 'linear' });

  /** The step in the middle of a point. */
  const at = (run, i) => (i * run.stride + 1 + Math.min((i + 1) * run.stride, run.steps)) / 2;
  const pointOf = (run, step) => Math.max(0, Math.min(Math.ceil(run.steps / run.stride) - 1, Math.round((step - 0.5) / run.stride - 0.5)));
  const longest = Math.max(...runs.map((run) => run.steps));

  /** Means of neighbouring points, so that some sixty are left: as wide as each other on the scale of the steps. */
  function smooth(run, line) {
    const n = line.mean.length;
    if (n < 2 * POINTS) return line.mean.map((y, i) => [at(run, i), y]);
    const end = (k) => state.scale === 'log' ? Math.floor(n ** (k / POINTS)) : Math.floor(n * k / POINTS);
    const points = [];
    for (let k = 1, from = 0; k <= POINTS; k++) {
      const some = line.mean.slice(from, end(k)).filter(known);
      if (some.length) points.push([(at(run, from) + at(run, end(k) - 1)) / 2, some.reduce((a, y) => a + y, 0) / some.length]);
      from = Math.max(from, end(k));
    }
    return points;
  }

  /** Every point there is; of a stretch of steps both extremes. */
  const raw = (run, line) => line.mean.flatMap((y, i) => line.low ? [[at(run, i), line.low[i] ?? '-'], [at(run, i), line.high[i] ?? '-']] : [[at(run, i), y ?? '-']]);

  /** Limits that no single batch stretches: of the thick lines, and of all but the outermost of the thin. */
  function within(lines, more = []) {
    const inner = lines.flatMap(({ run, line }) => {
      const ys = raw(run, line).map(([, y]) => y).filter(known).sort((a, b) => a - b);
      return [ys[Math.floor(ys.length * 0.02)], ys[Math.ceil(ys.length * 0.98) - 1], ...smooth(run, line).map(([, y]) => y)];
    });
    return limits([...more, ...inner]);
  }

  /** A logarithmic axis where what is drawn goes over so many times its smallest, between whole powers of ten; else none. */
  function powers(lines, over = 10) {
    const ys = lines.flatMap(({ run, line }) => smooth(run, line).map(([, y]) => y)).filter((y) => y > 0);
    const low = Math.min(...ys), high = Math.max(...ys);
    return high > over * low ? { type: 'log', min: 10 ** Math.floor(Math.log10(low)), max: 10 ** Math.ceil(Math.log10(high)), minorSplitLine: { show: false } } : null;
  }

  /**
   * A chart of lines over steps.
   * lines() gives what is drawn, {run, line, name, tint, dash}; scale(shown) the vertical axis.
   */
  function overSteps(figure, lines, scale, form = short) {
    chart(figure, (canvas, entry) => {
      const shown = lines(), log = state.scale === 'log', y = scale();
      const positive = ([x, v]) => [x, y.type === 'log' && !(v > 0) ? '-' : v];
      keys(entry.figure, shown);
      const thin = shown.filter(({ line }) => line.mean.length >= 2 * POINTS);
      const series = [
        ...thin.map(({ run, line, tint }) => ({
          type: 'line', data: raw(run, line).map(positive), symbol: 'none', silent: true, animation: false, z: 1, lineStyle: { color: colour(tint), width: 1, opacity: 0.28 }, emphasis: { disabled: true },
        })),
        ...shown.map(({ run, line, name, tint, dash }) => ({
          type: 'line', name, data: smooth(run, line).map(positive), symbol: 'none', z: 3, lineStyle: { color: colour(tint), width: 2.6, type: dash ?? 'solid' }, itemStyle: { color: colour(tint) },
        })),
      ];
      if (!shown.length) return { ...base(), title: { text: 'nothing to draw here', left: 'center', top: 'middle', textStyle: { color: css('--soft'), fontSize: 14, fontWeight: 'normal' } } };
      const last = series.at(-1);
      const mark = (x, text) => ({ xAxis: x, label: { formatter: text, position: 'insideEndTop', color: css('--soft') } });
      // At the very edge it would only cover the axis, and the answer says it.
      const marks = runs.length === 2 && shown.length === 2 && data.parting > Math.max(2, log ? 2 : longest / 100) ? [mark(data.parting, 'they part')] : [];
      if (y.zero) marks.push({ yAxis: 0, label: { show: false } });
      if (y.needed) marks.push({ yAxis: y.needed.value, lineStyle: { type: [2, 3], color: colour(pull), width: 1.6 }, label: { formatter: y.needed.text, position: 'insideEndTop', color: css('--ink') } });
      if (marks.length) last.markLine = { silent: true, symbol: 'none', animation: false, precision: 10, lineStyle: { color: css('--soft'), type: 'solid', width: 1.2 }, data: marks };
      return {
        ...base(),
        xAxis: axis('step', { scale: false, min: 1, max: longest, splitLine: { show: false }, ...(log ? { type: 'log', minorSplitLine: { show: false } } : {}), axisLabel: { showMinLabel: true, showMaxLabel: log } }),
        yAxis: axis('', { ...y, axisLabel: { formatter: form, ...y.axisLabel } }),
        tooltip: {
          ...base().tooltip, trigger: 'axis', axisPointer: { type: 'line', lineStyle: { color: css('--soft') } },
          formatter: (ps) => {
            const step = Math.max(1, ps[0].axisValue);
            const { run } = shown[0], i = pointOf(run, step);
            return tip(title(run, i), shown.filter(({ run: r }) => step < r.steps + 1).map((l) => [[swatch(l), ' ' + l.name], form(l.line.mean[pointOf(l.run, step)])]));
          },
        },
        series,
      };
    }, () => {
      const shown = lines(), first = shown[0];
      if (!first) return { columns: ['Step'], rows: [] };
      const widest = shown.reduce((a, l) => l.run.steps > a.run.steps ? l : a, first);
      return {
        columns: ['Step', ...shown.map((l) => l.name)],
        rows: widest.line.mean.map((_, i) => [stepsOf(widest.run, i), ...shown.map((l) => {
          const middle = at(widest.run, i);
          return middle < l.run.steps + 1 ? form(l.line.mean[pointOf(l.run, middle)]) : '\u2013';
        })]),
      };
    });
  }

  const stepsOf = (run, i) => run.stride === 1 ? String(i + 1) : (i * run.stride + 1) + '\u2013' + Math.min((i + 1) * run.stride, run.steps);
  const title = (run, i) => (run.stride === 1 ? 'step ' : 'steps ') + stepsOf(run, i) + ', epoch ' + Math.ceil((i * run.stride + 1) / run.stepsPerEpoch);

  /** A piece of a line, in its colour and dashes. */
  function swatch({ tint, dash }) {
    const piece = make('span', { className: 'swatch line' }), c = colour(tint);
    piece.style.background = dash?.length ? 'repeating-linear-gradient(90deg, ' + c + ' 0 5px, transparent 5px 8px)' : c;
    return piece;
  }
  function keys(figure, shown) {
    figure.querySelector('.keys').replaceChildren(...(shown.length > 1 || shown[0]?.always ? shown : []).map((l) => make('span', { className: 'key' }, swatch(l), l.name)));
  }

  /* Push and pull: on one scale for both runs. */
  const layerOf = (run) => run.layers.find((l) => l.name === state.layer) ?? run.layers[0];
  const sides = (run) => [['data_push', 'data push outward', push], ['penalty_pull', 'penalty pulls inward', pull, [8, 4]]]
    .map(([key, name, tint, dash]) => ({ run, line: layerOf(run).lines[key], name, tint, dash }))
    .filter(({ line }) => line);
  runs.forEach((run, r) => overSteps('tug-' + r, () => sides(run), () => {
    const whole = !state.layer, there = runs.map((each) => each.pullThere).filter(known);
    const needed = whole && known(run.pullThere) ? { value: run.pullThere, text: 'its pull at the norm of ' + runs[1 - r].name + ': ' + short(run.pullThere) } : null;
    return { ...within(runs.flatMap(sides), whole ? [0, ...there] : [0]), zero: true, needed };
  }));

  /* Both runs in one chart. */
  const ofRuns = (lineOf) => () => runs.map((run) => ({ run, line: lineOf(run), name: run.name, tint: run, dash: run.dash })).filter(({ line }) => line);
  const norms = ofRuns((run) => layerOf(run).lines.weight_norm);
  overSteps('norm', norms, () => powers(norms(), 1000) ?? within(norms(), [0]));
  for (const key of ['data_loss', 'penalty', 'total_loss', 'learning_rate']) {
    const lines = ofRuns((run) => run.lines[key]);
    overSteps(key, lines, () => powers(lines(), key.endsWith('loss') ? 10 : 1000) ?? within(lines(), [0]));
  }

  /* Layer by layer. */
  const counts = ['exact_zeros', 'dead_units'];
  const logs = ['data_gradient_norm', 'penalty_gradient_norm', 'relative_update', 'update_norm'];
  function ofLayers(run, key) {
    const own = run.layers.slice(1), matrices = own.filter((l) => l.lines.dead_units);
    const some = state.layer ? own.filter((l) => l.name === state.layer) : matrices.length ? matrices : own;
    return some.slice(0, data.tints.length).map((l, i) => ({ run, line: l.lines[key], name: l.name, tint: data.tints[i], dash: [undefined, [8, 4], [2, 3]][i % 3], always: true })).filter(({ line }) => line);
  }
  for (const key of ['weight_norm', ...logs, 'update_outward', ...counts]) {
    runs.forEach((run, r) => overSteps(key + '-' + r, () => ofLayers(run, key), () => {
      const both = runs.flatMap((each) => ofLayers(each, key));
      const log = logs.includes(key) || key === 'weight_norm' ? powers(both, key === 'weight_norm' ? 1000 : 10) : null;
      if (log) return log;
      return counts.includes(key) ? { min: 0, ...(both.every(({ line }) => line.mean.every((v) => !v)) ? { max: 1 } : {}) } : { ...within(both, [0]), zero: key === 'update_outward' };
    }, key === 'relative_update' ? (v) => v > 0 && v < 1e-3 ? short(100 * v) + '\u00a0%' : percent(v, 2) : short));
  }

  /* Switches. */
  const select = byId('layer');
  if (select) {
    select.append(make('option', { value: '', textContent: 'all layers' }));
    for (const { name, weights } of runs[0].layers.slice(1)) select.append(make('option', { value: name, textContent: name + ' (' + weights.toLocaleString('en') + ')' }));
    select.addEventListener('change', () => { state.layer = select.value; redraw(); });
  }
  all('[data-option] button').forEach((choice) => choice.addEventListener('click', () => {
    const group = choice.closest('[data-option]');
    state[group.dataset.option] = choice.dataset.value;
    all('button', group).forEach((b) => b.setAttribute('aria-pressed', String(b === choice)));
    redraw();
  }));
  paint(dark.matches);
})();
