'use strict';
/* Curves over epochs, and the weights layer by layer. */
(() => {
  const { data, state, make, known, number, range, short, colour, css, visible, isBaseline, familyOf, mark, byId, chart, register, followers } = shrinklab;
  const { base, axis, limits, tip, named, apart, cut } = draw;

  /** The epochs of a thinned curve: 1, 1 + stride, ... and the last. */
  function epochs(n, stride) {
    const list = [];
    for (let e = 1; e < n; e += stride) list.push(e);
    if (n > 0) list.push(n);
    return list;
  }

  /** The variants that are drawn: the baseline, and those selected or, without any, some of each family. */
  function lines() {
    const all = visible().filter((v) => v.curves);
    if (state.selected.size) return all.filter((v) => isBaseline(v) || state.selected.has(v.index));
    if (state.lines === 'all') return all;
    const some = all.filter((v) => !v.outside || state.lines === 'best');
    const pick = new Map();
    const worth = (v) => state.lines === 'best' ? v.best.validationScore.mean : v.strength;
    for (const v of some) {
      const before = pick.get(v.family);
      if (v.family >= 0 && (!before || worth(v) > worth(before))) pick.set(v.family, v);
    }
    return some.filter((v) => isBaseline(v) || v.family < 0 || pick.get(v.family) === v);
  }

  /** What the charts leave out, said above them. */
  const MANY = 8;
  followers.push(() => {
    const drawn = lines(), said = [];
    const off = visible().filter((v) => v.curves && v.outside);
    const stronger = off.filter((v) => !drawn.includes(v));
    if (!state.selected.size && state.lines === 'strongest' && stronger.length) said.push('Stronger, and left out as nothing else could be seen beside them: ' + stronger.map((v) => v.name).join(', ') + '. Select them in the table to draw them.');
    if (state.scale === 'late' && drawn.some((v) => v.outside) && drawn.some((v) => !v.outside)) said.push('May lie off this scale: ' + drawn.filter((v) => v.outside).map((v) => v.name).join(', ') + '; \u201cFull scale\u201d shows all.');
    if (state.runs === 'mean' && drawn.length > MANY) said.push('Intervals are drawn for up to ' + MANY + ' variants; the table below each chart and the mouse tell them.');
    const note = byId('lines-said');
    note.hidden = !said.length;
    note.textContent = said.join(' ');
  });

  const runsOf = (v) => data.runs.filter((r) => r.v === v.index && r.curves);

  /** One scale for training and validation. */
  function scale(keys) {
    const values = [];
    const drawn = lines(), inside = drawn.filter((v) => !v.outside);
    for (const v of state.scale === 'late' && inside.length > 1 ? inside : drawn) {
      const curves = state.runs === 'runs' ? runsOf(v).map((r) => r.curves) : [v.curves];
      for (const c of curves) {
        for (const key of keys) {
          const parts = Array.isArray(c[key]) ? [c[key]] : [c[key].mean, c[key].low, c[key].high];
          for (const part of parts) values.push(...part.slice(state.scale === 'late' ? Math.floor(part.length / 6) : 0).filter(known));
        }
      }
    }
    return limits(values);
  }

  function nearest(entry, candidates) {
    if (!entry.mouse || !candidates.length) return candidates[0];
    const y = entry.instance.convertFromPixel({ yAxisIndex: 0 }, entry.mouse[1]);
    return candidates.reduce((a, c) => Math.abs(c.value[1] - y) < Math.abs(a.value[1] - y) ? c : a);
  }

  /** A sign here and there along a line, for who can't tell it by its colour. */
  const signs = (v, points) => ({
    symbol: familyOf(v).mark, showSymbol: true, showAllSymbol: true, symbolSize: (value, { dataIndex }) => (dataIndex + 2 + 3 * v.index) % Math.max(4, Math.ceil(points / 5)) === 0 ? 8 : 0,
  });

  function meanSeries(v, key, many, wide, lift) {
    const band = v.curves[key];
    const xs = epochs(v.curves.n, data.stride);
    const zip = (ys) => ys.map((y, i) => [String(xs[i]), known(y) ? y : '-']);
    const plain = { type: 'line', symbol: 'none', silent: true, animation: false, lineStyle: { opacity: 0 }, emphasis: { disabled: true } };
    const parts = [];
    if (!many && known(band.low[0])) {
      parts.push({ ...plain, stack: 'band' + v.index, stackStrategy: 'all', data: zip(band.low) });
      parts.push({ ...plain, stack: 'band' + v.index, stackStrategy: 'all', data: zip(band.high.map((h, i) => h - band.low[i])), areaStyle: { color: colour(v), opacity: 0.15 } });
    }
    parts.push({
      type: 'line', name: v.name, id: 'v' + v.index, data: zip(band.mean), ...signs(v, xs.length), z: isBaseline(v) ? 4 : 3, triggerLineEvent: true,
      lineStyle: { color: colour(v), width: isBaseline(v) ? 2.8 : 2, type: v.dash ?? 'solid' }, itemStyle: { color: colour(v) },
      v, emphasis: { focus: 'series' },
      endLabel: { show: wide, formatter: () => cut(v.name, 20), color: css('--ink'), fontSize: 11, distance: 6, offset: [0, lift] },
    });
    return parts;
  }

  function overEpochs(key, keys, label) {
    chart(key, (canvas, entry) => {
      const shown = lines();
      const single = state.runs === 'runs', wide = !single && canvas.clientWidth >= 480 && shown.length <= 12;
      // Categories, since only on those does the chart library stack the two halves of a band.
      const grid = [...new Set(shown.flatMap((v) => epochs(v.curves.n, single ? data.runStride : data.stride)))].sort((a, b) => a - b).map(String);
      const raw = Number(grid.at(-1) ?? 1) / 6, power = 10 ** Math.floor(Math.log10(Math.max(1, raw)));
      const every = power * [1, 2, 5, 10].find((m) => m * power >= raw);
      const y = scale(keys), tall = (canvas.clientHeight - 60) / (y.max - y.min);
      const ends = shown.map((v) => (y.max - Math.max(y.min, Math.min(y.max, v.curves[key].mean.at(-1)))) * tall);
      const lifts = apart(ends, 13, canvas.clientHeight - 50).map((to, i) => to - ends[i]);
      const series = shown.flatMap((v) => single
        ? runsOf(v).map((run) => ({
          type: 'line', id: 'v' + v.index + '-' + run.seed, name: v.name + ', seed ' + run.seed, symbol: 'none', z: isBaseline(v) ? 4 : 3, triggerLineEvent: true, emphasis: { focus: 'series', lineStyle: { width: 3.5, opacity: 1 } },
          data: run.curves[key].map((y, i) => [String(epochs(run.n, data.runStride)[i]), y]), lineStyle: { color: colour(v), width: 1, opacity: 0.55, type: v.dash ?? 'solid' }, itemStyle: { color: colour(v) },
        }))
        : meanSeries(v, key, shown.length > MANY, wide, lifts[shown.indexOf(v)]));
      const byId = new Map(shown.flatMap((v) => single ? runsOf(v).map((run) => ['v' + v.index + '-' + run.seed, { v, run }]) : [['v' + v.index, { v }]]));
      const formatter = (params) => {
        const known = params.filter((p) => byId.has(p.seriesId)).map((p) => ({ ...byId.get(p.seriesId), value: p.value }));
        if (!known.length) return '';
        const epoch = Number(known[0].value[0]);
        if (single) {
          const { v, run } = nearest(entry, known);
          const i = epochs(run.n, data.runStride).indexOf(epoch);
          return tip([...named(v), ', seed ' + run.seed], [['epoch', epoch], ['training ' + data.score, number(run.curves.trainScore[i])],
            ['validation ' + data.score, number(run.curves.validationScore[i])], ['training loss', number(run.curves.trainLoss[i])], ['validation loss', number(run.curves.validationLoss[i])]]);
        }
        const i = epochs(known[0].v.curves.n, data.stride).indexOf(epoch);
        known.sort((a, b) => b.value[1] - a.value[1]);
        const rest = known.length - 12;
        return tip('epoch ' + epoch, known.slice(0, 12).map(({ v, value }) => [named(v), range({ mean: value[1], low: v.curves[key].low[i], high: v.curves[key].high[i] })]), rest > 0 ? 'and ' + rest + ' more' : '');
      };
      const longest = Math.min(20, Math.max(0, ...shown.map((v) => v.name.length)));
      return {
        ...base(), grid: { ...base().grid, right: wide ? 22 + 6.2 * longest : 18 }, xAxis: axis('epoch', { type: 'category', boundaryGap: false, data: grid, splitLine: { show: false }, axisLabel: { interval: (i, e) => e === grid[0] || e % every === 0, hideOverlap: true } }), yAxis: axis('', y),
        tooltip: { ...base().tooltip, trigger: 'axis', axisPointer: { type: 'line', lineStyle: { color: css('--soft') } }, formatter }, series,
      };
    }, () => {
      const shown = lines();
      const xs = epochs(Math.max(0, ...shown.map((v) => v.curves.n)), data.stride);
      return {
        columns: ['Epoch', ...shown.map((v) => v.name)],
        rows: xs.map((e, i) => [String(e), ...shown.map((v) => number(v.curves[key].mean[i]))]),
      };
    }, label);
  }
  overEpochs('trainScore', ['trainScore', 'validationScore']);
  overEpochs('validationScore', ['trainScore', 'validationScore']);
  overEpochs('trainLoss', ['trainLoss', 'validationLoss']);
  overEpochs('validationLoss', ['trainLoss', 'validationLoss']);

  /* Layers: two variants, side by side. */
  const first = document.getElementById('layer-variant');
  const second = document.getElementById('layer-other');
  const slider = document.getElementById('epoch');
  const shownEpoch = document.getElementById('epoch-shown');
  const dashes = ['solid', [7, 4], [2, 3], [9, 3, 2, 3]];
  const dashNames = ['solid', 'dashed', 'dotted', 'dash and dot'];
  const chosen = () => [...new Set([first.value, second.value])].map((i) => data.layers[i]).filter(Boolean);
  const nameOf = (run) => data.variants[run.v].name;

  /** Which colour is whose. */
  function marks() {
    const [bars, line] = chosen();
    document.getElementById('layer-marks').replaceChildren(...[bars, line].filter(Boolean).map((run, which) => {
      const swatch = make('span', { className: which ? 'swatch line' : 'swatch' });
      swatch.style.background = colour(data.variants[run.v]);
      return make('span', { className: 'key' }, swatch, nameOf(run) + (which ? ' (line in the histograms)' : ' (bars)'));
    }));
  }

  function overLayers(figure, key, form, unit = () => 1) {
    chart(figure, () => marks() ?? ({
      ...base(), grid: { left: 8, right: 18, top: 14, bottom: 30, containLabel: true },
      xAxis: axis('epoch', { scale: false, splitLine: { show: false }, max: Math.max(...chosen().flatMap((r) => r.epochs)) }),
      yAxis: axis('', { min: 0, axisLabel: { formatter: form } }),
      tooltip: {
        ...base().tooltip, trigger: 'axis', axisPointer: { lineStyle: { color: css('--soft') } },
        formatter: (ps) => tip('epoch ' + ps[0].value[0], ps.map((p) => [p.seriesName, form(p.value[1])])),
      },
      series: chosen().flatMap((run, which) => run.layers.map((layer, l) => ({
        type: 'line', name: nameOf(run) + ', ' + layer.name, symbol: 'none', data: layer[key].map((y, i) => [run.epochs[i], y / unit(layer)]), z: 3 - which,
        lineStyle: { color: colour(data.variants[run.v]), type: dashes[l % dashes.length], width: 2 }, itemStyle: { color: colour(data.variants[run.v]) },
      }))),
    }), () => ({
      columns: ['Epoch', ...chosen().flatMap((run) => run.layers.map((l) => nameOf(run) + ', ' + l.name))],
      rows: (chosen()[0]?.epochs ?? []).map((e, i) => [String(e), ...chosen().flatMap((run) => run.layers.map((l) => form(l[key][i] / unit(l))))]),
    }));
  }

  const figures = [];
  function histogram(l) {
    const figure = make('figure', { className: 'card' }, make('figcaption', {}, make('h3', { textContent: data.layers[0].layers[l].name }), make('span', { className: 'note' })), make('div', { className: 'chart short' }));
    figure.dataset.figure = 'histogram-' + l;
    figure.dataset.title = 'Histogram of the weights of ' + data.layers[0].layers[l].name;
    document.getElementById('histograms').append(figure);
    figures.push(figure.dataset.figure);
    const share = (layer, i) => layer.histograms[i].map((count) => count / layer.weights);
    const at = (run) => Math.min(Number(slider.value), run.epochs.length - 1);
    const centre = (layer, bin) => layer.limit * (2 * (bin + 0.5) / layer.histograms[0].length - 1);
    register(figure, () => {
      const runs = chosen().filter((run) => run.layers[l]);
      if (!runs.length) return base();
      const layer = runs[0].layers[l];
      figure.querySelector('.note').textContent = layer.weights.toLocaleString('en') + ' weights, ' + number(100 * layer.nearZeroFraction[at(runs[0])], 1) + ' % near zero';
      const log = state.histogram === 'log';
      const top = Math.max(...runs.flatMap((run) => run.layers[l].histograms.flatMap((h) => h.map((c) => c / run.layers[l].weights))));
      const series = runs.map((run, which) => {
        const points = share(run.layers[l], at(run)).map((y, bin) => [centre(run.layers[l], bin), log && y === 0 ? '-' : y]);
        const tint = colour(data.variants[run.v]);
        return which === 0
          ? { type: 'bar', name: nameOf(run), data: points, barCategoryGap: '12%', itemStyle: { color: tint }, z: 2 }
          : { type: 'line', name: nameOf(run), data: points, step: 'middle', symbol: 'none', lineStyle: { color: tint, width: 1.6 }, itemStyle: { color: tint }, z: 3 };
      });
      return {
        ...base(), animation: false, xAxis: axis('weight', { min: -layer.limit, max: layer.limit, scale: false, splitLine: { show: false }, axisLabel: { showMinLabel: false, showMaxLabel: false } }),
        yAxis: axis('', log ? { type: 'log', min: 0.5 / layer.weights, max: 1, axisLabel: { showMinLabel: false, formatter: (t) => short(100 * t) + ' %' } } : { min: 0, max: top * 1.04, axisLabel: { showMaxLabel: false, formatter: (t) => number(100 * t, t < 0.05 && t > 0 ? 1 : 0) + ' %' } }),
        tooltip: {
          ...base().tooltip, trigger: 'axis', axisPointer: { type: 'line' },
          formatter: (ps) => tip('weights around ' + short(ps[0].value[0]), ps.map((p) => [p.seriesName, number(100 * p.value[1], 2) + ' %'])),
        }, series,
      };
    }, () => {
      const runs = chosen().filter((run) => run.layers[l]);
      if (!runs.length) return { columns: ['Weight'], rows: [] };
      return {
        columns: ['Weight', ...runs.map(nameOf)],
        rows: runs[0].layers[l].histograms[0].map((_, bin) => [short(centre(runs[0].layers[l], bin)), ...runs.map((run) => number(100 * share(run.layers[l], at(run))[bin], 2) + ' %')]),
      };
    });
  }

  function chooseLayers() {
    const run = chosen()[0];
    slider.max = run.epochs.length - 1;
    slider.value = Math.min(Number(slider.value), run.epochs.length - 1);
    step();
    shrinklab.redraw(['layerNorm', 'layerZero']);
  }
  function step() {
    const run = chosen()[0];
    shownEpoch.textContent = 'epoch ' + run.epochs[slider.value] + ' of ' + run.epochs[run.epochs.length - 1];
    slider.setAttribute('aria-valuetext', shownEpoch.textContent);
    shrinklab.redraw(figures);
  }

  if (data.layers.length) {
    data.layers.forEach((run, i) => {
      for (const select of [first, second]) select.append(make('option', { value: i, textContent: nameOf(run) + ', seed ' + run.seed }));
    });
    const plainest = data.layers.findIndex((run) => isBaseline(data.variants[run.v]));
    const sparsest = data.layers.reduce((a, run, i) => {
      const v = data.variants[run.v];
      const zero = (x) => data.variants[data.layers[x].v].last.nearZeroFraction.mean ?? 0;
      return !v.outside && zero(i) > zero(a) ? i : a;
    }, 0);
    first.value = sparsest;
    second.value = Math.max(0, plainest);
    slider.max = data.layers[sparsest].epochs.length - 1;
    slider.value = slider.max;
    // Relative, since the unit of a norm depends on p.
    overLayers('layerNorm', 'lpNorm', (y) => number(100 * y, 0) + ' %', (layer) => layer.lpNorm[0] || 1);
    document.getElementById('layer-key').textContent = 'Lines: ' + data.layers[0].layers.slice(0, 4).map((l, i) => l.name + ' ' + dashNames[i]).join(', ') + '. Norms relative to the first epoch.';
    overLayers('layerZero', 'nearZeroFraction', (y) => number(100 * y, y > 0 && y < 0.1 ? 1 : 0) + ' %');
    data.layers[0].layers.slice(0, 12).forEach((_, l) => histogram(l));
    for (const select of [first, second]) select.addEventListener('change', chooseLayers);
    let shown = '';
    followers.push(() => {
      // Selected variants are looked into, two at most.
      const asked = [...state.selected].map((v) => data.layers.findIndex((run) => run.v === v)).filter((i) => i >= 0).slice(0, 2);
      if (!asked.length || shown === asked.join()) return;
      shown = asked.join();
      first.value = asked[0];
      if (asked.length > 1) second.value = asked[1];
      chooseLayers();
    });
    slider.addEventListener('input', step);
    for (const [id, by] of [['epoch-back', -1], ['epoch-on', 1]]) {
      document.getElementById(id).addEventListener('click', () => { slider.value = Number(slider.value) + by; step(); });
    }
    step();
  }
})();
