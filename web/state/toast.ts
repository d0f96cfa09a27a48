import { signal } from '@preact/signals';

/** A short word that something out of sight worked, or did not; with what can be done about it. */
interface ToastWords {
  text: string;
  action?: { text: string; run: () => void };
}

export const toast = signal<ToastWords>({ text: '' });

const NOTHING: ToastWords = { text: '' };
const SHORT = 4000;
/** Long enough to reach a button. */
const LONG = 10_000;

let timer: ReturnType<typeof setTimeout> | undefined;

export function say(text: string, action?: ToastWords['action']): void {
  toast.value = { text, action };
  clearTimeout(timer);
  timer = setTimeout(sayNothing, action ? LONG : SHORT);
}

export function sayNothing(): void {
  toast.value = NOTHING;
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
