import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { runStatsd } from './statsd.fixture.ts';

// What upstream (statsd/statsd at f7157b8) was seen to flush for one packet of awkward lines.
const input = readFileSync(new URL('statsd_observed_input.txt', import.meta.url), 'utf8')
  .split('\n')
  .slice(1)
  .join('\n')
  .replace('\\r', '\r')
  .trimEnd();
const flushes = readFileSync(new URL('statsd_observed_flushes.txt', import.meta.url), 'utf8')
  .split(/^--- flush \d+\n/m)
  .slice(1)
  .map((text) =>
    Object.fromEntries(
      text
        .trim()
        .split('\n')
        .map((line) => line.split(' '))
        .map(([name, value]) => [name, Number(value === 'TS' ? NaN : value)]),
    ),
  );

/** Times and lengths, which differ from run to run. */
const VOLATILE = /graphiteStats|processing_time|timestamp_lag/;
const masked = (numbers: Record<string, number>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(numbers)
      .map(([name, value]): [string, number] => [name, VOLATILE.test(name) ? 0 : value])
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );

test('the observed packet flushes to the observed lines, three times', async (t) => {
  const statsd = await runStatsd(t, {
    flush: '1',
    histograms: 'counter',
    percentiles: '90,99.9,-10',
    'statsdOptions.histogram': '[{"metric":"t1","bins":[10,100,"inf"]}]',
  });
  await statsd.udp(input);
  assert.deepEqual(masked(await statsd.flush()), masked(flushes[0]));
  // `exp` is missing from the second flush on: it was deleted on upstream's admin port meanwhile.
  const admin = await statsd.tcp('statsd-admin');
  admin.write('delcounters exp');
  const [answer] = (await once(admin, 'data')) as [Buffer];
  assert.equal(answer.toString(), 'deleted: exp\nEND\n\n');
  admin.end();
  assert.deepEqual(masked(await statsd.flush()), masked(flushes[1]));
  assert.deepEqual(masked(await statsd.flush()), masked(flushes[2]));
});
