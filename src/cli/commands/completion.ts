import { SERVE_OPTIONS, flagOf } from '../../core/config/options.ts';
import { defineCommand, EXIT, type CommandDefinition } from '../../core/define.ts';
import { HeedError } from '../../core/errors.ts';

export default defineCommand({
  name: 'completion',
  about: 'Prints a completion script for a shell.',
  args: [{ name: '<shell>', about: 'bash, zsh or fish.' }],
  examples: ['heed completion bash > /etc/bash_completion.d/heed', 'source <(heed completion zsh)'],
  async run({ args, io }) {
    const { COMMANDS } = await import('../registry.gen.ts');
    io.stdout.write(completionFor(args[0], COMMANDS));
    return EXIT.ok;
  },
});

interface Words {
  name: string;
  about: string;
  flags: string[];
}

function wordsOf(definition: CommandDefinition): Words {
  const flags =
    definition.name === 'serve'
      ? SERVE_OPTIONS.filter((option) => option.flag).map((option) => flagOf(option.key))
      : (definition.options ?? []).map((option) => /--[\w-]+/.exec(option.flags)?.[0] ?? '');
  return {
    name: definition.name,
    about: definition.about.replaceAll("'", '’').replaceAll(':', ','),
    flags: [...flags, '--help'].filter((flag) => flag !== ''),
  };
}

/** The completion script of a shell, made from the commands' definitions. */
export function completionFor(shell: string, commands: readonly CommandDefinition[]): string {
  const words = commands.map(wordsOf);
  const first = [...new Set(words.map(({ name }) => name.split(' ')[0]))];
  const groups = first.filter((word) => words.some(({ name }) => name.startsWith(`${word} `)));
  const second = (group: string): string[] => words.filter(({ name }) => name.startsWith(`${group} `)).map(({ name }) => name.split(' ')[1]);
  if (shell === 'bash') {
    const cases = words.map(({ name, flags }) => `    "${name}"*) words="${flags.join(' ')}" ;;`).join('\n');
    const inner = groups.map((group) => `    "${group}") words="${second(group).join(' ')}" ;;`).join('\n');
    return `_heed() {\n  local line="\${COMP_WORDS[*]:1:COMP_CWORD-1}" words="${first.join(' ')}"\n  case "$line" in\n    "") ;;\n${inner}\n${cases}\n  esac\n  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))\n}\ncomplete -o default -F _heed heed\n`;
  }
  if (shell === 'zsh') {
    const about = first.map((word) => `'${word}:${words.find(({ name }) => name.split(' ')[0] === word)?.about}'`).join(' ');
    const cases = words.map(({ name, flags }) => `    '${name}'*) compadd -- ${flags.join(' ')} ;;`).join('\n');
    const inner = groups.map((group) => `    '${group}') compadd -- ${second(group).join(' ')} ;;`).join('\n');
    return `#compdef heed\n_heed() {\n  local -a commands=(${about})\n  case "\${words[2,CURRENT-1]}" in\n    '') _describe command commands ;;\n${inner}\n${cases}\n  esac\n}\ncompdef _heed heed\n`;
  }
  if (shell === 'fish') {
    const top = first.map(
      (word) => `complete -c heed -f -n __fish_use_subcommand -a ${word} -d '${words.find(({ name }) => name.split(' ')[0] === word)?.about}'`,
    );
    const inner = groups.flatMap((group) => second(group).map((word) => `complete -c heed -f -n '__fish_seen_subcommand_from ${group}' -a ${word}`));
    const flags = words.flatMap(({ name, flags: list }) =>
      list.map((flag) => `complete -c heed -n '__fish_seen_subcommand_from ${name.split(' ')[0]}' -l ${flag.slice(2)}`),
    );
    return `${[...top, ...inner, ...flags].join('\n')}\n`;
  }
  throw new HeedError('bad_option', `cannot complete for '${shell}': write bash, zsh or fish`);
}
