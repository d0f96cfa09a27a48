import assert from 'node:assert/strict';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { formatRetention } from '../../../../core/retention.ts';
import { Method } from '../../../../core/series.ts';
import { decide } from '../rules.ts';
import { policyFromConfig } from './policy.ts';
import { type CarbonConf, readCarbonConf } from './read.ts';
import { watchCarbonConf } from './watch.ts';

async function folderWith(t: TestContext, files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'heed-carbon-'));
  t.after(() => rm(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

const retentionOf = ({ policy }: CarbonConf, name: string): string => {
  const rule = policy.retention.find(({ pattern }) => pattern.test(name));
  return rule ? `${rule.name} ${formatRetention(rule.tiers)}` : '';
};

test('storage-schemas.conf: sections in order, first match wins, wrong ones are left out and named', async (t) => {
  const folder = await folderWith(t, {
    'storage-schemas.conf': `# comment
; comment
[carbon]
pattern = ^carbon\\.
retentions = 60:90d

[points]
Pattern: ^points\\.
RETENTIONS: 60:1440

[broken]
pattern = ^broken\\.
retentions = 60s:1d,90s:2d
[worse]
pattern = (
retentions = 1s:1d
[empty]
retentions = 1s:1d
[carbon]
pattern = .*
retentions = 1s:1d
stray line
[insensitive]
pattern = (?i)^Upper\\.
retentions = 5s:1h
[default]
pattern = ^[a-z]
retentions = 60s:1d,5m:30d,1h:3y
`,
  });
  const conf = await readCarbonConf(folder);
  assert.equal(retentionOf(conf, 'carbon.agents.a'), 'carbon 1m:90d');
  assert.equal(retentionOf(conf, 'points.a'), 'points 1m:1d');
  assert.equal(retentionOf(conf, 'broken.a'), 'default 1m:1d,5m:30d,1h:3y');
  assert.equal(retentionOf(conf, 'UPPER.a'), 'insensitive 5s:1h');
  assert.equal(retentionOf(conf, '0'), "carbon's default 1m:1w");
  assert.ok(conf.policy.retention.every(({ adaptive }) => !adaptive));
  assert.equal(conf.warnings.length, 5);
  for (const part of ['[broken]', '[worse]', '[empty]', '[carbon]', 'stray line'])
    assert.ok(
      conf.warnings.some((warning) => warning.includes(part)),
      part,
    );
  assert.deepEqual(conf.policy.aggregation.length, 4, "without storage-aggregation.conf Heed's own roll-ups count");
  assert.equal(conf.policy.rulesWin, false);
});

test('storage-aggregation.conf: either option may be missing, wrong ones are named', async (t) => {
  const folder = await folderWith(t, {
    'storage-aggregation.conf': `[min]
pattern = \\.min$
xFilesFactor = 0.1
aggregationMethod = min
[plain]
pattern = \\.plain$
[bad method]
pattern = x
aggregationMethod = median
[bad factor]
pattern = x
xFilesFactor = 2
[all]
pattern = .*
aggregationMethod = avg
`,
  });
  const { policy, warnings } = await readCarbonConf(folder);
  assert.deepEqual(
    policy.aggregation.map(({ name, method, xFilesFactor }) => [name, method, xFilesFactor]),
    [
      ['min', Method.min, 0.1],
      ['plain', undefined, undefined],
      ['all', Method.average, undefined],
    ],
  );
  assert.equal(policy.defaultXFilesFactor, 0.5);
  assert.equal(policy.rulesWin, true);
  assert.deepEqual(
    warnings.map((warning) => warning.replace(folder, '')),
    [
      "/storage-aggregation.conf: section [bad method] is skipped: there is no aggregationMethod 'median'",
      "/storage-aggregation.conf: section [bad factor] is skipped: xFilesFactor '2' is not a number from 0 to 1",
    ],
  );
});

test('lists, rewriting and aggregation apply in carbon’s order', async (t) => {
  const folder = await folderWith(t, {
    'blacklist.conf': '# noise\n^noisy\\.\n[\n',
    'whitelist.conf': '^(app|noisy|env)\\.\n',
    'rewrite-rules.conf': `[pre]
^app\\.(?P<host>\\w+)\\.(\\d+)$ = env.\\g<host>.$\\2
[post]
_sum$ =
[other]
a = b
`,
    'aggregation-rules.conf': `# comment
<env>.all.<<rest>>_sum (60) = sum <env>.*.<<rest>>
<env>.apps.<name>.sum (10) = p95 <env>.apps.<name>\\d{2}.requests
env.same.x (10) = max env.same.*
bad
x (1) = mean y.<z>
x.<q> (1) = sum y
`,
  });
  const { rules, warnings } = await readCarbonConf(folder);
  assert.equal(decide('noisy.a', rules), 'blacklist');
  assert.equal(decide('other.a', rules), 'whitelist');
  assert.deepEqual(summary('app.web.42'), { series: 'env.web.$42', results: ['env.all.$42_sum'] });
  assert.deepEqual(summary('env.apps.web01.requests'), { series: 'env.apps.web01.requests', results: ['env.all.web01.requests_sum', 'env.apps.web.sum'] });
  assert.deepEqual(summary('env.same.x'), { series: undefined, results: ['env.all.x_sum', 'env.same.x'] });
  assert.deepEqual(summary('env.plain_sum'), { series: 'env.plain', results: [] });
  assert.equal(warnings.length, 6, warnings.join('\n'));

  function summary(name: string): unknown {
    const decision = decide(name, rules);
    return typeof decision === 'string' ? decision : { series: decision.series, results: decision.aggregations.map(({ result }) => result) };
  }
});

test('beside a carbon.conf the lists count only with USE_WHITELIST', async (t) => {
  const folder = await folderWith(t, { 'carbon.conf': '[cache]\nUSE_WHITELIST = False\n', 'blacklist.conf': 'x\n' });
  const off = await readCarbonConf(folder);
  assert.deepEqual(off.rules.blacklist, []);
  assert.match(off.warnings[0], /USE_WHITELIST/);
  await writeFile(join(folder, 'carbon.conf'), '[cache]\nUSE_WHITELIST = True\n');
  assert.equal((await readCarbonConf(folder)).rules.blacklist.length, 1);
});

test('a folder that is not there is an error, an empty one a warning', async (t) => {
  await assert.rejects(readCarbonConf('/nowhere/at/all'), { code: 'bad_carbon_conf' });
  assert.match((await readCarbonConf(await folderWith(t, {}))).warnings[0], /none of carbon's files/);
});

test('a changed file is read again', async (t) => {
  const folder = await folderWith(t, { 'blacklist.conf': 'a\n' });
  const seen = Promise.withResolvers<CarbonConf>();
  const { policy } = await readCarbonConf(folder);
  const stop = watchCarbonConf(folder, policy, seen.resolve, 5);
  t.after(stop);
  let round = 0;
  // Written again until the watcher has looked once before and once after a change.
  const writing = setInterval(() => {
    round++;
    void writeFile(join(folder, 'new'), `a\nb${round}\n`).then(() => rename(join(folder, 'new'), join(folder, 'blacklist.conf')));
  }, 20);
  const { rules } = await seen.promise;
  clearInterval(writing);
  assert.equal(rules.blacklist.length, 2);
});

test('the retention table: rules with a pattern are exact, the rest is adaptive', () => {
  const { retention, rulesWin } = policyFromConfig({ retention: '1s:1d', retentionRules: [{ pattern: '^app\\.', keep: '10s:30d' }] });
  assert.deepEqual(
    retention.map(({ name, adaptive, tiers }) => [name, adaptive, formatRetention(tiers)]),
    [
      ['^app\\.', false, '10s:30d'],
      ['default', true, '1s:1d'],
    ],
  );
  assert.equal(rulesWin, false);
  assert.throws(() => policyFromConfig({ retention: '1s:1d', retentionRules: [{ pattern: '(', keep: '10s:30d' }] }), { code: 'bad_option' });
});
