import type { DoctorAnswer } from '../../api/contract.ts';
import { defineCommand, EXIT } from '../../core/define.ts';
import { ServerClient } from '../client.ts';
import { columns, printable, styleFor } from '../terminal.ts';

export default defineCommand({
  name: 'doctor',
  about: 'Says what listens, what arrived in the last minute, what was dropped and why, and what is misconfigured.',
  options: [{ flags: '--json', about: 'Print the answer as JSON.' }],
  async run({ options, io }) {
    const client = new ServerClient(io);
    const answer = await client.json<DoctorAnswer>('/api/v1/doctor');
    const worst = answer.checks.some(({ state }) => state === 'bad');
    if (options.json) {
      io.stdout.write(`${JSON.stringify(answer)}\n`);
      return worst ? EXIT.failed : EXIT.ok;
    }
    const style = styleFor(io);
    io.stdout.write(`${style.dim(client.url)}\n`);
    io.stdout.write(columns(answer.checks.map(({ state, subject, text }) => [style.state(state), subject, printable(text)])));
    const advice = answer.checks.filter((check) => check.advice !== '' && check.state !== 'ok');
    if (advice.length > 0) io.stdout.write('\n');
    for (const { state, subject, advice: text } of advice) io.stdout.write(`${style.state(state)} ${style.bold(subject)}: ${printable(text)}\n`);
    return worst ? EXIT.failed : EXIT.ok;
  },
});
