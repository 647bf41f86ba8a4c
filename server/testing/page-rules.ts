import assert from 'node:assert/strict';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Page } from 'playwright-core';

const wide = { width: 1280, height: 900 };
/** A small phone's. */
const narrow = { width: 390, height: 844 };

/** Opens a page of a desktop's size that keeps what the browser complains of. */
export interface WatchedPage {
  page: Page;
  /** Errors of the browser's console and of scripts since the page was opened. */
  complaints: string[];
}

/** Listens to what goes wrong in a page. */
export function watch(page: Page): WatchedPage {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${page.url()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
  return { page, complaints };
}

/**
 * Asserts what holds for every page: what axe looks at (WCAG 2.2 AA and its best practices) in the dark and in the light, nothing the browser
 * complained of, and no sideways scroll on a phone.
 * `shot` names the pictures that are kept in `SHOTS_DIR`, when that is set.
 */
export async function assertPageRules({ page, complaints }: WatchedPage, shot?: string): Promise<void> {
  const scheme = await schemeOf(page);
  for (const each of ['dark', 'light'] as const) {
    await setScheme(page, each);
    assert.deepEqual(await faultsIn(page, looks[each]), [], `${page.url()}, ${each}`);
    await keepShot(page, shot, `${wide.width}-${each}`);
  }
  await page.setViewportSize(narrow);
  const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
  const fits = await page
    .waitForFunction(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)
    .catch(() => null);
  assert.ok(fits, `${page.url()} is ${await page.evaluate(overflow)} px too wide at ${narrow.width}`);
  await keepShot(page, shot, String(narrow.width));
  await page.setViewportSize(wide);
  await setScheme(page, scheme);
  assert.deepEqual(complaints, []);
}

async function keepShot(page: Page, shot: string | undefined, kind: string): Promise<void> {
  const folder = process.env.SHOTS_DIR;
  if (!shot || !folder) return;
  await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({
    path: join(folder, `${shot}-${kind}.png`),
    fullPage: true,
    animations: 'disabled',
  });
}

const schemeAttribute = 'data-mantine-color-scheme';
const schemeOf = (page: Page) =>
  page.evaluate((name) => document.documentElement.getAttribute(name) ?? 'light', schemeAttribute);
/** Sets it with no colour fading into another: what is looked at is its end. */
const setScheme = (page: Page, scheme: string) =>
  page.evaluate(
    ([name, value]) => {
      const unfading = new CSSStyleSheet();
      unfading.replaceSync('*, *::before, *::after { transition: none !important }');
      document.adoptedStyleSheets = [unfading];
      document.documentElement.setAttribute(name, value);
    },
    [schemeAttribute, scheme] as const,
  );

/** What axe looks at: WCAG 2.2 AA and good practice; in the dark colours alone, since all else is the same there. */
const looks = {
  light: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  dark: ['color-contrast', 'link-in-text-block'],
};

/** What need not lie in a landmark: axe's own, and a tooltip, which one passes by and which is read with what it explains. */
const outsideLandmarks = 'dialog, [role=dialog], [role=alertdialog], svg, [role=tooltip]';

/** What axe finds, each with the element and the remedy. */
async function faultsIn(page: Page, look: string[]): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  const { violations } = await page.evaluate(
    ([runOnly, regionMatcher]) => {
      const looker = (globalThis as unknown as { axe: typeof axe }).axe;
      looker.configure({ checks: [{ id: 'region', options: { regionMatcher } }] });
      return looker.run(document, { resultTypes: ['violations'], runOnly });
    },
    [look, outsideLandmarks] as const,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
  );
}
