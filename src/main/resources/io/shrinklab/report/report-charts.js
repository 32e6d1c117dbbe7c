'use strict';
/* What a report's charts have in common, and those that show a variant as a point or a row. */
const draw = (() => {
  const { data, state, make, known, number, signed, range, short, percent, colour, css, visible, faint, baseline, isBaseline, decided, decision, familyOf, mark, chart } = shrinklab;
  const { base, axis, limits, tip, say } = page;

  const ends = (i) => i ? [i.mean, i.low, i.high] : [];

  const named = (v) => [mark(v), ' ' + v.name];

  const describe = (v) => tip(named(v), [
    ['training ' + data.score, range(v[state.moment].trainScore)], ['validation ' + data.score, range(v[state.moment].validationScore)],
    ['difference', range(decision(v).difference, signed)], ['in training', range(decision(v).trainDifference, signed)],
    ['near zero, exactly zero', percent(v.last.nearZeroFraction?.mean) + ', ' + percent(v.last.exactZeroFraction?.mean)], ['completed runs', v.completed + ' of ' + v.planned],
  ], (state.moment === 'best' ? 'best epoch: ' : 'last epoch: ') + decision(v).verdict);

  const gap = ['-', '-'];
  /** An interval as a line that nothing reacts to. */
  const bar = (points, tint, width = 1.4, opacity = 0.55) => ({
    type: 'line', data: points, symbol: 'none', silent: true, z: 1, animation: false,
    lineStyle: { color: tint, width, opacity }, tooltip: { show: false },
  });

  /** Positions in pixels, moved as little as it takes to be {@code gap} apart: a column of labels. */
  function apart(positions, gap, most = Infinity) {
    const clusters = [];
    const order = positions.map((y, i) => ({ y, i })).sort((a, b) => a.y - b.y);
    for (const { y, i } of order) {
      clusters.push({ sum: y, n: 1, members: [i] });
      while (clusters.length > 1) {
        const [above, below] = clusters.slice(-2);
        const half = (c) => (c.n - 1) * gap / 2;
        if (above.sum / above.n + half(above) + gap <= below.sum / below.n - half(below)) break;
        clusters.splice(-2, 2, { sum: above.sum + below.sum, n: above.n + below.n, members: [...above.members, ...below.members] });
      }
    }
    const found = [];
    for (const c of clusters) {
      const half = (c.n - 1) * gap / 2, middle = Math.max(half, Math.min(most - half, c.sum / c.n));
      c.members.forEach((i, k) => { found[i] = middle - half + k * gap; });
    }
    return found;
  }
  /** Names of variants differ at their ends, in strength. */
  const cut = (name, most) => name.length > most ? name.slice(0, most - 9) + '\u2026' + name.slice(-8) : name;

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
    const dx = (v) => isBaseline(v) ? zero : decision(v).trainDifference, dy = (v) => isBaseline(v) ? zero : decision(v).difference;
    const some = visible().filter((v) => dx(v) && dy(v));
    const shown = state.range === 'near' ? some.filter((v) => !v.outside) : some;
    const x = limits([0, ...shown.flatMap((v) => ends(dx(v)))], 0.08);
    const y = limits([0, ...shown.flatMap((v) => ends(dy(v)))], 0.08);
    const left = some.filter((v) => !shown.includes(v));
    say(entry, left.length ? 'Outside this view: ' + left.map((v) => v.name + ' (training ' + signed(dx(v).mean, 3) + ', validation ' + signed(dy(v).mean, 3) + ')').join(', ') + '.' : '');
    const corner = (text, position, from, to) => [{ name: text, label: { position, color: css('--soft'), fontSize: 12 }, itemStyle: { color: 'transparent' }, xAxis: from[0], yAxis: from[1] }, { xAxis: to[0], yAxis: to[1] }];
    // On a phone the words of one corner would run into those of the other.
    const roomy = canvas.clientWidth >= 560;
    const region = {
      silent: true, itemStyle: { color: css('--region') },
      label: { show: true, position: 'insideBottomLeft', color: css('--region-ink'), fontSize: 13, distance: 8 },
      data: [[{ name: roomy ? 'lower in both: underfits' : 'underfits', xAxis: x.min, yAxis: y.min }, { xAxis: 0, yAxis: 0 }],
        corner(roomy ? 'fits less, generalizes better' : 'generalizes better', 'insideTopLeft', [x.min, 0], [0, y.max]),
        corner('higher in both', 'insideTopRight', [0, 0], [x.max, y.max]),
        corner(roomy ? 'fits more, generalizes worse' : 'generalizes worse', 'insideBottomRight', [0, y.min], [x.max, 0])],
    };
    const zeros = { silent: true, symbol: 'none', animation: false, label: { show: false }, lineStyle: { color: css('--soft'), type: 'solid', width: 1.2 }, data: [{ xAxis: 0 }, { yAxis: 0 }] };
    const wide = canvas.clientWidth >= 700;
    const column = wide ? 26 + 6.4 * Math.min(28, Math.max(0, ...shown.map((v) => v.name.length))) : 0;
    const room = [canvas.clientWidth - 110 - column, canvas.clientHeight - 70];
    const beside = places(shown.map((v) => ({
      name: v.name, first: isBaseline(v), x: (dx(v).mean - x.min) / (x.max - x.min) * room[0], y: (y.max - dy(v).mean) / (y.max - y.min) * room[1],
    })), room[0]);
    // Beside its point where there is room, else in a column at the right with a line to it.
    const far = wide ? shown.filter((v) => !beside.has(v.name) && !faint(v)) : [];
    const from = (v) => (y.max - dy(v).mean) / (y.max - y.min) * room[1];
    const to = apart(far.map(from), 14, room[1]);
    const leaders = far.map((v, i) => ({
      ...bar([[dx(v).mean, dy(v).mean], [x.max, y.max - to[i] / room[1] * (y.max - y.min)]], css('--soft'), 0.8, 0.55), z: 2, clip: false,
      endLabel: { show: true, formatter: () => cut(v.name, 28), color: css('--ink'), fontSize: 11.5, distance: 4 },
    }));
    const bars = shown.filter((v) => known(dx(v).low) && known(dy(v).low)).map((v) => bar([
      [dx(v).low, dy(v).mean], [dx(v).high, dy(v).mean], gap, [dx(v).mean, dy(v).low], [dx(v).mean, dy(v).high]], colour(v), 1.4, faint(v) ? 0.12 : 0.5));
    const points = shown.map((v) => ({
      type: 'scatter', name: v.name, id: 'v' + v.index, symbol: familyOf(v).mark, symbolSize: isBaseline(v) ? 15 : 12, z: isBaseline(v) ? 4 : 3,
      data: [{ name: v.name, value: [dx(v).mean, dy(v).mean], v }],
      itemStyle: { color: colour(v), borderColor: css('--card'), borderWidth: 1, opacity: faint(v) ? 0.25 : 1 },
      emphasis: { scale: 1.6, label: { show: true, fontWeight: 'bold' } },
      label: { show: beside.has(v.name) && !faint(v), ...(beside.get(v.name) ?? { position: 'right' }), formatter: () => cut(v.name, 28), color: css('--ink'), fontSize: 11.5, distance: 4 },
    }));
    if (shown.length) bars.push({ type: 'scatter', data: [], silent: true, markArea: region, markLine: zeros });
    return {
      ...base(), xAxis: axis('difference in training ' + data.score, x), yAxis: axis('difference in validation ' + data.score, { ...y, nameGap: 56 }),
      grid: { left: 34, right: 24 + column, top: 14, bottom: 30, containLabel: true },
      tooltip: { ...base().tooltip, trigger: 'item', formatter: (p) => p.data?.v ? describe(p.data.v) : '' },
      series: [...bars, ...leaders, ...points],
    };
  }, () => ({
    columns: ['Variant', 'Difference in training', 'Difference in validation', 'Verdict'],
    rows: visible().map((v) => [v.name, range(decision(v).trainDifference, signed), range(decision(v).difference, signed), decision(v).verdict]),
  }));

  /* Score over lambda, over the final norm and over the gradient ratio. */
  function path(figure, label, position, anchored) {
    chart(figure, (canvas, entry) => {
      const at = (v) => v[state.moment].validationScore;
      const some = visible().filter((v) => known(at(v).mean));
      const treated = some.filter((v) => v.family >= 0 && position(v) > 0);
      const b = baseline();
      // Another variant may be the baseline; lambda is 0 where nothing is penalized.
      const origin = [b, ...some].find((v) => v && v.family < 0 && known(at(v).mean));
      const seen = treated.filter((v) => state.range === 'all' || !v.outside);
      const y = limits([...seen, ...(b ? [b] : []), ...(anchored && origin ? [origin] : [])].flatMap((v) => ends(at(v))));
      const left = treated.filter((v) => at(v).mean < y.min || at(v).mean > y.max);
      say(entry, left.length ? 'Off this scale: ' + left.map((v) => v.name + ' (' + number(at(v).mean, 3) + ')').join(', ') + '.' : '');
      const lowest = Math.min(...treated.map(position)), highest = Math.max(...treated.map(position));
      const ranged = (seen.length ? seen : treated).map(position);
      const wide = anchored || Math.max(...ranged) > 20 * Math.min(...ranged);
      const zero = 10 ** (Math.floor(Math.log10(lowest) + 1e-9) - 1);
      const series = [];
      const named = anchored && canvas.clientWidth >= 700;
      // Families that end at the same place would write over each other.
      const ending = data.families.map((_, f) => treated.filter((v) => v.family === f).sort((a, c) => a.strength - c.strength).at(-1)).filter((v) => v && !left.includes(v));
      const tall = (canvas.clientHeight - 70) / (y.max - y.min), heights = ending.map((v) => (y.max - at(v).mean) * tall);
      const lifts = new Map(apart(heights, 14).map((h, i) => [ending[i].family, h - heights[i]]));
      data.families.forEach((family, f) => {
        const own = treated.filter((v) => v.family === f).sort((a, c) => a.strength - c.strength);
        if (!own.length) return;
        const back = own.every(faint);
        // Side by side, or intervals at the same lambda would hide each other.
        const shift = anchored ? 10 ** (0.035 * (f - (data.families.length - 1) / 2)) : 1;
        const points = own.map((v) => ({
          name: v.name, value: [position(v) * shift, at(v).mean], v,
          itemStyle: { color: colour(v), opacity: faint(v) ? 0.3 : 1 }, symbolSize: 9,
        }));
        for (const [which, symbol] of [['lambdaMin', 'circle'], ['lambda1se', 'rect']]) {
          series.push({
            type: 'scatter', symbol, symbolSize: 19, silent: true, z: 2, data: points.filter((point) => point.v[which]).map((point) => point.value), animation: false,
            itemStyle: { color: 'transparent', borderColor: css('--ink'), borderWidth: 1.3, opacity: back ? 0.2 : 0.85 }, tooltip: { show: false },
          });
        }
        // A line down to no penalty, broken as the axis is.
        if (anchored && origin && own.length > 1) series.push({ ...bar([[zero, at(origin).mean], points[0].value], colour(family), 1.4, back ? 0.15 : 0.7), lineStyle: { color: colour(family), width: 1.4, type: [2, 4], opacity: back ? 0.15 : 0.7 } });
        own.filter((v) => known(at(v).low)).forEach((v) => series.push(bar([
          [position(v) * shift, at(v).low], [position(v) * shift, at(v).high]], colour(v), 1.2, faint(v) ? 0.12 : 0.55)));
        series.push({
          type: 'line', name: family.name, data: points, symbol: family.mark, showAllSymbol: true, clip: true, z: 3,
          lineStyle: { color: colour(family), width: 2, opacity: own.length < 2 ? 0 : back ? 0.2 : 1 }, emphasis: { scale: 1.5, lineStyle: { width: 2.6 } },
          endLabel: { show: named && !left.includes(own.at(-1)), formatter: () => family.name, color: css('--ink'), distance: 12, offset: [0, lifts.get(f) ?? 0] },
        });
      });
      if (anchored && origin) {
        series.push({ type: 'scatter', symbol: 'circle', symbolSize: 12, z: 5, data: [{ name: origin.name, value: [zero, at(origin).mean], v: origin }], itemStyle: { color: colour(origin) } });
      }
      if (b) {
        series.push({
          type: 'scatter', data: [],
          markLine: { silent: true, precision: 10, symbol: 'none', animation: false, lineStyle: { color: css('--soft'), type: 'dashed' }, label: { formatter: 'baseline', position: 'insideStartTop', color: css('--soft') }, data: [{ yAxis: at(b).mean }] },
          markArea: known(at(b).low) ? { silent: true, itemStyle: { color: css('--ink'), opacity: 0.06 }, data: [[{ yAxis: at(b).low }, { yAxis: at(b).high }]] } : undefined,
        });
      }
      const x = treated.length ? anchored
        ? { min: zero * 0.6, max: highest * 2, axisLabel: { showMaxLabel: false, formatter: (t) => Math.abs(t / zero - 1) < 0.01 ? '0' : t < zero ? '' : t < lowest * 0.99 && t > zero * 1.01 ? '' : short(t) } }
        : wide ? { min: 10 ** Math.floor(Math.log10(Math.min(...ranged))), max: 10 ** Math.ceil(Math.log10(Math.max(...ranged)) - 1e-9), axisLabel: { formatter: short } } : { ...limits(ranged), type: 'value' } : {};
      return {
        ...base(), grid: { left: 22, right: anchored && canvas.clientWidth >= 700 ? 150 : 24, top: 16, bottom: 30, containLabel: true },
        xAxis: axis(label, { type: 'log', ...x, minorSplitLine: { show: false } }), yAxis: axis('', y),
        tooltip: { ...base().tooltip, trigger: 'item', formatter: (p) => p.data?.v ? describe(p.data.v) : '' }, series,
      };
    }, () => ({
      columns: ['Variant', label, 'Validation score'],
      rows: visible().map((v) => [v.name, short(position(v)), range(v[state.moment].validationScore)]),
    }));
  }
  path('path', 'lambda (for weight decay: its strength)', (v) => v.strength, true);
  // The unit of a norm depends on p, so it is measured by the largest among those of the same p.
  const largest = (p) => Math.max(...data.variants.filter((v) => v.p === p).map((v) => v.last.lpNorm.mean ?? 0));
  path('norm', 'norm left, share of the largest with the same p', (v) => v.last.lpNorm.mean / largest(v.p), false);
  path('ratio', 'penalty\u2019s gradient / data loss\u2019s gradient', (v) => v.last.gradientRatio.mean, false);

  /* What a sparse network costs: score against the share of weights at zero, and who is beaten in both by nobody. */
  chart('sparsity', (canvas, entry) => {
    const exact = data.variants.some((v) => v.last.exactZeroFraction?.mean > 0);
    const zeros = (v) => (exact ? v.last.exactZeroFraction : v.last.nearZeroFraction)?.mean;
    const at = (v) => v[state.moment].validationScore;
    const some = visible().filter((v) => known(zeros(v)) && known(at(v).mean));
    const shown = state.range === 'near' ? some.filter((v) => !v.outside) : some;
    const front = some.filter((v) => !some.some((o) => zeros(o) >= zeros(v) && at(o).mean >= at(v).mean && (zeros(o) > zeros(v) || at(o).mean > at(v).mean))).sort((a, b) => zeros(a) - zeros(b));
    const y = limits(shown.flatMap((v) => ends(at(v))));
    say(entry, 'Joined: no other variant has both more zeros and a higher mean score: ' + front.map((v) => v.name).join(', ') + '.'
      + (exact ? ' Exact zeros come of proximal steps.' : ' No weight is exactly 0, as no step here makes exact zeros: the share near zero is drawn.'));
    const most = Math.min(100, Math.max(1, ...shown.map((v) => 108 * zeros(v))));
    const room = [canvas.clientWidth - 90, canvas.clientHeight - 60];
    const beside = places(shown.map((v) => ({
      name: v.name, first: front.includes(v), x: 100 * zeros(v) / most * room[0], y: (y.max - at(v).mean) / (y.max - y.min) * room[1],
    })), room[0]);
    const labelled = front.filter((v) => beside.has(v.name));
    return {
      ...base(), grid: { left: 22, right: 24, top: 16, bottom: 30, containLabel: true },
      xAxis: axis(exact ? 'weights that are exactly 0, %' : 'weights near 0, %', { min: 0, max: most, scale: false, axisLabel: { showMaxLabel: false } }), yAxis: axis('', y),
      tooltip: { ...base().tooltip, trigger: 'item', formatter: (p) => p.data?.v ? describe(p.data.v) : '' },
      series: [
        { ...bar(front.filter((v) => shown.includes(v)).map((v) => [100 * zeros(v), at(v).mean]), css('--soft'), 1.4, 0.9), step: 'end', lineStyle: { color: css('--soft'), type: 'dashed', width: 1.4 } },
        ...shown.filter((v) => known(at(v).low)).map((v) => bar([[100 * zeros(v), at(v).low], [100 * zeros(v), at(v).high]], colour(v), 1.2, faint(v) ? 0.1 : 0.35)),
        ...shown.map((v) => ({
          type: 'scatter', name: v.name, id: 'v' + v.index, symbol: familyOf(v).mark, symbolSize: isBaseline(v) ? 15 : 11, z: isBaseline(v) ? 4 : 3,
          data: [{ name: v.name, value: [100 * zeros(v), at(v).mean], v }], itemStyle: { color: colour(v), opacity: faint(v) ? 0.25 : 1 }, emphasis: { scale: 1.6, label: { show: true } },
          label: { show: labelled.includes(v) && !faint(v), formatter: () => cut(v.name, 28), ...(beside.get(v.name) ?? { position: 'top' }), color: css('--ink'), fontSize: 11.5 },
        })),
      ],
    };
  }, () => ({
    columns: ['Variant', 'Near zero', 'Exactly zero', 'Norm', 'Validation score'],
    rows: visible().map((v) => [v.name, percent(v.last.nearZeroFraction?.mean), percent(v.last.exactZeroFraction?.mean), short(v.last.lpNorm?.mean), range(v[state.moment].validationScore)]),
  }));

  return { base, axis, limits, tip, named, bar, say, apart, cut };
})();
