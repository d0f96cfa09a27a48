import { fork } from 'node:child_process';
import { once } from 'node:events';

const ROUNDS = 3;
const ANSWERED = 100;
/** Numbers of a round begin so far from those of the one before. */
const APART = 100_000;

/**
 * Kills a process that writes and tells of each number that it wrote, when it told of a hundred; three times, on the same folder.
 * @param fixture a program whose arguments are the folder and the first number
 * @returns the numbers that it told of
 */
export async function killRounds(fixture: URL, folder: string): Promise<number[]> {
  const answered: number[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    const child = fork(fixture, [folder, String(round * APART)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    await new Promise<void>((resolve) => {
      let seen = 0;
      child.on('message', (number: number) => {
        answered.push(number);
        if (++seen === ANSWERED) resolve();
      });
    });
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  return answered;
}
