import { links, maxPages, pages, PAGE_BYTES } from './layout';

// A bounded pool of 256-byte pages for timers' samples and sketches.

let fresh: u32 = 0;
let free: u32 = 0; // head of the list of freed pages, + 1

// @ts-ignore: decorator
@inline
export function pageAt(page: u32): usize {
  return pages + <usize>(page - 1) * PAGE_BYTES;
}

// @ts-ignore: decorator
@inline
export function linkOf(page: u32): u32 {
  return load<u32>(links + <usize>(page - 1) * 4);
}

/** A page's number (from 1 on) that links to `before`, or 0 when none is left. */
export function takePage(before: u32): u32 {
  let page = free;
  if (page) free = linkOf(page);
  else if (fresh < maxPages) page = ++fresh;
  else return 0;
  store<u32>(links + <usize>(page - 1) * 4, before);
  return page;
}

export function givePage(page: u32): void {
  store<u32>(links + <usize>(page - 1) * 4, free);
  free = page;
}
