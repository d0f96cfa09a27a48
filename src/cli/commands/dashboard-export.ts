import type { DashboardAnswer, DashboardDiff, GrafanaJson, GrafanaQuestion } from '../../api/contract.ts';
import { defineCommand, EXIT } from '../../core/define.ts';
import { ServerClient } from '../client.ts';

export default defineCommand({
  name: 'dashboard export',
  about: 'Prints a dashboard as YAML, to be kept as a file, or as JSON that Grafana imports.',
  args: [{ name: '<slug>', about: 'Its address, as heed dashboard list shows it.' }],
  options: [
    { flags: '--grafana', about: "Print Grafana's JSON." },
    { flags: '--json', about: 'Print the dashboard as the API gives it.' },
  ],
  examples: ['heed dashboard export shop > heed.dashboards/shop.yaml', 'heed dashboard export shop --grafana > shop.json'],
  async run({ args: [slug], options, io }) {
    const client = new ServerClient(io);
    const address = `/api/v1/dashboards/${encodeURIComponent(slug)}`;
    const { dashboard } = await client.json<DashboardAnswer>(address);
    if (options.json) io.stdout.write(`${JSON.stringify(dashboard)}\n`);
    else if (options.grafana) {
      const json = await client.post<GrafanaJson>('/api/v1/dashboards/grafana', { dashboard } satisfies GrafanaQuestion);
      io.stdout.write(`${JSON.stringify(json, null, 2)}\n`);
    } else io.stdout.write((await client.post<DashboardDiff>(`${address}/diff`, { dashboard })).yaml);
    return EXIT.ok;
  },
});
