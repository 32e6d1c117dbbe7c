'use strict';
/* Which setting does what: every variant as a line over its settings, and what each setting does on average. */
(() => {
  const { data, state, known, number, signed, range, percent, css, sought, isBaseline, chart, quiet, update } = shrinklab;
  const { base, axis, limits, tip, named, say, cut } = draw;
  const none = 'none';
  const at = (v) => v[state.moment].validationScore?.mean;
  const value = (v, path) => v.settings[path] || none;

  /** Of all settings of a top-level grid, unlike in the other charts: here they are what is looked at. */
  const lines = () => data.variants.filter((v) => known(at(v)) && (sought(v) || isBaseline(v)));

  const mix = (from, to, share) => '#' + [1, 3, 5].map((i) => Math.round(parseInt(from.slice(i, i + 2), 16) * (1 - share) + parseInt(to.slice(i, i + 2), 16) * share).toString(16).padStart(2, '0')).join('');
  /** From low to high, told apart with any colour vision and seen on either ground. */
  const scale = () => state.dark ? ['#d9793f', '#8d96a1', '#8fc1f7'] : ['#b4560b', '#8b929b', '#125ba3'];
  const tint = (share) => { const [low, middle, high] = scale(); return share < 0.5 ? mix(low, middle, 2 * share) : mix(middle, high, 2 * share - 1); };

  /** What is dragged over on an axis is selected, for all charts. */
  const heard = new WeakSet();
  let items = [];
  function hear(instance) {
    if (!instance || heard.has(instance)) return;
    heard.add(instance);
    instance.on('axisareaselected', () => {
      const inside = instance.getModel().getSeriesByIndex(0).getRawIndicesByActiveState('active');
      if (!inside.length) return;
      quiet(instance);
      state.selected = new Set(inside.map((i) => items[i].v.index));
      update();
    });
  }

  chart('parallel', (canvas, entry) => {
    hear(entry.instance);
    const all = lines(), inside = all.filter((v) => !v.outside);
    const shown = state.range === 'near' && inside.length ? inside : all;
    const { min, max } = limits(shown.map(at), 0.03);
    const off = all.filter((v) => at(v) < min);
    say(entry, off.length ? 'Below this scale, and drawn at its end: ' + off.map((v) => v.name + ' (' + number(at(v), 3) + ')').join(', ') + '. \u201cAll variants\u201d above widens it.' : '');
    const share = (v) => max > min ? (Math.max(min, at(v)) - min) / (max - min) : 0.5;
    // Too many axes for the width stand one below the other.
    const vertical = canvas.clientWidth < 150 * (data.axes.length + 1);
    canvas.style.height = vertical ? 60 + 105 * data.axes.length + 'px' : '';
    const selected = state.selected.size > 0;
    const score = data.axes.length;
    const most = Math.floor((vertical ? canvas.clientWidth - 40 : 150) / 6.5);
    const label = { color: css('--ink'), fontSize: 11.5, hideOverlap: true, backgroundColor: css('--card'), padding: [1, 4], borderRadius: 3, formatter: (t) => cut(String(t), 16) };
    const line = { lineStyle: { color: css('--soft'), width: 1.2 } };
    const places = data.axes.map((each, dim) => ({
      dim, name: cut(each.path, most), type: 'category', data: each.values.map((t) => t || none), axisLabel: label, axisLine: line, axisTick: { show: true, alignWithLabel: true, lineStyle: { color: css('--soft') } },
    }));
    places.push({
      dim: score, name: cut('validation ' + data.score, most), type: 'value', min, max, axisTick: { show: false },
      axisLabel: { ...label, showMinLabel: false, showMaxLabel: false, formatter: (t) => String(Number(t.toPrecision(4))) },
      axisLine: { lineStyle: { width: 7, color: new echarts.graphic.LinearGradient(0, vertical ? 0 : 1, vertical ? 1 : 0, 0, scale().map((color, i) => ({ offset: i / 2, color }))) } },
    });
    // The best last, so that it lies on top.
    items = [...all].sort((a, b) => (state.selected.has(a.index) - state.selected.has(b.index)) || at(a) - at(b)).map((v) => ({
      name: v.name, v, value: [...data.axes.map((each) => value(v, each.path)), Math.max(min, at(v))],
      lineStyle: { color: tint(share(v)), width: state.selected.has(v.index) ? 3.4 : isBaseline(v) ? 2.6 : 1.8, opacity: selected && !state.selected.has(v.index) ? 0.16 : 0.85 },
    }));
    return {
      ...base(),
      parallel: {
        layout: vertical ? 'vertical' : 'horizontal', left: vertical ? 24 : 20 + 3.5 * places[0].name.length, right: vertical ? 28 : 20 + 3.5 * places[score].name.length, top: vertical ? 34 : 38, bottom: vertical ? 34 : 24,
        parallelAxisDefault: {
          realtime: false, z: 5, nameLocation: 'end', nameGap: vertical ? 0 : 16, nameTextStyle: { color: css('--ink'), fontWeight: 600, fontSize: 12, align: vertical ? 'right' : 'center', verticalAlign: 'bottom', backgroundColor: css('--card'), borderRadius: 3, padding: [1, 4], ...(vertical ? { offset: 9 } : {}) },
          areaSelectStyle: { width: 22, color: css('--accent'), borderColor: css('--accent'), opacity: 0.2 },
        },
      },
      parallelAxis: places,
      tooltip: {
        ...base().tooltip, trigger: 'item',
        formatter: (p) => p.data?.v ? tip(named(p.data.v), [...data.axes.map((each) => [each.path, value(p.data.v, each.path)]), ['validation ' + data.score, range(p.data.v[state.moment].validationScore)]],
          state.moment === 'best' ? 'best epoch' : 'last epoch') : '',
      },
      series: [{ type: 'parallel', animation: false, smooth: 0.12, inactiveOpacity: 0.1, activeOpacity: 0.95, data: items, emphasis: { lineStyle: { width: 5, opacity: 1 } } }],
    };
  }, () => ({
    columns: ['Variant', ...data.axes.map((each) => each.path), 'Validation ' + data.score],
    rows: [...lines()].sort((a, b) => at(b) - at(a)).map((v) => [v.name, ...data.axes.map((each) => value(v, each.path)), range(v[state.moment].validationScore)]),
  }));

  const share = ({ share: s }) => (s > 0 && s < 0.005 ? 'less than 1\u00a0%' : percent(s, 0)) + ' of the variation';

  /* Main effects: a panel for each setting. */
  const wanted = 250, tall = 250;
  const spread = (effects) => limits([0, ...effects.flatMap((e) => e.levels.flatMap((l) => [l.effect.mean, l.effect.low, l.effect.high]))]);
  const digits = (y) => Math.max(0, Math.ceil(-Math.log10(Math.max(1e-9, (y.max - y.min) / 4))));
  /** An interval with marks at its ends. */
  const whiskers = (ink) => (_, api) => {
    if (Number.isNaN(api.value(1))) return null;
    const [x, low] = api.coord([api.value(0), api.value(1)]), [, high] = api.coord([api.value(0), api.value(2)]);
    return { type: 'group', children: [[x, low, x, high], [x - 5, low, x + 5, low], [x - 5, high, x + 5, high]].map(([x1, y1, x2, y2]) => ({ type: 'line', shape: { x1, y1, x2, y2 }, style: { stroke: ink, lineWidth: 2 } })) };
  };
  chart('effects', (canvas) => {
    const columns = Math.max(1, Math.min(data.effects.length, Math.floor(canvas.clientWidth / wanted)));
    canvas.style.height = Math.ceil(data.effects.length / columns) * tall + 'px';
    const one = state.effects === 'one', ink = css('--accent');
    const left = one ? 46 : 0, width = (canvas.clientWidth - left) / columns, inner = one ? 8 : 54;
    const option = { ...base(), title: [], grid: [], xAxis: [], yAxis: [], series: [] };
    data.effects.forEach((effect, i) => {
      const column = i % columns, top = Math.floor(i / columns) * tall, x = left + column * width + inner;
      const y = spread(one ? data.effects : [effect]);
      const on = { xAxisIndex: i, yAxisIndex: i };
      option.title.push({ text: cut(effect.name, Math.floor((width - 20) / 7)), subtext: share(effect), left: x - 6, top, padding: [2, 5], itemGap: 7, textStyle: { color: css('--ink'), fontSize: 13 }, subtextStyle: { color: css('--soft'), fontSize: 12 } });
      option.grid.push({ left: x, width: width - inner - 18, top: top + 52, height: tall - 90 });
      option.xAxis.push(axis('', { gridIndex: i, type: 'category', data: effect.levels.map((l) => l.value), splitLine: { show: false }, axisLine: { show: true, onZero: false, lineStyle: { color: css('--line') } }, axisLabel: { formatter: (t) => cut(t, 12), showMinLabel: true, showMaxLabel: true } }));
      option.yAxis.push(axis('', { ...y, gridIndex: i, splitNumber: 4, axisLabel: { show: !one || column === 0, formatter: (t) => Math.abs(t) < 1e-12 ? '0' : signed(t, digits(y)) } }));
      option.series.push({ ...on, type: 'custom', silent: true, z: 2, data: effect.levels.map((l, k) => [k, l.effect.low, l.effect.high]), tooltip: { show: false }, renderItem: whiskers(ink) }, {
        ...on, type: 'line', z: 3, symbol: 'circle', symbolSize: 9, showAllSymbol: true, data: effect.levels.map((l) => ({ value: l.effect.mean, effect, level: l })),
        lineStyle: { color: ink, width: 1.4, opacity: 0.5 }, itemStyle: { color: ink },
        markLine: { silent: true, symbol: 'none', animation: false, label: { show: false }, lineStyle: { color: css('--soft'), type: 'solid', width: 1.2 }, data: [{ yAxis: 0 }] },
      });
    });
    option.tooltip = {
      ...option.tooltip, trigger: 'item',
      formatter: (p) => p.data?.level ? tip(p.data.effect.name + ' ' + p.data.level.value, [['effect', range(p.data.level.effect, signed)], ['adjusted p', number(p.data.level.adjusted, 3)], ['mean ' + data.score, number(p.data.level.mean)], ['variants', String(p.data.level.variants)]]) : '',
    };
    return option;
  }, () => ({
    columns: ['Setting', 'Value', 'Variants', 'Mean ' + data.score, 'Effect', 'Adjusted p'],
    rows: data.effects.flatMap((e) => e.levels.map((l) => [e.name, l.value, String(l.variants), number(l.mean), range(l.effect, signed), number(l.adjusted, 3)])),
  }));
})();
