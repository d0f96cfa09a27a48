import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import type { EventAnswer, IssuesAnswer } from '../../src/api/contract-errors.ts';
import { bundleOf, piecesOf } from '../../src/store/artifacts/bundle.fixture.ts';
import { bigMap } from '../load/big-map.ts';
import { type RunningHeed, startHeed } from '../peers/heed.ts';
import { median, printMeasurements } from '../table.ts';

const KEY = 'a1b2c3d4e5f60718293a4b5c6d7e8f90';
const [ROUNDS, NEXT] = [7, 20];
const FRAMES = 20;
const CHUNK = 1_000_000;

/** The event that a page shows, mapped by a map of 5 MB that was not read yet, and when it was. Beside it: the library alone, with the map's text in memory. */
export async function bench(): Promise<void> {
  const [cold, first, next, library]: [number[], number[], number[], number[]] = [[], [], [], []];
  let bytes = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const server = await startHeed('0,1', { env: { HEED_DSN_KEY: KEY } });
    for (const views of [cold, first]) {
      const build = bigMap();
      bytes = build.map.length;
      await upload(server, build);
      const path = await send(server, build);
      views.push(await view(server, path));
      for (let i = 0; i < NEXT; i++) next.push(await view(server, path));
      const begun = performance.now();
      const map = new TraceMap(build.map);
      for (const column of build.columns.slice(0, FRAMES)) originalPositionFor(map, { line: 1, column });
      library.push(performance.now() - begun);
    }
    await server.stop();
  }
  const ms = { unit: 'ms', better: 'less' } as const;
  printMeasurements(`an event of ${FRAMES} frames, source map of ${(bytes / 1e6).toFixed(1)} MB; medians of ${ROUNDS} rounds, the server new in each`, [
    { what: 'first view of the first map since the start', values: { heed: median(cold), library: median(library) }, ...ms, goal: '300' },
    { what: 'first view of another map', values: { heed: median(first), library: median(library) }, ...ms, goal: '300' },
    { what: 'slowest first view', values: { heed: Math.max(...cold, ...first) }, ...ms, goal: '300' },
    { what: 'next view', values: { heed: median(next) }, ...ms, goal: '30' },
    { what: 'slowest next view', values: { heed: Math.max(...next) }, ...ms, goal: 'for comparison' },
  ]);
}

async function upload(server: RunningHeed, { debugId, minified, map }: ReturnType<typeof bigMap>): Promise<void> {
  const headers = { 'debug-id': debugId };
  const { checksum, chunks, pieces } = piecesOf(
    bundleOf([
      { type: 'minified_source', url: '~/app.js', content: minified, headers },
      { type: 'source_map', url: '~/app.js.map', content: map, headers },
    ]),
    CHUNK,
  );
  const organization = `${server.url}/api/0/organizations/any`;
  for (const [i, piece] of pieces.entries()) {
    const form = new FormData();
    form.append('file', new Blob([Uint8Array.from(piece)]), chunks[i]);
    await answered(fetch(`${organization}/chunk-upload/`, { method: 'POST', body: form }));
  }
  const body = JSON.stringify({ checksum, chunks, projects: ['default'] });
  await answered(fetch(`${organization}/artifactbundle/assemble/`, { method: 'POST', headers: { 'content-type': 'application/json' }, body }));
}

/** Sends an event of this build, and gives the address by which its page asks for it. */
async function send(server: RunningHeed, { debugId, columns }: ReturnType<typeof bigMap>): Promise<string> {
  const frame = { abs_path: 'https://shop.test/app.js', filename: '/app.js', lineno: 1, in_app: true, function: 'e' };
  const event = {
    platform: 'javascript',
    exception: {
      values: [
        {
          type: `Error${debugId.slice(0, 4)}`,
          value: 'no',
          stacktrace: { frames: columns.slice(0, FRAMES).map((column) => ({ ...frame, colno: column + 1 })) },
        },
      ],
    },
    debug_meta: { images: [{ type: 'sourcemap', code_file: frame.abs_path, debug_id: debugId }] },
    fingerprint: [debugId],
  };
  const before = (await listed(server)).issues.length;
  await answered(fetch(`${server.url}/api/1/store/?sentry_key=${KEY}&sentry_version=7`, { method: 'POST', body: JSON.stringify(event) }));
  for (;;) {
    const { issues } = await listed(server);
    if (issues.length > before) return `/api/v1/issues/${issues.toSorted((a, b) => b.id - a.id)[0].id}/events/latest`;
  }
}

const listed = async (server: RunningHeed): Promise<IssuesAnswer> => (await answered(fetch(`${server.url}/api/v1/issues`))) as IssuesAnswer;

/** Milliseconds until the whole answer was read. @throws when a frame is not mapped */
async function view(server: RunningHeed, path: string): Promise<number> {
  const begun = performance.now();
  const { maps } = (await answered(fetch(server.url + path))) as EventAnswer;
  const ms = performance.now() - begun;
  const mapped = maps?.filter(({ ok }) => ok).length ?? 0;
  if (mapped !== FRAMES) throw new Error(`cannot measure: ${mapped} of ${FRAMES} frames of ${path} are mapped: ${JSON.stringify(maps?.[0])}`);
  return ms;
}

async function answered(asked: Promise<Response>): Promise<unknown> {
  const answer = await asked;
  const text = await answer.text();
  if (!answer.ok) throw new Error(`cannot measure: ${answer.url} answered ${answer.status}: ${text.slice(0, 200)}`);
  return JSON.parse(text);
}
