import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { COMMANDS } from '../registry.gen.ts';
import { completionFor } from './completion.ts';

function complete(...words: string[]): string[] {
  const script = `${completionFor('bash', COMMANDS)}\nCOMP_WORDS=(heed ${words.map((word) => `"${word}"`).join(' ')}); COMP_CWORD=${words.length}; _heed; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return spawnSync('bash', ['-c', script], { encoding: 'utf8' }).stdout.trim().split('\n');
}

test('bash completes commands, commands of a group and options', () => {
  assert.ok(complete('se').includes('serve'));
  assert.deepEqual(complete('project', 'a'), ['add']);
  assert.deepEqual(complete('serve', '--statsd-'), ['--statsd-admin']);
});

test('zsh and fish scripts name every command', () => {
  for (const shell of ['zsh', 'fish']) for (const { name } of COMMANDS) assert.ok(completionFor(shell, COMMANDS).includes(name.split(' ')[0]));
});

test('an unknown shell is refused with the ones there are', () => assert.throws(() => completionFor('tcsh', COMMANDS), /bash, zsh or fish/));
