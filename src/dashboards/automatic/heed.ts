import { defineDashboard } from '../../core/define.ts';

export default defineDashboard({
  slug: 'heed',
  when: ['heed.process.rss_bytes'],
  title: 'Heed itself',
  about: 'What Heed takes, keeps, drops and uses.',
  range: '1h',
  panels: [{ title: 'Memory', type: 'value', at: [0, 0, 3, 3], targets: ['heed.process.rss_bytes'], unit: 'B' }],
});
