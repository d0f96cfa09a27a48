import { readFileSync } from 'node:fs';
import { normaliseEvent } from '../../src/signals/errors/event/normalise.ts';
import { scrubEvent } from '../../src/signals/errors/scrub/scrub-event.ts';
import { DEFAULT_SCRUB, Scrubber } from '../../src/signals/errors/scrub/scrubber.ts';
import { inflateBody } from '../../src/signals/errors/wire/encoding.ts';
import { parseEnvelope } from '../../src/signals/errors/wire/envelope.ts';
import { parseJson } from '../../src/signals/errors/wire/json.ts';
import { type Measurement, median, printMeasurements } from '../table.ts';

const CAPTURED = new URL('../../src/signals/errors/captured/', import.meta.url);
const EVENTS: [what: string, file: string, encoding: string | undefined][] = [
  ['Python, 7.4 KB under gzip', 'py-1.9.10-002.bin', 'gzip'],
  ['a browser, 3.0 KB', 'browser-b8-003.bin', undefined],
];
const MOST = 100_000_000;
const RUNS = 10_000;
const WARM_UP = 2000;

/** What it takes to read an envelope with one event, from the bytes on the wire to what is kept. */
export async function bench(): Promise<void> {
  const measurements: Measurement[] = [];
  const scrubber = new Scrubber(DEFAULT_SCRUB);
  for (const [what, file, encoding] of EVENTS) {
    const sent = readFileSync(new URL(file, CAPTURED));
    const steps = { inflate: [] as number[], parse: [] as number[], normalise: [] as number[], scrub: [] as number[], all: [] as number[] };
    for (let run = 0; run < RUNS; run++) {
      const start = performance.now();
      const body = await inflateBody(sent, encoding, MOST);
      const inflated = performance.now();
      const { header, items } = parseEnvelope(body);
      const raw = parseJson(items[0].payload);
      const parsed = performance.now();
      const event = normaliseEvent(raw, { received: header.sent_at ?? 0, newId: () => '', eventId: header.event_id });
      const normalised = performance.now();
      scrubEvent(event, scrubber);
      const end = performance.now();
      if (run < WARM_UP) continue;
      steps.inflate.push(inflated - start);
      steps.parse.push(parsed - inflated);
      steps.normalise.push(normalised - parsed);
      steps.scrub.push(end - normalised);
      steps.all.push(end - start);
    }
    for (const [step, times] of Object.entries(steps)) {
      measurements.push({
        what: `${what}: ${step}`,
        values: { heed: median(times) * 1000 },
        unit: 'µs',
        better: 'less',
        goal: step === 'all' ? '150 for 8 KB' : 'a part of all',
      });
    }
  }
  printMeasurements('An event of a Sentry client, from bytes to what is kept', measurements);
}
