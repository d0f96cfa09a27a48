import { gzipSync } from 'node:zlib';
import { ErrorMix } from '../store/error-mix.ts';

/** Whole HTTP requests, no two alike: events of 8 kB of JSON as SDKs send them, of 500 issues, under gzip; and the JSON's length. */
export function* envelopes(project: string, key: string): Generator<{ request: Buffer; json: number }> {
  const mix = new ErrorMix(500, 20_000, 'large');
  while (true) {
    const { event_id, received, exception, breadcrumbs, tags, timestamp, ...rest } = mix.make(Date.now()).event;
    const json = JSON.stringify({
      ...rest,
      timestamp: timestamp / 1000,
      exception: { values: exception },
      breadcrumbs: { values: breadcrumbs?.map((crumb) => ({ ...crumb, timestamp: (crumb.timestamp ?? 0) / 1000 })) },
      tags: Object.fromEntries(tags ?? []),
    });
    const body = gzipSync(`{"event_id":"${event_id}","sent_at":"${new Date(received).toISOString()}"}\n{"type":"event"}\n${json}\n`);
    const head = `POST /api/${project}/envelope/?sentry_key=${key} HTTP/1.1\r\nHost: bench\r\nContent-Encoding: gzip\r\nContent-Length: ${body.length}\r\n\r\n`;
    yield { request: Buffer.concat([Buffer.from(head), body]), json: json.length };
  }
}
