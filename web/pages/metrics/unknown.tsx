import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { nearestNames } from './nearest.ts';

/** Says that a target names nothing, and what it may have meant. */
export function Unknown({ target, onPick }: { target: string; onPick: (name: string) => void }): JSX.Element {
  const [names, setNames] = useState<string[] | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    nearestNames(target, stop.signal).then(setNames, () => setNames([]));
    return () => stop.abort();
  }, [target]);
  if (names?.includes(target)) return <p class="query-note dim">Nothing came for this series in the window.</p>;
  return (
    <div class="query-note">
      <span class="warn">No series is called that.</span>
      {names !== null && names.length > 0 && (
        <>
          <span class="dim"> Nearest:</span>
          {names.map((name) => (
            <button key={name} type="button" class="chip mono" onClick={() => onPick(name)}>
              {name}
            </button>
          ))}
        </>
      )}
    </div>
  );
}
