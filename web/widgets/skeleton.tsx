import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** Rows in the shape of what comes; after ten seconds it says what is slow. Nothing for the first 200 ms. */
export function Skeleton({ rows, slow }: { rows: number; slow: string }): JSX.Element | null {
  const [age, setAge] = useState(0);
  useEffect(() => {
    const timers = [setTimeout(() => setAge(1), 200), setTimeout(() => setAge(2), 10_000)];
    return () => timers.forEach(clearTimeout);
  }, []);
  if (age === 0) return null;
  return (
    <div class="skeleton-rows" aria-busy="true" aria-label="Loading">
      {Array.from({ length: rows }, (_, row) => (
        <span key={row} class="skeleton" />
      ))}
      {age === 2 && <p class="dim small">{slow}</p>}
    </div>
  );
}
