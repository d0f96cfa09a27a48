import { formatDuration } from '../../core/numbers.ts';

/** Before that much is done nothing can be said. */
const LEAST_SHARE = 0.005;
const LEAST_MS = 2000;

/** `45 %, 2 min left`, from the share that is done (0 to 1) after so many milliseconds; without an end while there is too little to tell. */
export function progressText(share: number, elapsed: number): string {
  const percent = `${Math.floor(Math.min(1, share) * 100)} %`;
  if (share < LEAST_SHARE || elapsed < LEAST_MS || share >= 1) return percent;
  return `${percent}, ${formatDuration((elapsed * (1 - share)) / share)} left`;
}
