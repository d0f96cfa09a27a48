import type { JSX } from 'preact';

const ICONS = {
  now: 'M1.5 8h3l2-4.5 3 9 2-4.5h3',
  metrics: 'M2 2v12h12M4.8 10.5l2.8-3.3 2.3 1.8L13.5 4.5',
  errors: 'M5.6 1.8h4.8l3.8 3.8v4.8l-3.8 3.8H5.6L1.8 10.4V5.6zM8 5v3.5M8 11v.01',
  settings: 'M2 4.5h6M12 4.5h2M2 11.5h2M8 11.5h6M10 2.7v3.6M6 9.7v3.6',
  down: 'M4 6l4 4 4-4',
  left: 'M10 4l-4 4 4 4',
  right: 'M6 4l4 4-4 4',
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM10.7 10.7L14 14',
  link: 'M6.5 9.5l3-3M7 5l1.8-1.8a2.7 2.7 0 0 1 4 4L11 9M9 11l-1.8 1.8a2.7 2.7 0 0 1-4-4L5 7',
  moon: 'M13.5 9.5A6 6 0 0 1 6.5 2.5a6 6 0 1 0 7 7z',
  copy: 'M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z',
  eye: 'M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8zM8 9.8a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6z',
  hidden: 'M2 2l12 12M4.2 4.9C2.4 6.2 1.5 8 1.5 8S4 12.5 8 12.5c1.3 0 2.4-.4 3.4-1M6.6 3.7A6 6 0 0 1 8 3.5c4 0 6.5 4.5 6.5 4.5s-.6 1.1-1.7 2.2',
  pin: 'M9.5 2l4.5 4.5-2.5.7-2.8 2.8-.4 2.7L3.3 7.7 6 7.3l2.8-2.8zM5.6 10.4L2.5 13.5',
  more: 'M3 8v.01M8 8v.01M13 8v.01',
  plus: 'M8 3v10M3 8h10',
  close: 'M4 4l8 8M12 4l-8 8',
  download: 'M8 2v8M4.8 7L8 10.2 11.2 7M2.5 13.5h11',
  list: 'M2 3.5h12M2 8h12M2 12.5h12',
  boards: 'M2 2.5h5.2v6H2zM9.6 2.5H14v3.4H9.6zM2 11h5.2v2.5H2zM9.6 8.4H14v5.1H9.6z',
  edit: 'M3 13l.6-2.8 7.2-7.2 2.2 2.2-7.2 7.2zM9.4 4.4l2.2 2.2',
  undo: 'M3 6.5h6.5a3.5 3.5 0 0 1 0 7H6M3 6.5L6 3.5M3 6.5l3 3',
  redo: 'M13 6.5H6.5a3.5 3.5 0 0 0 0 7H10M13 6.5l-3-3M13 6.5l-3 3',
  full: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10',
  corner: 'M13 6v7H6M13 10v3h-3',
  expand: 'M9.5 2.5h4v4M6.5 13.5h-4v-4M13.5 2.5l-4.5 4.5M2.5 13.5L7 9',
  user: 'M8 7.5A2.7 2.7 0 1 0 8 2a2.7 2.7 0 0 0 0 5.5zM3 14c.3-2.7 2.4-4.3 5-4.3s4.7 1.6 5 4.3',
  nav: 'M2.5 8h10M9 4.5L12.5 8 9 11.5',
  click: 'M6.5 6.5l7 2.5-3 1.5L9 13.5zM5 1.8v1.7M1.8 5h1.7M2.7 2.7l1.2 1.2',
  http: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM2.2 8h11.6M8 2c2 1.7 2.7 3.7 2.7 6S10 12.3 8 14c-2-1.7-2.7-3.7-2.7-6S6 3.7 8 2z',
  db: 'M2.8 4c0-1.2 2.3-2 5.2-2s5.2.8 5.2 2-2.3 2-5.2 2-5.2-.8-5.2-2zM2.8 4v8c0 1.2 2.3 2 5.2 2s5.2-.8 5.2-2V4M2.8 8c0 1.2 2.3 2 5.2 2s5.2-.8 5.2-2',
  releases: 'M2 2.5h5.6l6 6-5.4 5.4-6.2-6zM5.2 5.4v.01',
  jobs: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 4.8V8l2.3 1.6',
  feedback: 'M2.5 3h11v8H7l-3 2.5V11H2.5zM5.3 6h5.4M5.3 8.3h3.4',
  term: 'M2 3h12v10H2zM4.5 6l2 2-2 2M8.5 10.2h3',
} as const;
export type IconName = keyof typeof ICONS;

/** A stroked 16 px icon; decoration, so the control beside it must have a name. */
export function Icon({ name, small = false, class: more = '' }: { name: IconName; small?: boolean; class?: string }): JSX.Element {
  return (
    <svg class={`i${small ? ' s' : ''} ${more}`} viewBox="0 0 16 16" aria-hidden="true">
      <path d={ICONS[name]} />
    </svg>
  );
}

/** Two dots: one full, one hollow. */
export function Mark(): JSX.Element {
  return (
    <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
      <circle cx="6" cy="10" r="4.5" fill="currentColor" />
      <circle cx="14" cy="10" r="3.7" fill="none" stroke="currentColor" stroke-width="1.7" />
    </svg>
  );
}
