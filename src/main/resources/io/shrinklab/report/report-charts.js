'use strict';
/* What the charts have in common, and those that show a variant as a point or a row. */
const draw = (() => {
  const { data, state, make, known, number, signed, range, short, colour, css, visible, baseline, familyOf, inWords, chart } = shrinklab;
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

  const ends = (i) => i ? [i.mean, i.low, i.high] : [];

  /** A tooltip as elements: names are text, whatever they hold. */
  const tip = (title, rows, foot = '') => make('div', { className: 'tip' }, make('b', { textContent: title }),
    make('table', {}, make('tbody', {}, ...rows.map(([k, v]) => make('tr', {}, make('th', { textContent: k }), make('td', { textContent: v }))))),
    foot ? make('div', { textContent: foot }) : '');

  const describe = (v) => tip(v.name, [
    ['training ' + data.score, range(v.best.trainScore)], ['validation, best epoch', range(v.best.validationScore)],
    ['validation, last epoch', range(v.last.validationScore)], ['difference, best epoch', range(v.best.difference, signed)],
    ['difference, last epoch', range(v.last.difference, signed)], ['completed runs', v.completed + ' of ' + v.planned],
  ], inWords(v));

  const gap = ['-', '-'];
  /** An interval as a line that nothing reacts to. */
  const bar = (points, tint, width = 1.4, opacity = 0.55) => ({
    type: 'line', data: points, symbol: 'none', silent: true, z: 1, animation: false,
    lineStyle: { color: tint, width, opacity }, tooltip: { show: false },
  });

  /** Where names fit beside their points, in pixels, without touching another point or name. */
  function places(points, width) {
    const taken = points.map((p) => [p.x - 8, p.y - 8, p.x + 8, p.y + 8]);
    const fits = (box) => box[0] > 0 && box[2] < width + 20 && taken.every((t) => box[2] < t[0] || box[0] > t[2] || box[3] < t[1] || box[1] > t[3]);
    const found = new Map();
    for (const p of [...points].sort((a, b) => Number(b.first) - Number(a.first))) {
      const w = p.name.length * 6.6, d = 9;
      // Off the horizontal and the vertical, where the point's own intervals run.
      for (const [position, up] of [['left', -1], ['left', 1], ['right', -1], ['right', 1]]) {
        const from = position === 'left' ? p.x - d - w : p.x + d, middle = p.y + 10 * up;
        const box = [from, middle - 7, from + w, middle + 7];
        if (fits(box)) {
          taken.push(box);
          found.set(p.name, { position, offset: [0, 10 * up] });
          break;
        }
      }
    }
    return found;
  }

  /* What a variant changes in the training score against what it changes in the validation score. */
  chart('overview', (canvas, entry) => {
    const zero = { mean: 0 };
    const dx = (v) => v.baseline ? zero : v.best.trainDifference, dy = (v) => v.baseline ? zero : v.best.difference;
    const some = visible().filter((v) => dx(v) && dy(v));
    const shown = state.overview === 'near' ? some.filter((v) => !v.outside) : some;
    const x = limits([0, ...shown.flatMap((v) => ends(dx(v)))], 0.08);
    const y = limits([0, ...shown.flatMap((v) => ends(dy(v)))], 0.08);
    const left = some.filter((v) => !shown.includes(v));
    const note = document.getElementById('outside');
    note.hidden = !left.length;
    note.textContent = 'Outside this view: ' + left.map((v) => v.name + ' (training ' + signed(dx(v).mean, 3) + ', validation ' + signed(dy(v).mean, 3) + ')').join(', ') + '.';
    const corner = (text, position, from, to) => [{ name: text, label: { position, color: css('--soft'), fontSize: 12 }, itemStyle: { color: 'transparent' }, xAxis: from[0], yAxis: from[1] }, { xAxis: to[0], yAxis: to[1] }];
    const region = {
      silent: true, itemStyle: { color: css('--region') },
      label: { show: true, position: 'insideBottomLeft', color: css('--region-ink'), fontSize: 13, distance: 8 },
      data: [[{ name: 'lower in both: underfits', xAxis: x.min, yAxis: y.min }, { xAxis: 0, yAxis: 0 }],
        corner('fits less, generalizes better', 'insideTopLeft', [x.min, 0], [0, y.max])],
    };
    const zeros = { silent: true, symbol: 'none', animation: false, label: { show: false }, lineStyle: { color: css('--soft'), type: 'solid', width: 1.2 }, data: [{ xAxis: 0 }, { yAxis: 0 }] };
    const named = places(shown.map((v) => ({
      name: v.name, first: v.baseline, x: (dx(v).mean - x.min) / (x.max - x.min) * (canvas.clientWidth - 110), y: (y.max - dy(v).mean) / (y.max - y.min) * (canvas.clientHeight - 70),
    })), canvas.clientWidth - 110);
    const bars = shown.filter((v) => known(dx(v).low) && known(dy(v).low)).map((v) => bar([
      [dx(v).low, dy(v).mean], [dx(v).high, dy(v).mean], gap, [dx(v).mean, dy(v).low], [dx(v).mean, dy(v).high]], colour(v)));
    const points = shown.map((v) => ({
      type: 'scatter', name: v.name, id: 'v' + v.index, symbol: familyOf(v).mark, symbolSize: v.baseline ? 15 : 13, z: v.baseline ? 4 : 3,
      data: [{ value: [dx(v).mean, dy(v).mean], v }],
      itemStyle: { color: colour(v), borderColor: css('--card'), borderWidth: 1 },
      emphasis: { scale: 1.5 },
      label: { show: named.has(v.name), formatter: () => v.name, ...named.get(v.name), color: css('--soft'), fontSize: 11.5, distance: 4 },
    }));
    if (shown.length) bars.push({ type: 'scatter', data: [], silent: true, markArea: region, markLine: zeros });
    entry.instance.off('click');
    entry.instance.on('click', (e) => e.data?.v && light(e.data.v.index, true));
    return {
      ...base(), xAxis: axis('difference in training ' + data.score, x), yAxis: axis('difference in validation ' + data.score, { ...y, nameGap: 56 }),
      grid: { left: 34, right: 24, top: 14, bottom: 30, containLabel: true },
      tooltip: { ...base().tooltip, trigger: 'item', formatter: (p) => p.data?.v ? describe(p.data.v) : '' },
      series: [...bars, ...points],
    };
  }, () => ({
    columns: ['Variant', 'Difference in training', 'Difference in validation, best epoch', 'Verdict'],
    rows: visible().map((v) => [v.name, range(v.best.trainDifference, signed), range(v.best.difference, signed), inWords(v)]),
  }));

  /** Marks a row of the table. */
  function light(index, scroll) {
    for (const row of shrinklab.body.rows) {
      const on = Number(row.dataset.v) === index;
      row.classList.toggle('lit', on);
      if (on && scroll) row.scrollIntoView({ block: 'nearest' });
    }
  }
  for (const row of shrinklab.body.rows) {
    for (const [event, type] of [['mouseenter', 'highlight'], ['mouseleave', 'downplay']]) {
      row.addEventListener(event, () => shrinklab.charts[0]?.instance?.dispatchAction({ type, seriesId: 'v' + row.dataset.v }));
    }
  }

  /* Paired differences as a forest plot. */
  chart('forest', (canvas) => {
    const all = visible().filter((v) => v.best.difference);
    // No browser draws a canvas of any height.
    const rows = all.slice(0, 500);
    const more = canvas.closest('figure').querySelector('figcaption span');
    more.textContent = rows.length < all.length ? 'The first ' + rows.length + ' of ' + all.length + ' variants; the others are in the table of variants.' : '';
    canvas.style.height = Math.max(2, rows.length) * 28 + 70 + 'px';
    const inside = rows.filter((v) => state.forest === 'all' || !v.outside);
    const x = limits([0, ...inside.flatMap((v) => [...ends(v.best.difference), ...ends(v.last.difference)])]);
    const series = [];
    rows.forEach((v, row) => {
      for (const [moment, shift] of [['best', -0.15], ['last', 0.15]]) {
        const d = v[moment].difference;
        if (!d) continue;
        if (known(d.low)) series.push(bar([[Math.max(x.min, d.low), row + shift], [Math.min(x.max, d.high), row + shift]].filter((p) => p[0] >= x.min && p[0] <= x.max), colour(v), moment === 'best' ? 2.2 : 1.3, moment === 'best' ? 0.85 : 0.6));
        const off = d.mean < x.min ? x.min : d.mean > x.max ? x.max : null;
        if (off !== null && moment === 'last') continue;
        series.push({
          type: 'scatter', symbol: off !== null ? 'triangle' : moment === 'best' ? familyOf(v).mark : 'circle', symbolRotate: off === x.min ? 90 : off === x.max ? -90 : 0,
          symbolSize: moment === 'best' ? 11 : 9, z: 3, clip: false,
          data: [{ value: [off ?? d.mean, row + (off !== null ? 0 : shift)], v }],
          itemStyle: moment === 'best' ? { color: colour(v) } : { color: css('--card'), borderColor: colour(v), borderWidth: 1.6 },
          label: off !== null ? { show: true, position: off === x.min ? 'right' : 'left', formatter: signed(d.mean, 3), color: css('--soft') } : undefined,
        });
      }
    });
    series.push({
      type: 'line', data: [], silent: true,
      markLine: { silent: true, symbol: 'none', animation: false, label: { show: false }, lineStyle: { color: css('--soft'), type: 'solid', width: 1.4 }, data: [{ xAxis: 0 }] },
    });
    const narrow = canvas.clientWidth < 560;
    const longest = Math.max(0, ...rows.map((v) => v.name.length)) * 6.6;
    return {
      ...base(), grid: { left: 4, right: 22, top: 6, bottom: 30, containLabel: true },
      xAxis: axis('difference in validation ' + data.score, { ...x, axisLabel: { formatter: (t) => signed(t, 3).replace(/^\+0\.000$/, '0') } }),
      yAxis: axis('', {
        inverse: true, min: -0.5, max: rows.length - 0.5, splitLine: { show: false },
        axisLabel: { color: css('--ink'), hideOverlap: false, customValues: rows.map((_, i) => i), width: Math.min(longest, narrow ? 132 : 240), overflow: 'truncate', formatter: (t) => rows[t]?.name ?? '' },
      }),
      tooltip: { ...base().tooltip, trigger: 'item', formatter: (p) => p.data?.v ? describe(p.data.v) : '' },
      series,
    };
  }, () => ({
    columns: ['Variant', 'Best epoch', 'p, adjusted', 'Verdict', 'Last epoch', 'p, adjusted', 'Verdict'],
    rows: visible().filter((v) => v.best.difference).map((v) => [v.name, range(v.best.difference, signed), number(v.best.adjusted, 3), v.best.verdict,
      range(v.last.difference, signed), number(v.last.adjusted, 3), v.last.verdict]),
  }));

  /* Score over lambda, over the final norm and over the gradient ratio. */
  function path(figure, label, position, anchored) {
    chart(figure, (canvas) => {
      const some = visible().filter((v) => known(v.best.validationScore.mean));
      const treated = some.filter((v) => v.family >= 0 && position(v) > 0);
      const b = baseline();
      // Another variant may be the baseline; lambda is 0 where nothing is penalized.
      const origin = [b, ...some].find((v) => v && v.family < 0 && known(v.best.validationScore.mean));
      const seen = treated.filter((v) => state.path === 'all' || !v.outside);
      const moments = state.moment === 'both' ? ['best', 'last'] : [state.moment];
      const y = limits([...seen, ...(b ? [b] : []), ...(anchored && origin ? [origin] : [])].flatMap((v) => moments.flatMap((m) => ends(v[m].validationScore))));
      const lowest = Math.min(...treated.map(position)), highest = Math.max(...treated.map(position));
      const ranged = (seen.length ? seen : treated).map(position);
      const wide = anchored || Math.max(...ranged) > 20 * Math.min(...ranged);
      const zero = 10 ** (Math.floor(Math.log10(lowest) + 1e-9) - 1);
      const series = [];
      data.families.forEach((family, f) => {
        const own = treated.filter((v) => v.family === f).sort((a, c) => a.strength - c.strength);
        if (!own.length) return;
        // Side by side, or intervals at the same lambda would hide each other.
        const shift = anchored ? 10 ** (0.035 * (f - (data.families.length - 1) / 2)) : 1;
        for (const moment of moments) {
          const points = own.map((v) => ({ value: [position(v) * shift, v[moment].validationScore.mean], v }));
          if (anchored && origin && own.length > 1) points.unshift({ value: [zero, origin[moment].validationScore.mean], v: origin, symbol: 'none' });
          own.filter((v) => known(v[moment].validationScore.low)).forEach((v) => series.push(bar([
            [position(v) * shift, v[moment].validationScore.low], [position(v) * shift, v[moment].validationScore.high]], colour(family), 1.2, moment === 'best' ? 0.6 : 0.35)));
          series.push({
            type: 'line', name: family.name, data: points, symbol: family.mark, symbolSize: moment === 'best' ? 9 : 7, showAllSymbol: true, clip: true, z: 3,
            lineStyle: { color: colour(family), width: 2, type: moment === 'best' ? 'solid' : [4, 4], opacity: own.length > 1 ? 1 : 0 },
            itemStyle: moment === 'best' ? { color: colour(family) } : { color: css('--card'), borderColor: colour(family), borderWidth: 1.6 },
          });
        }
      });
      const moment = moments[0];
      if (anchored && origin) {
        series.push({ type: 'scatter', symbol: 'circle', symbolSize: 12, z: 5, data: [{ value: [zero, origin[moment].validationScore.mean], v: origin }], itemStyle: { color: colour(origin) } });
      }
      if (b) {
        series.push({
          type: 'scatter', data: [],
          markLine: { silent: true, precision: 10, symbol: 'none', animation: false, lineStyle: { color: css('--soft'), type: 'dashed' }, label: { formatter: 'baseline', position: 'insideEndTop', color: css('--soft') }, data: [{ yAxis: b[moment].validationScore.mean }] },
          markArea: known(b[moment].validationScore.low) ? { silent: true, itemStyle: { color: css('--ink'), opacity: 0.06 }, data: [[{ yAxis: b[moment].validationScore.low }, { yAxis: b[moment].validationScore.high }]] } : undefined,
        });
      }
      const x = treated.length ? anchored
        ? { min: zero * 0.6, max: highest * 2, axisLabel: { showMaxLabel: false, formatter: (t) => Math.abs(t / zero - 1) < 0.01 ? '0' : t < zero ? '' : short(t) } }
        : wide ? { min: 10 ** Math.floor(Math.log10(Math.min(...ranged))), max: 10 ** Math.ceil(Math.log10(Math.max(...ranged)) - 1e-9), axisLabel: { formatter: short } } : { ...limits(ranged), type: 'value' } : {};
      return {
        ...base(), grid: { left: 22, right: 24, top: 16, bottom: 30, containLabel: true },
        xAxis: axis(label, { type: 'log', ...x, minorSplitLine: { show: false } }), yAxis: axis('', y),
        tooltip: { ...base().tooltip, trigger: 'item', formatter: (p) => p.data?.v ? describe(p.data.v) : '' }, series,
      };
    }, () => ({
      columns: ['Variant', label, 'Best epoch', 'Last epoch'],
      rows: visible().map((v) => [v.name, short(position(v)), range(v.best.validationScore), range(v.last.validationScore)]),
    }));
  }
  path('path', 'lambda (for weight decay: its strength)', (v) => v.strength, true);
  // The unit of a norm depends on p, so it is measured by the largest among those of the same p.
  const largest = (p) => Math.max(...data.variants.filter((v) => v.p === p).map((v) => v.last.lpNorm.mean ?? 0));
  path('norm', 'norm left, share of the largest with the same p', (v) => v.last.lpNorm.mean / largest(v.p), false);
  path('ratio', 'penalty\u2019s gradient / data loss\u2019s gradient', (v) => v.last.gradientRatio.mean, false);

  return { base, axis, limits, tip, bar };
})();
