import { AxeBuilder } from '@axe-core/playwright';
import { existsSync } from 'node:fs';
import { chromium, type BrowserContextOptions, type Page } from 'playwright-core';

/** The system's browser. */
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));

const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];

/** A browser whose pages note what goes wrong in them. */
export interface Browsing extends AsyncDisposable {
  /** A page in a window of its own, e.g. of a phone or in the dark. */
  open(url: string, options?: BrowserContextOptions): Promise<Page>;
  /** Uncaught errors and refused styles or scripts of all pages so far; a refused question is no fault. */
  faults: string[];
}

export const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** Starts the system's Chromium. */
export async function startBrowser(): Promise<Browsing> {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGS });
  const faults: string[] = [];
  return {
    faults,
    async open(url, options = {}) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      page.on('pageerror', (error) => faults.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error' && !/status of [45]\d\d|net::ERR_/.test(message.text())) faults.push(message.text());
      });
      await page.goto(url);
      return page;
    },
    [Symbol.asyncDispose]: () => browser.close(),
  };
}

/** What the WCAG 2.2 AA rules and axe's best practice find on the page, one line a finding. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 120)}`));
}

/** What makes the page wider than its window; nothing when it does not scroll sideways. */
export function sidewaysScroll(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    const wide = [...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > room + 1);
    return wide.map((element) => `${element.tagName.toLowerCase()}.${element.getAttribute('class')}`);
  });
}
