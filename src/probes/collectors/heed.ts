import { defineProbe, type ReadPoint } from '../../core/define.ts';
import { Kind, Method } from '../../core/series.ts';

export default defineProbe({
  name: 'heed',
  group: 'collectors',
  about: 'What Heed itself takes, keeps, drops and uses: its counters and the size of its process and data.',
  every: 10_000,
  options: {},
  async read({ own, prefix }) {
    const { counters, gauges } = await own();
    const points: ReadPoint[] = [];
    for (const [name, value] of Object.entries(counters)) points.push({ name: `${prefix}.${name}`, value, kind: Kind.counter, method: Method.sum });
    for (const [name, value] of Object.entries(gauges)) points.push({ name: `${prefix}.${name}`, value, kind: Kind.gauge, method: Method.last });
    return { problem: '', points };
  },
});
