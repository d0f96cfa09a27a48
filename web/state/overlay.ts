import { signal } from '@preact/signals';

/** The dialog over the page. */
export const overlay = signal<'none' | 'help' | 'palette'>('none');
