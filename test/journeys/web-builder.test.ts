import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import type { ExpressionAnswer } from '../../src/api/contract.ts';
import { accessibilityFaults, PHONE, sidewaysScroll, startBrowser } from '../harness/browser.ts';
import { eventually, renderValues, startServer, type RunningServer } from '../harness/server.ts';
import { sendGraphite } from '../harness/traffic.ts';

/** Twenty minutes of two series, a value every ten seconds. */
async function sendTwo(server: RunningServer): Promise<void> {
  const now = Math.floor(Date.now() / 10_000) * 10;
  await sendGraphite(
    server,
    Array.from({ length: 120 }, (_, i) => now - 10 * i).flatMap((time) => [`a.one ${10 + (time % 3)} ${time}`, `a.two 30 ${time}`]),
  );
  await eventually(
    () => renderValues(server, 'a.two', '-20min'),
    (values) => values.length > 100,
  );
}

const BUILT = 'movingAverage(averageSeries(a.*),5)';
const target = (url: URL): string => url.searchParams.getAll('target').join(' ');
const drawn = (page: Page) => page.locator('.legend-table tbody tr').filter({ hasText: BUILT }).waitFor();

test('an expression is built with the mouse, drawn at every step, and one Back undoes it', async () => {
  await using server = await startServer();
  await using browser = await startBrowser();
  await sendTwo(server);
  const page = await browser.open(`${server.url}/metrics?target=a.*&from=-15min`);
  await page.getByRole('button', { name: 'Build series A' }).click();
  const builder = page.getByRole('group', { name: 'Build series A' });
  await builder.getByRole('button', { name: 'Add a function' }).click();
  assert.deepEqual(await accessibilityFaults(page), []);
  await page.getByRole('option', { name: /^averageSeries / }).click();
  await page.waitForURL((url) => target(url) === 'averageSeries(a.*)');
  await builder.getByRole('button', { name: 'Add a function' }).click();
  await page.getByRole('combobox', { name: 'Find a function' }).fill('moving av');
  await page.getByRole('option', { name: /^movingAverage / }).click();
  await builder.getByRole('button', { name: /needs windowSize/ }).waitFor();
  assert.equal(target(new URL(page.url())), 'averageSeries(a.*)', 'what lacks something is left out');
  await builder.getByLabel('windowSize').fill('5 parsecs');
  await builder.getByText(/This must be a number of points, or an interval/).waitFor();
  assert.deepEqual(await accessibilityFaults(page), []);
  await builder.getByLabel('windowSize').fill('5');
  await page.waitForURL((url) => target(url) === BUILT);
  await drawn(page);
  // Steps change places, and go.
  await builder.getByRole('button', { name: 'Earlier' }).click();
  await page.waitForURL((url) => target(url) === 'averageSeries(movingAverage(a.*,5))');
  await builder.getByRole('button', { name: 'Remove' }).click();
  await page.waitForURL((url) => target(url) === 'averageSeries(a.*)');
  await page.goBack();
  await page.waitForURL((url) => target(url) === 'a.*');
  await builder.getByRole('button', { name: /^averageSeries/ }).waitFor({ state: 'detached' });
  assert.deepEqual(browser.faults, []);
});

test('an expression is built with the keyboard alone', async () => {
  await using server = await startServer();
  await using browser = await startBrowser();
  await sendTwo(server);
  const page = await browser.open(`${server.url}/metrics?target=a.*&from=-15min`);
  await page.locator('.plot-canvas canvas').waitFor();
  const list = page.getByRole('combobox', { name: 'Find a function' });
  await page.keyboard.press('f');
  await list.waitFor();
  await page.keyboard.type('averages');
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => target(url) === 'averageSeries(a.*)');
  await page.waitForFunction(() => document.activeElement?.textContent?.includes('averageSeries'));
  await page.keyboard.press('f');
  await list.waitFor();
  await page.keyboard.type('movinga');
  await page.keyboard.press('Enter');
  await page.waitForFunction(
    () => document.activeElement instanceof HTMLInputElement && document.activeElement.labels?.[0]?.textContent?.includes('windowSize'),
  );
  await page.keyboard.type('5');
  await page.waitForURL((url) => target(url) === BUILT);
  await drawn(page);
  const chip = page.getByRole('button', { name: 'movingAverage 5' });
  for (let i = 0; i < 6 && !(await chip.evaluate((element) => element === document.activeElement)); i++) await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Shift+ArrowLeft');
  await page.waitForURL((url) => target(url) === 'averageSeries(movingAverage(a.*,5))');
  await page.waitForFunction(() => document.activeElement?.getAttribute('title') === 'movingAverage 5');
  await page.keyboard.press('Delete');
  await page.waitForURL((url) => target(url) === 'averageSeries(a.*)');
  assert.deepEqual(browser.faults, []);
});

test('other series are arguments too, what is not understood stays, and a phone has room for it', async () => {
  await using server = await startServer();
  await using browser = await startBrowser();
  await sendTwo(server);
  const page = await browser.open(`${server.url}/metrics?target=${encodeURIComponent("alias(divideSeries(a.one,a.two),'x|y')")}&from=-15min`, PHONE);
  await page.getByRole('button', { name: 'Build series A' }).tap();
  const builder = page.getByRole('group', { name: 'Build series A' });
  await builder.getByRole('button', { name: /^divideSeries/ }).tap();
  const divisor = builder.getByRole('combobox', { name: 'divisorSeries' });
  await divisor.fill('sumSeries(a.on');
  await page.getByRole('option', { name: 'a.one' }).tap();
  assert.match(target(new URL(page.url())), /divideSeries\(a\.one,a\.two\)/, 'half an edit changes nothing');
  await divisor.press('End');
  await divisor.pressSequentially(')');
  await page.waitForURL((url) => target(url) === "alias(divideSeries(a.one,sumSeries(a.one)),'x|y')");
  assert.deepEqual(await sidewaysScroll(page), []);
  assert.deepEqual(await accessibilityFaults(page), []);
  await page.goto(`${server.url}/metrics?target=own(1,a.one)&from=-15min`);
  await page.getByRole('button', { name: 'Build series A' }).tap();
  await builder.getByRole('button', { name: /own/ }).nth(1).tap();
  await builder.getByText('own(1,…)').waitFor();
  await page.goto(`${server.url}/metrics?target=sumSeries(a.one&from=-15min`);
  await page.getByRole('button', { name: 'Build series A' }).tap();
  await page.getByText('It cannot be built on before it can be read.').waitFor();
  assert.deepEqual(browser.faults, []);
});

test('while a target is typed, functions, their parameters and what those take are offered', async () => {
  await using server = await startServer();
  await using browser = await startBrowser();
  await sendTwo(server);
  const page = await browser.open(`${server.url}/metrics?target=a.one&from=-15min`);
  await page.getByRole('button', { name: /^Edit series A/ }).click();
  const field = page.getByRole('combobox', { name: 'Series A' });
  await field.fill('');
  await field.pressSequentially('summari');
  await page.getByRole('option', { name: /^summarize\(\) Folds values/ }).waitFor();
  await page.keyboard.press('Tab');
  assert.equal(await field.inputValue(), 'summarize(');
  await field.pressSequentially('a.one,');
  await page.getByText(/summarize\(seriesList, intervalString/).waitFor();
  await page.getByRole('option', { name: /'5min'/ }).click();
  await field.pressSequentially(',');
  await page.getByRole('option', { name: /'max'/ }).click();
  await field.pressSequentially(')');
  assert.deepEqual(await accessibilityFaults(page), []);
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => target(url) === "summarize(a.one,'5min','max')");
  assert.deepEqual(browser.faults, []);
  const tree = await server.json<ExpressionAnswer>(`/api/v1/expression?target=${encodeURIComponent(BUILT)}`);
  assert.deepEqual([tree.function, tree.span, tree.arguments?.[1].value], ['movingAverage', [0, BUILT.length], { kind: 'number', span: [33, 34] }]);
});
