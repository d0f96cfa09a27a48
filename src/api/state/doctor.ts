import { readFile } from 'node:fs/promises';
import type { DoctorAnswer, NowAnswer } from '../contract.ts';
import type { DestinationState } from '../../signals/metrics/forward/sender.ts';
import type { ApiContext } from '../context.ts';
import { checkAccess, checkClock, checkReceiveBuffer } from './doctor-system.ts';
import { checkCarbonFiles, checkRhythm } from './doctor-retention.ts';
import { DROPS, partOf, type DropCounter } from '../drops.ts';
import { listeningText, PROTOCOLS } from './protocols.ts';
import { bytesText, clockText, countText, durationText, plural } from './words.ts';

export type Check = DoctorAnswer['checks'][number];

/** Looks at everything that can be wrong, worst first. */
export async function examine(context: ApiContext): Promise<Check[]> {
  const { deps, pulse, bound } = context;
  const now = await context.now.answer();
  const checks = [
    ...checkStore(now),
    ...checkFacts(deps.facts),
    ...checkListeners(context, now),
    ...(await deps.receiver.forwarding()).map(checkForwarding),
    ...checkDrops(context),
    ...checkAccess(deps.config, await deps.catalog.people.any(), bound, deps.receiver.listening),
    ...checkReceiveBuffer(deps.config, deps.receiver.listening, await readNumber('/proc/sys/net/core/rmem_max')),
    ...(await checkCarbonFiles(deps.config)),
    ...(await checkRhythm(deps.config)),
    ...checkClock(pulse, now.now),
  ];
  const order: Check['state'][] = ['bad', 'warn', 'none', 'ok'];
  return checks.toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
}

async function readNumber(path: string): Promise<number | undefined> {
  const value = Number(await readFile(path, 'utf8').catch(() => ''));
  return value > 0 ? value : undefined;
}

/** Where each protocol listens, and what came there in the last minute. */
export function checkListeners({ deps, pulse }: Pick<ApiContext, 'deps' | 'pulse'>, now: NowAnswer): Check[] {
  const checks = PROTOCOLS.map(({ name, title, taken, unit }): Check => {
    const addresses = now.protocols.find((protocol) => protocol.name === name)?.addresses ?? [];
    if (addresses.length === 0) return { state: 'none', subject: title, text: 'does not listen', advice: `Set HEED_${name.toUpperCase()} if it should.` };
    const count = pulse.samples.grown(taken, 'minute');
    const last = pulse.samples.moved(taken);
    const where = `listens on ${addresses.join(', ')}`;
    if (count > 0) return { state: 'ok', subject: title, text: `${where}; ${plural(count, unit)} in the last minute`, advice: '' };
    const since = last === null ? `nothing came since the start at ${clockText(now.started)}` : `nothing came since ${clockText(last)}`;
    return {
      state: 'none',
      subject: title,
      text: `${where}; ${since}`,
      advice: name === 'sentry' ? 'Put the DSN of a project into an SDK of Sentry.' : `Send something: heed send 'hello.visits:1|c' says what became of it.`,
    };
  });
  for (const listening of deps.receiver.listening)
    if (listening.protocol === 'statsd-admin')
      checks.push({ state: 'ok', subject: 'StatsD admin', text: `listens on ${listeningText(listening)}`, advice: '' });
  return checks;
}

/** Whether another carbon gets its copies, and what waits for it. */
export function checkForwarding({ address, connected, queued, spooledBytes, problem }: DestinationState): Check {
  const waits = `${plural(queued, 'point')} in memory and ${bytesText(spooledBytes)} on disk wait`;
  if (connected) return { state: 'ok', subject: 'Forwarding', text: `sends to ${address}; ${waits}`, advice: '' };
  return {
    state: 'warn',
    subject: 'Forwarding',
    text: `cannot reach ${address}: ${problem}; ${waits}`,
    advice: 'Start it, or take it out of the setting forward.',
  };
}

/** What was dropped in the last hour, each reason with what to do. */
export function checkDrops({ pulse: { samples } }: Pick<ApiContext, 'pulse'>): Check[] {
  const dropped = (Object.keys(DROPS) as DropCounter[]).filter((counter) => samples.grown(counter, 'hour') > 0);
  if (dropped.length === 0) return [{ state: 'ok', subject: 'Drops', text: 'nothing was dropped in the last hour', advice: '' }];
  return dropped.map((counter) => ({
    state: 'warn',
    subject: partOf(counter),
    text: `${countText(samples.grown(counter, 'hour'))} dropped in the last hour, ${countText(samples.grown(counter, 'minute'))} in the last minute: ${DROPS[counter].reason}`,
    advice: DROPS[counter].advice,
  }));
}

/** Whether events can be written. */
export function checkFacts({ writeProblem }: { writeProblem: string }): Check[] {
  if (writeProblem === '') return [];
  return [{ state: 'bad', subject: 'Facts', text: `refuses events: ${writeProblem}`, advice: 'Make room on the disk or mend it; the log says more.' }];
}

/** Part of the disk that is free, or of the series that may still come, below which it is told. */
const NEARLY = 0.1;

/** Whether numbers can be written and kept. */
export function checkStore({ store, data }: Pick<NowAnswer, 'store' | 'data'>): Check[] {
  const checks: Check[] = [];
  if (store.writeProblem !== '')
    checks.push({
      state: 'bad',
      subject: 'Store',
      text: `refuses numbers: ${store.writeProblem}`,
      advice: `Make room in ${data} or mend its disk; writing goes on by itself.`,
    });
  else checks.push({ state: 'ok', subject: 'Store', text: `${countText(store.series)} series, ${bytesText(store.bytes)} in ${data}`, advice: '' });
  for (const { file, what, time } of store.damage.slice(-5))
    checks.push({
      state: 'warn',
      subject: 'Damage',
      text: `${file}: ${what} (${clockText(time)})`,
      advice: 'heed verify looks at every file; restore from a backup what must not be missed.',
    });
  if (store.series > store.maxSeries * (1 - NEARLY))
    checks.push({
      state: store.series >= store.maxSeries ? 'bad' : 'warn',
      subject: 'Series',
      text: `${countText(store.series)} of at most ${countText(store.maxSeries)}`,
      advice: 'Remove series that nobody needs, or raise --max-series.',
    });
  const soon = store.fullInDays !== null && store.fullInDays < 14;
  const little = store.diskFree < 1e9;
  const forecast = store.fullInDays === null ? '' : `, full in ${durationText(store.fullInDays * 86_400_000)} at today's growth`;
  checks.push({
    state: soon || little ? 'warn' : 'ok',
    subject: 'Disk',
    text: `${bytesText(store.diskFree)} free${forecast}`,
    advice: soon || little ? 'Make room, or keep numbers for a shorter time with --retention.' : '',
  });
  return checks;
}
