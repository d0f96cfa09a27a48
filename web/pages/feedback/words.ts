import type { FeedbackItem, FeedbackState } from '../../../src/api/contract-feedback.ts';

/** Who wrote it, as short as it can be said. */
export const whoOf = ({ name, email }: Pick<FeedbackItem, 'name' | 'email'>): string => name || email || 'somebody';

/** The page without its server where that is long; the whole of it where it is no address. */
export function pageOf(url: string): string {
  const parsed = URL.parse(url);
  return parsed && /^https?:$/.test(parsed.protocol) ? parsed.host + (parsed.pathname === '/' ? '' : parsed.pathname) : url;
}

/** An address that may be a link: of the web, and nothing that runs. */
export const webAddress = (url: string): string | undefined => (/^https?:\/\//i.test(url) && URL.canParse(url) ? url : undefined);

/** State of a feedback as glyph and word. */
export const STATE_WORDS: Record<FeedbackState, { glyph: 'warn' | 'ok' | 'none'; text: string }> = {
  open: { glyph: 'warn', text: 'open' },
  resolved: { glyph: 'ok', text: 'resolved' },
  spam: { glyph: 'none', text: 'spam' },
};
