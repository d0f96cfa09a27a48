import type { JSX } from 'preact';

const WIDTH = 104;
const HEIGHT = 20;
/** What no event leaves: a dot of the base line. */
const NOTHING = 0.6;
const GAP = 1;
/** Few slots make no blocks. */
const WIDEST = 10;

/** Events over the window as bars; `bad` colours those of an issue that is new. The figures beside it say how many. */
export function Trend({ values, bad }: { values: readonly number[]; bad: boolean }): JSX.Element {
  const most = Math.max(1, ...values);
  const slot = WIDTH / Math.max(1, values.length);
  const width = Math.min(WIDEST, Math.max(0.5, slot - Math.min(GAP, slot / 3)));
  const inset = (slot - width) / 2;
  return (
    <svg class="spark bars" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      {values.map((value, index) => {
        const high = value === 0 ? NOTHING : Math.max(2, (value / most) * HEIGHT);
        return (
          <rect
            key={index}
            class={bad && value > 0 ? 'new' : undefined}
            x={(index * slot + inset).toFixed(1)}
            y={(HEIGHT - high).toFixed(1)}
            width={width.toFixed(1)}
            height={high.toFixed(1)}
          />
        );
      })}
    </svg>
  );
}
