import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { causeOf, HeedError } from '../core/errors.ts';
import { EXIT, type CommandDefinition, type CommandIo } from '../core/define.ts';
import { COMMANDS } from './registry.gen.ts';

/** Version of the package. */
export const VERSION = (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }).version;

/** What groups of commands are about, where it is not things of their name. */
const GROUPS: Record<string, string> = { import: 'Takes over the past from another store of numbers.' };

/** Builds the command line from the definitions; `finish` gets the exit code. */
export function buildProgram(io: CommandIo, finish: (code: number) => void): Command {
  const program = new Command('heed')
    .description('Monitor all the things, and early too.')
    .version(VERSION)
    .configureOutput({ writeOut: (text) => io.stdout.write(text), writeErr: (text) => io.stderr.write(text) })
    .showSuggestionAfterError()
    // Options of a group that is a command too do not take those of its parts.
    .enablePositionalOptions()
    .addHelpText('after', '\nHEED_URL says which server the commands talk to (http://127.0.0.1:4400), HEED_TOKEN with which token.')
    .exitOverride();
  for (const definition of COMMANDS) addCommand(program, definition, io, finish);
  return program;
}

function addCommand(program: Command, definition: CommandDefinition, io: CommandIo, finish: (code: number) => void): void {
  const [group, name] = definition.name.split(' ');
  let parent = program;
  if (name)
    parent = program.commands.find((command) => command.name() === group) ?? program.command(group).description(GROUPS[group] ?? `Commands about a ${group}.`);
  // A group may be a command too, e.g. `job`.
  const known = name ? undefined : program.commands.find((command) => command.name() === group);
  const command = (known ?? parent.command(name ?? group))
    .description(definition.about)
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.stdout.write(text), writeErr: (text) => io.stderr.write(text) });
  for (const argument of definition.args ?? []) command.argument(argument.name, argument.about);
  for (const option of definition.options ?? []) command.option(option.flags, option.about, option.default);
  if (definition.examples) command.addHelpText('after', `\nExamples:\n${definition.examples.map((example) => `  ${example}`).join('\n')}`);
  command.action(async () => {
    finish(await definition.run({ args: command.args, options: command.opts(), io }));
  });
}

/** Runs one command line and resolves to the exit code; errors are printed as one plain sentence. */
export async function runCli(argv: readonly string[], io: CommandIo): Promise<number> {
  let code: number = EXIT.ok;
  const program = buildProgram(io, (result) => (code = result));
  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    if (io.signal.aborted) return EXIT.ok;
    io.stderr.write(`heed: ${causeOf(error)}\n`);
    if (!(error instanceof HeedError)) {
      if (io.env.HEED_LOG === 'debug' && error instanceof Error) io.stderr.write(`${error.stack}\n`);
      return EXIT.failed;
    }
    return error.code === 'unreachable' ? EXIT.unreachable : error.code === 'bad_option' ? EXIT.usage : error.status === 404 ? EXIT.notFound : EXIT.failed;
  }
}

if (import.meta.main) {
  const interrupt = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupt.abort());
  // A reader that has seen enough (head, less) closes the pipe; that is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? EXIT.ok : EXIT.failed));
  const code = await runCli(process.argv.slice(2), { stdout: process.stdout, stderr: process.stderr, env: process.env, signal: interrupt.signal });
  process.exitCode = code;
  if (process.stdout.writableLength === 0) process.exit(code);
  process.stdout.once('drain', () => process.exit(code));
}
