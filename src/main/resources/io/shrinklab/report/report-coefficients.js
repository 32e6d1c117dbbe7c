'use strict';
/* Coefficients of linear fits over lambda. */
(() => {
  const { data, state, known, short, colour, css, make, chart, redraw } = shrinklab;
  const { base, axis, limits, tip, apart } = draw;
  const choice = document.getElementById('coefficient-path');
  if (!choice) {
      return;
  }

  data.coefficients.forEach((path, i) => choice.append(make('option', { value: i, textContent: path.name })));
  choice.parentElement.hidden = data.coefficients.length < 2;
  choice.addEventListener('change', () => redraw(['coefficients']));
  const chosen = () => data.coefficients[Number(choice.value || 0)];

  const dashes = ['solid', [8, 5], [2, 4]];
  const value = (x) => !known(x) ? '\u2013' : x === 0 ? '0' : String(Number(x.toPrecision(4))).replace('-', '\u2212');
  /** A mean, and in how many runs it was exactly 0, where in some. */
  const cell = (path, line, i) => line.zeros[i] === path.runs[i] ? '0'
    : value(line.means[i]) + (line.zeros[i] ? ' (0 in ' + line.zeros[i] + ' of ' + path.runs[i] + ')' : '');

  /** How many coefficients are not exactly 0, on the mean over runs. */
  function left(path, strength) {
    const at = path.strengths.findIndex((s) => s === strength || Math.abs(s / strength - 1) < 1e-6);
    if (at < 0 || !path.runs[at]) return '';
    return String(Math.round(10 * path.lines.reduce((sum, line) => sum + 1 - line.zeros[at] / path.runs[at], 0)) / 10);
  }

  chart('coefficients', (canvas) => {
    const path = chosen();
    const positive = path.strengths.filter((s) => s > 0);
    const weakest = Math.min(...positive), strongest = Math.max(...positive);
    const zero = 10 ** (Math.floor(Math.log10(weakest) + 1e-9) - 1);
    const last = path.strengths.at(-1) > 0 ? weakest : zero;
    const wide = canvas.clientWidth >= 560;
    const y = limits(path.lines.flatMap((line) => line.means).concat(0));
    const heights = path.lines.map((line) => (y.max - line.means.at(-1)) * (canvas.clientHeight - 70) / (y.max - y.min));
    // Names at the last points, moved so that none covers another.
    const lift = apart(heights, 14).map((to, i) => to - heights[i]);
    const series = path.lines.map((line, index) => ({
      type: 'line', name: line.feature, symbol: 'circle', symbolSize: 5, showAllSymbol: true, z: 3,
      // The name stands at the last point: an end label would be left of it, as the axis is turned round.
      data: line.means.map((mean, i) => ({
        value: [path.strengths[i] || zero, known(mean) ? mean : '-'], i,
        label: { show: wide && i === line.means.length - 1, position: 'right', distance: 7, offset: [0, lift[index]], formatter: line.feature.replace(/[{}|]/g, ' '), color: css('--ink') },
      })),
      lineStyle: { color: colour(line), width: 2, type: dashes[line.dash] }, itemStyle: { color: colour(line) },
      emphasis: { focus: 'series' },
    }));
    series.push({
      type: 'line', data: [], silent: true,
      markLine: { silent: true, symbol: 'none', animation: false, label: { show: false }, lineStyle: { color: css('--soft'), type: 'solid', width: 1 }, data: [{ yAxis: 0 }] },
    });
    const longest = Math.max(...path.lines.map((line) => line.feature.length));
    return {
      ...base(), grid: { left: 8, right: wide ? Math.min(190, 24 + 7.5 * longest) : 20, top: path.others ? 16 : 34, bottom: wide ? 30 : 96, containLabel: true },
      legend: { show: !wide, type: 'scroll', bottom: 0, icon: 'roundRect', itemWidth: 14, itemHeight: 10, textStyle: { color: css('--ink') }, pageTextStyle: { color: css('--soft') }, pageIconColor: css('--accent'), pageIconInactiveColor: css('--line'), data: path.lines.map((line) => line.feature) },
      xAxis: [axis('lambda, from strong to weak', {
        type: 'log', inverse: true, min: last * 0.8, max: strongest * 1.25, minorSplitLine: { show: false },
        axisLabel: { showMinLabel: false, showMaxLabel: false, formatter: (t) => Math.abs(t / zero - 1) < 0.01 ? '0' : t < zero ? '' : short(t) },
      }), ...(path.others ? [] : [axis('', {
        // As glmnet has it: how many features are left, on the mean over runs.
        type: 'log', inverse: true, position: 'top', min: last * 0.8, max: strongest * 1.25, splitLine: { show: false }, minorSplitLine: { show: false },
        axisLabel: { customValues: path.strengths.map((s) => s || zero), showMinLabel: true, showMaxLabel: true, formatter: (t) => left(path, t === zero ? 0 : t) },
      })])],
      yAxis: axis('', y),
      tooltip: {
        ...base().tooltip, trigger: 'item',
        formatter: (p) => p.data?.i === undefined ? '' : tip(p.seriesName, [['lambda', short(path.strengths[p.data.i])], ['coefficient', cell(path, path.lines[p.seriesIndex], p.data.i)]]),
      },
      series,
    };
  }, () => {
    const path = chosen();
    return {
      columns: ['Feature', ...path.strengths.map((s) => 'lambda ' + short(s))],
      rows: path.lines.map((line) => [line.feature, ...path.strengths.map((_, i) => cell(path, line, i))]),
    };
  });
})();
