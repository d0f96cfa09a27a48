import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { HeedError } from '../../core/errors.ts';
import { LEAST_PASSWORD, MOST_PASSWORD } from '../../core/password.ts';

const derive = promisify(argon2);

/** OWASP's smallest for argon2id: 19 MiB, two passes, one lane; about 50 ms of one core. */
const MEMORY = 19_456;
const PASSES = 2;
const LANES = 1;
const BYTES = 32;

/** Digests made at a time, and that may wait for it: a flood of sign-ins takes one core and 20 MB at most, and no thread that writes. */
const AT_A_TIME = 1;
const MOST_WAITING = 20;

/** Makes and checks digests of passwords, few at a time. */
export class Passwords {
  #running = 0;
  readonly #waiting: (() => void)[] = [];
  /** What an unknown person's password is held against, so that time does not tell who is here. */
  #nobody: Promise<string> | undefined;

  /** In PHC's form: `$argon2id$v=19$m=…,t=…,p=…$salt$digest`. @throws HeedError `busy` (503) */
  async hash(password: string): Promise<string> {
    const salt = randomBytes(16);
    const digest = await this.#derive(password, { salt, memory: MEMORY, passes: PASSES, lanes: LANES });
    return `$argon2id$v=19$m=${MEMORY},t=${PASSES},p=${LANES}$${bare(salt)}$${bare(digest)}`;
  }

  /** Whether it is the password of a digest; an undefined or empty digest is nobody's, which takes as long. @throws HeedError `busy` (503) */
  async fits(password: string, phc: string | undefined): Promise<boolean> {
    const known = read(phc ?? '');
    const held = known ?? read(await (this.#nobody ??= this.hash(bare(randomBytes(24)))));
    if (!held) return false;
    const digest = await this.#derive(password, held);
    return timingSafeEqual(digest, held.digest) && known !== undefined;
  }

  async #derive(password: string, { salt, memory, passes, lanes }: Parameters): Promise<Buffer> {
    if (this.#running >= AT_A_TIME) {
      if (this.#waiting.length >= MOST_WAITING)
        throw new HeedError('busy', 'cannot sign in: too many people do right now; try again in a moment', { status: 503 });
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else this.#running++;
    try {
      return await derive('argon2id', { message: password.normalize('NFKC'), nonce: salt, parallelism: lanes, tagLength: BYTES, memory, passes });
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running--;
    }
  }
}

interface Parameters {
  salt: Buffer;
  memory: number;
  passes: number;
  lanes: number;
}

const bare = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '');

function read(phc: string): (Parameters & { digest: Buffer }) | undefined {
  const [, memory, passes, lanes, salt, digest] = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([\w+/]+)\$([\w+/]{43})$/.exec(phc) ?? [];
  if (digest === undefined) return undefined;
  return { memory: Number(memory), passes: Number(passes), lanes: Number(lanes), salt: Buffer.from(salt, 'base64'), digest: Buffer.from(digest, 'base64') };
}

/** @throws HeedError `bad_password` that says what is wrong with it */
export function mustBeGoodPassword(password: string, { email, name }: { email: string; name: string }): void {
  const bad = (cause: string): HeedError => new HeedError('bad_password', `cannot take this password: ${cause}`);
  if (password.length < LEAST_PASSWORD)
    throw bad(`it needs ${LEAST_PASSWORD} characters or more; three words that do not belong together are good and easy to keep in mind`);
  if (password.length > MOST_PASSWORD) throw bad(`it has more than ${MOST_PASSWORD} characters`);
  const plain = password.toLowerCase();
  if (plain === email.toLowerCase() || plain === name.toLowerCase()) throw bad('it is your name or address, the first that others try');
  if (new Set(plain).size < 5) throw bad('it has too few different characters');
}
