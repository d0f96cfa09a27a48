/** Kinds of series in the mix of performance.md section 3, ten equal shares; see kindOf. */
export const KINDS = ['mostly zero counter', 'integer walk', 'two-decimal walk', 'rate per 10 s', 'full-entropy float', 'integer timing'] as const;

/** Kinds outside of the mix that real installations send. */
export const EXTRA_KINDS = [
  'idle timer mean',
  'mean of few timings',
  'rate per minute',
  'rarely changing float',
  'growing counter, resets',
  'memory in pages',
  'spiky latency',
  '32-bit float',
  'standard deviation',
  'normal noise',
  'constant',
] as const;

const SHARES = [0, 0, 0, 0, 1, 1, 2, 3, 4, 5];

/** The kind of the mix's series number `s`. */
export function kindOf(s: number): string {
  return KINDS[SHARES[(Math.imul(s + 1, 2654435761) >>> 7) % 10]];
}

/** Fills `out` with one series' values; the same for the same `seed`. */
export function fillSeries(kind: string, seed: number, out: Float64Array): void {
  const random = generator(seed);
  const next = SOURCES[kind](random);
  for (let i = 0; i < out.length; i++) out[i] = next();
}

type Random = () => number;

function generator(seed: number): Random {
  let x = Math.imul(seed + 1, 0x9e3779b1) ^ 0x5bd1e995;
  if (x === 0) x = 1;
  return () => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return (x >>> 0) / 2 ** 32;
  };
}

function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(random() + 1e-12)) * Math.cos(2 * Math.PI * random());
}

const SOURCES: Record<string, (random: Random) => () => number> = {
  'mostly zero counter': (random) => () => (random() < 0.05 ? Math.floor(random() * 20) : 0),
  'integer walk': (random) => {
    let value = Math.floor(random() * 1000);
    return () => (value += random() < 0.5 ? Math.floor(random() * 11) - 5 : 0);
  },
  'two-decimal walk': (random) => {
    let value = Math.floor(random() * 1000);
    return () => (value = Math.round((value + (random() - 0.5) * 2) * 100) / 100);
  },
  'rate per 10 s': (random) => () => Math.floor(random() * 200) / 10,
  'full-entropy float': (random) => {
    const base = Math.floor(random() * 1000);
    return () => base + random() * 37.123456789;
  },
  'integer timing': (random) => {
    const base = Math.floor(random() * 1000);
    return () => Math.floor(base / 4 + random() * random() * 500);
  },
  'idle timer mean': (random) => () => (random() < 0.1 ? (20 + random() * 100) / 3 : 0),
  'mean of few timings': (random) => () => {
    const samples = 1 + Math.floor(random() * 8);
    let sum = 0;
    for (let i = 0; i < samples; i++) sum += Math.floor(20 + random() * 300);
    return sum / samples;
  },
  'rate per minute': (random) => () => Math.floor(random() * 40) / 60,
  'rarely changing float': (random) => {
    let value = random();
    return () => (value = random() < 0.02 ? random() : value);
  },
  'growing counter, resets': (random) => {
    let value = 1e9;
    return () => (value = random() < 0.0005 ? 0 : value + 5000 + Math.floor(random() * 200));
  },
  'memory in pages': (random) => {
    let value = 4e9 - (4e9 % 4096);
    return () => (value += 4096 * Math.floor(random() * 200 - 100));
  },
  'spiky latency': (random) => () => Math.floor(30 + Math.exp(normal(random) * 0.5 + 2) + (random() < 0.01 ? 5000 * random() : 0)),
  '32-bit float': (random) => () => Math.fround(20 + random()),
  'standard deviation': (random) => () => Math.sqrt(100 + random() * 400),
  'normal noise': (random) => () => normal(random),
  constant: (random) => {
    const value = random();
    return () => value;
  },
};
