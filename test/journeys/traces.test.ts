import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import type { IssuesAnswer, TraceAnswer } from '../../src/api/contract-errors.ts';
import { dsnOf, runClient, startSentryServer } from '../harness/sentry.ts';
import { eventually } from '../harness/server.ts';

/** A request with a log line and an error; tells the header with which it calls others. */
const shop = (name: string): string => `
  const Sentry = require('${name}');
  Sentry.init({ dsn: process.argv[1], tracesSampleRate: 1, enableLogs: true });
  Sentry.startSpan({ name: 'GET /cart', op: 'http.server' }, () => {
    Sentry.logger?.warn('stock is low');
    Sentry.captureException(new Error('cart is broken'));
    console.log(Sentry.getTraceData()['sentry-trace']);
  });
  Sentry.close(20000).then((whole) => process.exit(whole ? 0 : 3));
`;

/** What it called, in another project and language. */
const PAYMENT = `
import sys, sentry_sdk
from sentry_sdk.tracing import Transaction
sentry_sdk.init(sys.argv[2], traces_sample_rate=1.0)
with sentry_sdk.start_transaction(Transaction.continue_from_headers({'sentry-trace': sys.argv[1]}, name='charge', op='rpc')):
    try:
        raise ValueError('no such card')
    except ValueError as error:
        sentry_sdk.capture_exception(error)
sentry_sdk.flush(20)
`;

const skip = existsSync('/usr/lib/python3/dist-packages/sentry_sdk') ? false : 'python3-sentry-sdk is not installed';

for (const major of ['9', '11']) {
  test(`what @sentry/node ${major} and Python's SDK tell of one trace stands together on the page of each of its errors`, { skip }, async () => {
    await using server = await startSentryServer();
    const made = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"name":"payment"}' };
    const { dsn } = await server.json<{ dsn: string }>('/api/v1/projects', made);
    const output = await runClient(process.execPath, ['-e', shop(`sentry-node-${major}`)], dsnOf(server));
    const header = output.split('\n').find((line) => /^[0-9a-f]{32}-[0-9a-f]{16}/.test(line)) ?? assert.fail(output);
    await runClient('/usr/bin/python3', ['-c', PAYMENT, header], dsn);
    const trace = header.slice(0, 32);
    const find = (project: string): Promise<IssuesAnswer> => server.json<IssuesAnswer>(`/api/v1/issues?project=${project}&query=trace:${trace}`);
    const [broken] = (
      await eventually(
        () => find('default'),
        ({ issues }) => issues.length > 0,
      )
    ).issues;
    const [card] = (
      await eventually(
        () => find('payment'),
        ({ issues }) => issues.length > 0,
      )
    ).issues;
    const ask = (issue: string): Promise<TraceAnswer> => server.json<TraceAnswer>(`/api/v1/issues/${issue}/events/latest/trace`);
    const all = [
      `log default stock is low `,
      `transaction default GET /cart `,
      `error default Error: cart is broken ${broken.shortId}`,
      `transaction payment charge `,
      `error payment ValueError: no such card ${card.shortId}`,
    ];
    const seen = (rows: TraceAnswer['rows']): string[] => rows.map(({ kind, project, title, issue }) => `${kind} ${project} ${title} ${issue}`);
    for (const issue of [broken.shortId, card.shortId]) {
      const answer = await eventually(
        () => ask(issue),
        ({ rows }) => rows.length === all.length,
      );
      assert.deepEqual(seen(answer.rows).toSorted(), all.toSorted());
      assert.deepEqual([answer.trace, answer.more], [trace, false]);
      const request = answer.rows.find(({ title }) => title === 'GET /cart');
      assert.equal(request?.about, 'http.server');
      assert.ok((request.durationMs ?? -1) >= 0);
      const times = answer.rows.map(({ time }) => time);
      assert.deepEqual(
        times,
        times.toSorted((a, b) => a - b),
      );
    }
  });
}
