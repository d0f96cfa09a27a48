import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { text } from 'node:stream/consumers';
import type { DashboardAnswer, DashboardRead } from '../../api/contract.ts';
import { defineCommand, EXIT } from '../../core/define.ts';
import { causeOf, HeedError } from '../../core/errors.ts';
import { slugOf } from '../../core/slug.ts';
import { ServerClient } from '../client.ts';
import { printable, styleFor } from '../terminal.ts';

const FORMATS = { heed: 'Heed', grafana: 'Grafana', 'graphite-web': 'graphite-web' } as const;

export default defineCommand({
  name: 'dashboard import',
  about: 'Makes a dashboard of a file: YAML of ours, or JSON that Grafana or graphite-web exported; says what could not be taken over.',
  args: [{ name: '<file>', about: 'The file; - reads standard input.' }],
  options: [
    { flags: '--slug <slug>', about: 'Its address: small letters, digits and -; made of the title unless given.' },
    { flags: '--replace', about: 'Take the place of the dashboard that has this address.' },
    { flags: '--json', about: 'Print what was made as JSON.' },
  ],
  examples: ['heed dashboard import grafana-export.json', 'heed dashboard import shop.yaml --slug shop --replace'],
  async run({ args: [file], options, io }) {
    const client = new ServerClient(io);
    const style = styleFor(io);
    const { dashboard, format, notes } = await client.post<DashboardRead>('/api/v1/dashboards/read', { text: await textOf(file) });
    const slug = typeof options.slug === 'string' ? options.slug : slugOf(dashboard.title).slice(0, 100) || slugOf(basename(file, extname(file)));
    const version = options.replace === true ? await versionOf(client, slug) : '';
    const made = await client.json<DashboardAnswer>(`/api/v1/dashboards/${encodeURIComponent(slug)}`, {
      method: 'PUT',
      body: JSON.stringify({ dashboard, version }),
      headers: { 'content-type': 'application/json' },
    });
    if (options.json) io.stdout.write(`${JSON.stringify({ ...made, format, notes })}\n`);
    else {
      io.stdout.write(
        `${style.state('ok')} ${printable(dashboard.title)}, ${dashboard.panels.length} panels, from ${FORMATS[format]}: ${client.url}/dashboards/${slug}\n`,
      );
      for (const note of notes) io.stdout.write(`${style.state('warn')} ${printable(note)}\n`);
    }
    return EXIT.ok;
  },
});

async function textOf(file: string): Promise<string> {
  try {
    return file === '-' ? await text(process.stdin) : await readFile(file, 'utf8');
  } catch (error) {
    throw new HeedError('bad_option', `cannot read ${file}: ${causeOf(error)}`);
  }
}

async function versionOf(client: ServerClient, slug: string): Promise<string> {
  try {
    return (await client.json<DashboardAnswer>(`/api/v1/dashboards/${encodeURIComponent(slug)}`)).version;
  } catch (error) {
    if (error instanceof HeedError && error.status === 404) return '';
    throw error;
  }
}
