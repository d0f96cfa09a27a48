import { signal } from '@preact/signals';

/** A short word that something out of sight worked, or did not. */
export const toast = signal('');

let timer: ReturnType<typeof setTimeout> | undefined;

export function say(text: string): void {
  toast.value = text;
  clearTimeout(timer);
  timer = setTimeout(() => (toast.value = ''), 4000);
}

/** Copies to the clipboard; where the browser refuses (plain http from afar), by the old command. */
export async function copyText(text: string, done: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    say(done);
  } catch {
    const field = document.createElement('textarea');
    field.value = text;
    document.body.append(field);
    field.select();
    const copied = document.execCommand('copy');
    field.remove();
    say(copied ? done : 'The browser does not allow copying');
  }
}

/** The link to this very view: a live range stays live. */
export function copyLink(): void {
  void copyText(location.href, 'Link copied');
}
