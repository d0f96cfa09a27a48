import { SERVE_OPTIONS, flagOf, variableOf } from '../../core/config/options.ts';
import { readConfig, type ConfigText } from '../../core/config/config.ts';
import { defineCommand, EXIT } from '../../core/define.ts';

const FLAGS = SERVE_OPTIONS.filter((option) => option.flag);

/** `--statsd-admin` as commander names it in its results. */
const camel = (flag: string): string => flag.slice(2).replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

export default defineCommand({
  name: 'serve',
  about: 'Takes, keeps and shows everything; ends cleanly by Ctrl-C or SIGTERM.',
  options: FLAGS.map((option) => ({
    flags: `${flagOf(option.key)} <${option.value}>`,
    about: `${option.about} [${variableOf(option.key)}; ${option.default || 'none'}]`,
  })),
  examples: ['heed serve --data /var/lib/heed --statsd 0.0.0.0:8125', 'heed serve --carbon-conf /etc/carbon'],
  async run({ options, io }) {
    const flags: ConfigText = {};
    for (const option of FLAGS) {
      const value = options[camel(flagOf(option.key))];
      if (typeof value === 'string') flags[option.key] = value;
    }
    const config = await readConfig(flags, io.env);
    const { serve } = await import('../../main.ts');
    const served = await serve(config);
    if (served.firstLink !== undefined)
      io.stderr.write(`Nobody can sign in yet. Within a day, whoever opens this becomes the first owner:\n  ${served.firstLink}\n`);
    io.stdout.write(`heed ready ${served.url}\n`);
    await new Promise<void>((resolve) => {
      if (io.signal.aborted) resolve();
      else io.signal.addEventListener('abort', () => resolve(), { once: true });
    });
    await served.stop();
    return EXIT.ok;
  },
});
