import type { HeedConfig } from '../../core/config/config.ts';
import { formatAddress } from '../../core/config/values.ts';
import type { Listening } from '../../signals/metrics/context.ts';
import { onlyHere } from '../security/hosts.ts';
import type { Check } from './doctor.ts';
import { listeningText } from './protocols.ts';
import type { Pulse } from './pulse.ts';
import { bytesText, clockText, durationText } from './words.ts';

const FIRST = 'Open the link that heed serve prints at its start: whoever does becomes the first owner.';

/** Who can reach us, and whether they may. */
export function checkAccess(
  { token, auth }: Pick<HeedConfig, 'token' | 'auth'>,
  people: boolean,
  bound: { host: string; port: number },
  listening: Listening[],
): Check[] {
  const address = `http ${formatAddress(bound)}`;
  const checks: Check[] = [];
  if (onlyHere(bound.host)) checks.push({ state: 'ok', subject: 'HTTP', text: `listens on ${address}, for this machine only`, advice: '' });
  else if (people || token !== '')
    checks.push({
      state: 'none',
      subject: 'HTTP',
      text: `listens on ${address}; other machines need a ${people ? 'sign-in or a token' : 'token'}, which travels unencrypted`,
      advice: 'Put a proxy with TLS before it, or reach it through SSH.',
    });
  else
    checks.push({
      state: 'warn',
      subject: 'HTTP',
      text: `listens on ${address}, but without a token or people who sign in it answers this machine only`,
      advice: FIRST,
    });
  if (auth === 'required' && token === '' && !people)
    checks.push({ state: 'bad', subject: 'Access', text: 'every request needs a sign-in or a token, and nobody has one', advice: FIRST });
  const open = listening.filter(({ transport, address }) => transport !== 'unix' && !onlyHere(address));
  if (open.length > 0)
    checks.push({
      state: 'none',
      subject: 'Senders',
      text: `everybody who reaches ${open.map(listeningText).join(', ')} can send numbers`,
      advice: 'StatsD and Graphite know no passwords: let a firewall decide who may send.',
    });
  return checks;
}

/** Whether the kernel gives the receive buffer that was asked for. */
export function checkReceiveBuffer(config: Pick<HeedConfig, 'statsdOptions'>, listening: Listening[], rmemMax: number | undefined): Check[] {
  if (rmemMax === undefined || !listening.some(({ transport }) => transport === 'udp')) return [];
  const wanted = Math.round(config.statsdOptions.receiveBufferMegabytes * 1_048_576);
  if (rmemMax >= wanted) return [{ state: 'ok', subject: 'UDP buffer', text: `${bytesText(wanted)} for each socket`, advice: '' }];
  return [
    {
      state: 'warn',
      subject: 'UDP buffer',
      text: `the kernel gives ${bytesText(rmemMax)} of the ${bytesText(wanted)} asked for, so bursts of packets can be lost`,
      advice: `Run sysctl -w net.core.rmem_max=${wanted} and write it to /etc/sysctl.d/heed.conf.`,
    },
  ];
}

/** The clock, by which every number is kept. */
export function checkClock({ clockSet, samples }: Pick<Pulse, 'clockSet' | 'samples'>, now: number): Check[] {
  const checks: Check[] = [];
  if (now < Date.UTC(2024))
    checks.push({ state: 'bad', subject: 'Clock', text: `it is ${new Date(now).toISOString()} here`, advice: 'Set the clock, and keep it right by NTP.' });
  if (clockSet)
    checks.push({
      state: 'warn',
      subject: 'Clock',
      text: `it was set ${clockSet.by > 0 ? 'forward' : 'back'} by ${durationText(Math.abs(clockSet.by))} at ${clockText(clockSet.time)}`,
      advice: 'Keep the clock right by NTP; numbers of the time between may lie twice or leave a gap.',
    });
  if (samples.grown('points.dropped.in_future', 'hour') > 0)
    checks.push({
      state: 'warn',
      subject: 'Clock',
      text: "senders' times are ahead of this clock",
      advice: 'Compare both clocks; times must be seconds, of UTC.',
    });
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (checks.length === 0) checks.push({ state: 'ok', subject: 'Clock', text: `steady since the start; times of day are read in ${zone}`, advice: '' });
  return checks;
}
