import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { gzipSync } from 'node:zlib';
import { fileOf } from '../../src/cli/import/whisper.fixture.ts';
import { runHeed } from '../harness/heed.ts';
import { eventually, HEED, renderValues, type RunningServer, startServer, temporaryFolder } from '../harness/server.ts';

interface Report {
  series: number;
  made: number;
  unchanged: number;
  files: number;
  compared: number;
  different: number;
  startedOver: boolean;
  lines: number;
  taken: number;
  points: { read: number; written: number; there: number; old: number; new: number; refused: number };
  damaged: { count: number };
  tooShort: { wanted: string; here: string; points: number }[];
}

function scratchFolder(t: TestContext): string {
  const folder = temporaryFolder();
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Files of one archive each, full to the present, with values that tell file and slot. */
function writeFiles(folder: string, files: number, step: number, points: number): void {
  const last = Math.floor(Date.now() / 1000 / step) * step;
  for (let file = 0; file < files; file++) {
    const path = join(folder, `load/part${Math.floor(file / 10)}/f${file}.wsp`);
    mkdirSync(join(path, '..'), { recursive: true });
    const held = Array.from({ length: points }, (_, i): [number, number] => [last - (points - 1 - i) * step, file + i / 1000]);
    // With room in the ring, so that no point goes while the test runs.
    writeFileSync(path, fileOf([{ step, points: points + 1000, held }]));
  }
}

const importing = (server: RunningServer, scratch: string, args: string[]): ReturnType<typeof runHeed> =>
  runHeed(['import', ...args, '--json'], { url: server.url, env: { XDG_STATE_HOME: scratch } });

const reportOf = ({ stdout }: { stdout: string }): Report => JSON.parse(stdout) as Report;

function startImport(server: RunningServer, scratch: string, folder: string): { child: ChildProcess; output: () => string } {
  const child = spawn(HEED, ['import', 'whisper', folder, '--json'], { env: { ...process.env, HEED_URL: server.url, XDG_STATE_HOME: scratch } });
  let output = '';
  child.stdout.on('data', (data: Buffer) => (output += data.toString()));
  child.stderr.on('data', (data: Buffer) => (output += data.toString()));
  return { child, output: () => output };
}

/** Resolves when an import has noted something as done. */
async function somethingDone(scratch: string): Promise<void> {
  const state = join(scratch, 'heed');
  const notes = (): string[] => (existsSync(state) ? readdirSync(state).filter((name) => name.endsWith('.jsonl')) : []);
  await eventually(async () => notes().some((name) => readFileSync(join(state, name)).length > 0), Boolean);
}

const FILES = 60;
const POINTS = 40_000;

test('an import that was killed goes on where it was, redoing little and doubling nothing', async (t) => {
  const scratch = scratchFolder(t);
  const folder = join(scratch, 'whisper');
  writeFiles(folder, FILES, 10, POINTS);
  await using server = await startServer();
  const { child } = startImport(server, scratch, folder);
  const ended = once(child, 'exit');
  await somethingDone(scratch);
  child.kill('SIGKILL');
  assert.equal((await ended)[0], null, 'it was killed on its way');

  const again = await importing(server, scratch, ['whisper', folder]);
  const report = reportOf(again);
  assert.equal(again.code, 0, again.stdout + again.stderr);
  // Some files are passed over or have nothing but the points of the last minute; at most two batches were on their way.
  assert.ok(report.points.read < FILES * POINTS, `${report.points.read} points were sent again`);
  assert.ok(report.points.there <= 2 * 524_288, `${report.points.there} points were sent twice`);
  assert.equal(report.different, 0);
  const all = await importing(server, scratch, ['whisper', folder, '--again']);
  const { points, compared } = reportOf(all);
  assert.deepEqual([all.code, points.read, points.there + points.new + points.written], [0, FILES * POINTS, FILES * POINTS]);
  assert.equal(compared, FILES * POINTS - points.new);
  // Nothing is there twice: a sum over one file's slots is what the file holds.
  const values = await renderValues(server, 'load.part0.f7', '-5d');
  assert.equal(new Set(values).size, values.length);
  assert.ok(values.length > POINTS - 20 && values.every((value) => value >= 7 && value < 7 + POINTS / 1000));
});

test('a server that is killed meanwhile and started again loses nothing of an import', async (t) => {
  const scratch = scratchFolder(t);
  const [folder, data] = [join(scratch, 'whisper'), join(scratch, 'data')];
  writeFiles(folder, FILES, 10, POINTS);
  const first = await startServer({ folder: data });
  const { child, output } = startImport(first, scratch, folder);
  const ended = once(child, 'exit');
  await somethingDone(scratch);
  await first.stop('SIGKILL');
  await using server = await startServer({ folder: data, args: ['--http', first.url.replace('http://', '')] });
  const [code] = (await ended) as [number | null];
  assert.equal(code, 0, output());
  const report = JSON.parse(output()) as Report;
  assert.deepEqual([report.different, report.compared], [0, FILES * POINTS - report.points.new]);
  const values = await renderValues(server, 'load.part3.f33', '-5d');
  await server.json('/api/v1/compact', { method: 'POST' });
  assert.deepEqual(await renderValues(server, 'load.part3.f33', '-5d'), values);
  assert.ok(values.length > POINTS - 20 && new Set(values).size === values.length);
});

test('notes of another data folder are not believed', async (t) => {
  const scratch = scratchFolder(t);
  const folder = join(scratch, 'whisper');
  writeFiles(folder, 3, 60, 500);
  const first = await startServer();
  assert.equal((await importing(first, scratch, ['whisper', folder])).code, 0);
  assert.deepEqual([reportOf(await importing(first, scratch, ['whisper', folder])).points.there], [0]);
  await first[Symbol.asyncDispose]();
  await using server = await startServer({ args: ['--http', first.url.replace('http://', '')] });
  const report = reportOf(await importing(server, scratch, ['whisper', folder]));
  assert.deepEqual([report.startedOver, report.made, report.points.written + report.points.new], [true, 3, 1500]);
});

test('damaged files are told by name and skipped, the rest comes; nothing there and no server have codes of their own', async (t) => {
  const scratch = scratchFolder(t);
  const folder = join(scratch, 'whisper');
  writeFiles(folder, 2, 60, 500);
  writeFileSync(join(folder, 'load/cut.wsp'), readFileSync(join(folder, 'load/part0/f0.wsp')).subarray(0, 3000));
  writeFileSync(join(folder, 'load/junk.wsp'), 'no whisper at all, but long enough to have a header');
  mkdirSync(join(folder, '_tagged/abc/def'), { recursive: true });
  writeFileSync(join(folder, `_tagged/abc/def/${'0f'.repeat(32)}.wsp`), readFileSync(join(folder, 'load/part0/f0.wsp')));
  await using server = await startServer();
  const env = { XDG_STATE_HOME: scratch };
  const dry = await runHeed(['import', 'whisper', folder, '--dry-run'], { url: server.url, env });
  assert.match(dry.stdout, /2 series from .* points would be written, 2 series would be new/);
  assert.deepEqual(await server.json('/metrics/find?query=load.*'), []);
  const { code, stdout } = await runHeed(['import', 'whisper', folder, '--prefix', 'old'], { url: server.url, env });
  assert.equal(code, 1);
  assert.match(
    stdout,
    /✗ 2 files could not be read and were skipped\n {4}load\/cut\.wsp: it ends \d+ bytes early\n {4}load\/junk\.wsp: it has no aggregation method/,
  );
  assert.match(stdout, /✗ 1 files tell no name and were skipped/);
  assert.match(stdout, /✓ read back: \d+ points compared, all as they were sent/);
  assert.ok((await renderValues(server, 'old.load.part0.f1', '-6h')).length > 300);
  const matched = reportOf(await importing(server, scratch, ['whisper', folder, '--match', '*.f1', '--prefix', 'other']));
  assert.deepEqual([matched.files, matched.made], [1, 1]);

  mkdirSync(join(scratch, 'empty'));
  assert.equal((await importing(server, scratch, ['whisper', join(scratch, 'empty')])).code, 4);
  const away = await runHeed(['import', 'whisper', folder], { url: 'http://127.0.0.1:1', env });
  assert.equal(away.code, 3, away.stderr);
});

test('points older than the policy keeps are told with what would keep them; with it they stay, whatever upkeep does', async (t) => {
  const scratch = scratchFolder(t);
  const folder = join(scratch, 'whisper');
  const last = Math.floor(Date.now() / 3_600_000) * 3600;
  const held = Array.from({ length: 5 * 8760 }, (_, i): [number, number] => [last - i * 3600, i]);
  mkdirSync(folder);
  writeFileSync(join(folder, 'years.wsp'), fileOf([{ step: 3600, points: 5 * 8760, held }], { method: 2 }));
  const ask = async (server: RunningServer): Promise<number[]> => renderValues(server, 'years', `${last - 1826 * 86_400}&until=${last - 1800 * 86_400}`);
  {
    await using server = await startServer();
    const { code, stdout } = await importing(server, scratch, ['whisper', folder]);
    const { points, tooShort } = JSON.parse(stdout) as Report;
    assert.equal(code, 0);
    assert.ok(points.old > 3 * 8700 && points.written > 2 * 8700);
    assert.deepEqual(tooShort, [{ wanted: '1h:5y', here: '1s:1w,1m:60d,10m:2y', series: 1, points: points.old, example: 'years' }]);
    assert.deepEqual(await ask(server), []);
  }
  writeFileSync(join(scratch, 'heed.config.yaml'), "retention:\n  - { pattern: '^years', keep: '1m:7d,1h:6y' }\n");
  await using server = await startServer({ cwd: scratch });
  const { code, stdout } = await importing(server, scratch, ['whisper', folder]);
  const { points, different } = JSON.parse(stdout) as Report;
  assert.deepEqual([code, points.old, different], [0, 0, 0]);
  const before = await ask(server);
  assert.ok(before.length > 20 * 24);
  for (let i = 0; i < 2; i++) await server.json('/api/v1/compact', { method: 'POST' });
  assert.deepEqual(await ask(server), before);
});

test('a dump of Graphite lines comes from a file, by gzip and on standard input; bad lines are told by number', async (t) => {
  const scratch = scratchFolder(t);
  const start = Math.floor(Date.now() / 1000) - 7200;
  const lines = Array.from({ length: 3000 }, (_, i) => `dump.s${i % 3} ${i} ${start + i}`);
  lines.splice(1000, 0, 'dump.s0 one 1', 'what is this line');
  const text = `${lines.join('\n')}\n`;
  writeFileSync(join(scratch, 'dump.txt'), text);
  writeFileSync(join(scratch, 'dump.gz'), gzipSync(text));
  await using server = await startServer();
  const env = { XDG_STATE_HOME: scratch };
  const { code, stdout } = await runHeed(['import', 'carbon-dump', join(scratch, 'dump.txt')], { url: server.url, env });
  assert.equal(code, 1);
  assert.match(stdout, /✓ 3 series from 3,002 lines: 3,000 points written, 3 series new/);
  assert.match(stdout, /✗ 2 lines are no points and were skipped\n {4}line 1001: 'one' is not a number\n {4}line 1002: 4 fields, not name, value and time/);
  const again = reportOf(await importing(server, scratch, ['carbon-dump', join(scratch, 'dump.txt')]));
  assert.deepEqual([again.taken, again.points.read], [0, 0]);
  const zipped = reportOf(await importing(server, scratch, ['carbon-dump', join(scratch, 'dump.gz')]));
  assert.deepEqual([zipped.taken, zipped.points.there, zipped.points.written], [3000, 3000, 0]);

  const child = spawn(HEED, ['import', 'carbon-dump', '-', '--json'], { env: { ...process.env, ...env, HEED_URL: server.url } });
  const ended = once(child, 'exit');
  child.stdin.end(`piped.by.hand 7 ${start}\npiped.by.hand 8 ${start}\n`);
  assert.deepEqual(await ended, [0, null]);
  assert.deepEqual(await renderValues(server, 'piped.by.hand', '-3h'), [8]);
});

test('an import neither takes the place of live points nor more room than there may be', async (t) => {
  const scratch = scratchFolder(t);
  const folder = join(scratch, 'whisper');
  writeFiles(folder, 3, 60, 100);
  await using server = await startServer({ args: ['--max-series', '400'] });
  const now = Math.floor(Date.now() / 60_000) * 60;
  await runHeed(['send', `load.part0.f0 -5 ${now - 600}`], { url: server.url });
  await eventually(
    () => renderValues(server, 'load.part0.f0', '-20min'),
    (values) => values.includes(-5),
  );
  const report = reportOf(await importing(server, scratch, ['whisper', folder]));
  assert.deepEqual([report.points.there, report.different, report.made], [1, 0, 2]);
  assert.ok((await renderValues(server, 'load.part0.f0', '-20min')).includes(-5));
});
