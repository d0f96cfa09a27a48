import { defineDashboard } from '../../core/define.ts';

/** With the slug of the test in the key or without it; then domain, page, browser and connectivity. */
const page = 'sitespeed_io.{*,*.*}.pageSummary.$site.$page.*.*';
const vital = (name: string, alias: string): string => `alias(averageSeries(${page}.browsertime.statistics.googleWebVitals.${name}.median), '${alias}')`;
const mean = (name: string, alias: string): string => `alias(averageSeries(${page}.${name}), '${alias}')`;

export default defineDashboard({
  slug: 'sitespeed',
  when: ['sitespeed_io.{*,*.*}.pageSummary.*.*'],
  title: 'Pages by sitespeed.io',
  about: 'Web vitals, scores, weight and accessibility of pages that sitespeed.io measures; medians of the runs of each test.',
  range: '7d',
  tags: ['web', 'pages'],
  variables: [
    { name: 'site', label: 'Site', glob: 'sitespeed_io.{*,*.*}.pageSummary.*' },
    { name: 'page', label: 'Page', glob: 'sitespeed_io.{*,*.*}.pageSummary.$site.*' },
  ],
  panels: [
    {
      title: 'Largest paint',
      type: 'value',
      size: [3, 3],
      targets: [vital('largestContentfulPaint', 'LCP')],
      unit: 'ms',
      limits: [
        { value: 2500, state: 'warn', below: false },
        { value: 4000, state: 'bad', below: false },
      ],
    },
    {
      title: 'Layout shift',
      type: 'value',
      size: [3, 3],
      targets: [vital('cumulativeLayoutShift', 'CLS')],
      unit: 'number',
      limits: [
        { value: 0.1, state: 'warn', below: false },
        { value: 0.25, state: 'bad', below: false },
      ],
    },
    {
      title: 'Blocked',
      note: 'total time',
      type: 'value',
      size: [3, 3],
      targets: [vital('totalBlockingTime', 'TBT')],
      unit: 'ms',
      limits: [
        { value: 200, state: 'warn', below: false },
        { value: 600, state: 'bad', below: false },
      ],
    },
    {
      title: 'Coach',
      note: 'of 100',
      type: 'value',
      size: [3, 3],
      targets: [mean('coach.advice.score', 'score')],
      unit: 'number',
      limits: [
        { value: 80, state: 'warn', below: true },
        { value: 60, state: 'bad', below: true },
      ],
    },
    {
      title: 'Paints',
      note: 'median',
      targets: [vital('ttfb', 'first byte'), vital('firstContentfulPaint', 'first content'), vital('largestContentfulPaint', 'largest content')],
      unit: 'ms',
      limits: [{ value: 2500, state: 'warn', below: false }],
    },
    {
      title: 'Loading',
      note: 'median',
      targets: [
        mean('browsertime.statistics.timings.pageTimings.domInteractiveTime.median', 'interactive'),
        mean('browsertime.statistics.timings.pageTimings.pageLoadTime.median', 'loaded'),
        mean('browsertime.statistics.timings.fullyLoaded.median', 'fully loaded'),
      ],
      unit: 'ms',
    },
    { title: 'Layout shift', targets: [vital('cumulativeLayoutShift', 'shift')], unit: 'number', limits: [{ value: 0.1, state: 'warn', below: false }] },
    {
      title: 'Processor',
      note: 'long tasks, median',
      targets: [vital('totalBlockingTime', 'blocked'), mean('browsertime.statistics.cpu.longTasks.maxPotentialFid.median', 'longest delay of an input')],
      unit: 'ms',
    },
    { title: 'Weight', note: 'sent, by type', type: 'stacked', targets: [`aliasByNode(${page}.pagexray.contentTypes.*.transferSize, -2)`], unit: 'B' },
    { title: 'Requests', note: 'by type', type: 'stacked', targets: [`aliasByNode(${page}.pagexray.contentTypes.*.requests, -2)`], unit: 'count' },
    { title: 'Coach', note: 'of 100', targets: [`aliasByNode(${page}.coach.advice.*.score, -2)`], unit: 'number', max: 100 },
    { title: 'Accessibility', note: 'kinds of violations', type: 'stacked', targets: [`aliasByNode(${page}.axe.violations.*.median, -2)`], unit: 'count' },
    { title: 'Elements', note: 'in the page', targets: [mean('browsertime.statistics.pageinfo.domElements.median', 'elements')], unit: 'count' },
    {
      title: 'Pages of the site',
      note: 'largest paint',
      type: 'table',
      size: [12, 6],
      targets: ['aliasByNode(sitespeed_io.{*,*.*}.pageSummary.$site.*.*.*.browsertime.statistics.googleWebVitals.largestContentfulPaint.median, -7)'],
      unit: 'ms',
    },
  ],
});
