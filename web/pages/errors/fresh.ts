import { signal } from '@preact/signals';

/** Grows when something was done to issues: what shows them asks again. */
export const fresh = signal(0);

/** How often a list that moves with the present asks again. */
export const FRESH_EVERY = 4000;
