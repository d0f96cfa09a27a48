import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { runHeed } from '../harness/heed.ts';
import { type RunningServer, startServer, temporaryFolder } from '../harness/server.ts';

const PYTHON = '/usr/bin/python3';
const WHISPER = '/usr/lib/python3/dist-packages/whisper.py';
const skip = existsSync(PYTHON) && existsSync(WHISPER) ? false : 'python3-whisper is not installed';

/** Debian's own whisper, as long as the test runs. */
function startWhisper(): { ask<Answer>(question: Record<string, unknown>): Promise<Answer>; stop(): void } {
  const child = spawn(PYTHON, [fileURLToPath(new URL('import-whisper.py', import.meta.url))], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask<Answer>(question: Record<string, unknown>) {
      child.stdin.write(`${JSON.stringify(question)}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error('python3-whisper has ended');
      return JSON.parse(value) as Answer;
    },
    stop: () => void child.kill(),
  };
}

interface Fetched {
  start: number;
  step: number;
  values: (number | null)[];
}

async function render(server: RunningServer, name: string, window: { from: number; until: number; now: number }): Promise<Fetched> {
  const question = new URLSearchParams({ target: name, format: 'json' });
  for (const [key, value] of Object.entries(window)) question.set(key, String(value));
  const [row] = await server.json<{ datapoints: [number | null, number][] }[]>(`/render?${question}`);
  const times = row.datapoints.map(([, time]) => time);
  return { start: times[0], step: times[1] - times[0], values: row.datapoints.map(([value]) => value) };
}

/** Methods and retentions; each archive holds some hundred points. */
const SERIES: [name: string, path: string, retention: string, method: string, xff: number][] = [
  ['web.average', 'web/average.wsp', '10s:1h,1m:6h,10m:4d', 'average', 0.5],
  ['web.sum.hits', 'web/sum/hits.wsp', '10s:1h,1m:6h,10m:4d', 'sum', 0],
  ['web.last', 'web/last.wsp', '10s:1h,1m:6h,10m:4d', 'last', 0.3],
  ['slow.max', 'slow/max.wsp', '1m:12h,1h:60d', 'max', 0.5],
  ['slow.min', 'slow/min.wsp', '1m:12h,1h:60d', 'min', 1],
  ['slow.zero', 'slow/zero.wsp', '1m:12h,1h:60d', 'avg_zero', 0.5],
  ['flat.absmax', 'flat/absmax.wsp', '5m:20d', 'absmax', 0.5],
  ['disk.used;host=a.example;mount=x', '_tagged/ab1/cd2/disk_DOT_used;host=a_DOT_example;mount=x.wsp', '10s:1h,1m:6h,10m:4d', 'average', 0.5],
];

test('a window in each archive is answered as whisper-fetch answers it, under carbon’s rules, before and after upkeep', { skip }, async (t) => {
  const scratch = temporaryFolder();
  t.after(() => rmSync(scratch, { recursive: true, force: true }));
  const [files, conf] = [join(scratch, 'whisper'), join(scratch, 'conf')];
  mkdirSync(conf);
  const schemas = [
    ['^slow\\.', '1m:12h,1h:60d'],
    ['^flat\\.', '5m:20d'],
    ['.*', '10s:1h,1m:6h,10m:4d'],
  ];
  writeFileSync(join(conf, 'storage-schemas.conf'), schemas.map(([pattern, keep], i) => `[s${i}]\npattern = ${pattern}\nretentions = ${keep}\n`).join(''));
  const rules = SERIES.map(
    ([name, , , method, xff], i) => `[a${i}]\npattern = ^${name.replace(/;.*/, '')}\naggregationMethod = ${method}\nxFilesFactor = ${xff}\n`,
  );
  writeFileSync(join(conf, 'storage-aggregation.conf'), rules.join(''));
  const whisper = startWhisper();
  t.after(() => whisper.stop());
  let written = 0;
  for (const [, path, retention, method, xff] of SERIES)
    written += (await whisper.ask<{ points: number }>({ do: 'make', path: join(files, path), retention, method, xff })).points;
  assert.ok(written > 5000);

  await using server = await startServer({ args: ['--carbon-conf', conf] });
  const env = { XDG_STATE_HOME: scratch };
  const { code, stdout, stderr } = await runHeed(['import', 'whisper', files, '--json'], { url: server.url, env });
  const report = JSON.parse(stdout) as Report;
  assert.equal(code, 0, stdout + stderr);
  assert.deepEqual([report.files, report.series, report.made, report.different, report.points.old, report.points.there], [8, 8, 8, 0, 0, 0]);
  assert.equal(report.compared, report.points.written);
  assert.deepEqual([report.otherMethods.count, report.otherFactors.count], [0, 0]);

  for (const turn of ['as imported', 'after upkeep']) {
    const now = Math.floor(Date.now() / 1000);
    for (const [name, path, retention] of SERIES) {
      let newer = 0;
      const archives = retention.split(',').map((part) => part.split(':').map(secondsOf));
      for (const [i, [step, keep]] of archives.entries()) {
        // The slots that are not over yet are left to what comes live. At its far end an archive holds a part of a coarser slot only, which
        // the coarser archive tells; and a few of its points go while the test runs.
        const from = now - keep + 2 * step + (archives[i + 1]?.[0] ?? 0);
        const windows = [
          { from, until: now - newer - 2 * step - 120, now },
          { from, until: now - 2 * step - 120, now },
        ];
        for (const window of windows) {
          const wanted = await whisper.ask<Fetched>({ do: 'fetch', path: join(files, path), ...window });
          const got = await render(server, name, window);
          assert.deepEqual([got.start, got.step, got.values.length], [wanted.start, wanted.step, wanted.values.length], `${name} by ${step} s, ${turn}`);
          for (const [i, value] of wanted.values.entries()) {
            const same = value === null ? got.values[i] === null : Math.abs((got.values[i] ?? NaN) - value) <= 1e-9 * Math.abs(value);
            assert.ok(same, `${name} by ${step} s at ${wanted.start + i * wanted.step}, ${turn}: ${value} in the file, ${got.values[i]} here`);
          }
          assert.ok(wanted.values.filter((value) => value !== null).length > 50, `${name} by ${step} s holds something`);
        }
        newer = keep;
      }
    }
    await server.json('/api/v1/compact', { method: 'POST' });
  }
});

interface Report {
  files: number;
  series: number;
  made: number;
  compared: number;
  different: number;
  points: { written: number; there: number; old: number; new: number };
  otherMethods: { count: number };
  otherFactors: { count: number };
}

function secondsOf(text: string): number {
  return Number(text.slice(0, -1)) * { s: 1, m: 60, h: 3600, d: 86_400 }[text.slice(-1) as 's' | 'm' | 'h' | 'd'];
}
