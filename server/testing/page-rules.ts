import assert from 'node:assert/strict';
import { join } from 'node:path';
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
 * Asserts what holds for every page: a title, one h1, one main landmark, a name for every control, an `alt` for
 * every picture, no positive tabindex, nothing the browser complained of, and no sideways scroll on a phone.
 * `shot` names the pictures that are kept in `SHOTS_DIR`, when that is set.
 */
export async function assertPageRules({ page, complaints }: WatchedPage, shot?: string): Promise<void> {
  const faults = await page.evaluate(findFaults);
  assert.deepEqual(faults, [], page.url());
  await keepShot(page, shot, wide.width);
  await page.setViewportSize(narrow);
  const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
  const fits = await page
    .waitForFunction(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)
    .catch(() => null);
  assert.ok(fits, `${page.url()} is ${await page.evaluate(overflow)} px too wide at ${narrow.width}`);
  await keepShot(page, shot, narrow.width);
  await page.setViewportSize(wide);
  assert.deepEqual(complaints, []);
}

async function keepShot(page: Page, shot: string | undefined, width: number): Promise<void> {
  const folder = process.env.SHOTS_DIR;
  if (!shot || !folder) return;
  await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({
    path: join(folder, `${shot}-${width}.png`),
    fullPage: true,
    animations: 'disabled',
  });
}

/** Runs in the page: what breaks the rules that a look at its elements can tell. */
function findFaults(): string[] {
  const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
  const shown = (element: Element) => element.checkVisibility({ visibilityProperty: true });
  // What is hidden from screen readers needs no name, as long as Tab does not come to it.
  const spared = (element: HTMLElement) =>
    element.tabIndex < 0 && element.closest('[aria-hidden=true]') !== null;
  const told = (element: Element) => element.outerHTML.slice(0, 160);
  const textOf = (ids: string | null) =>
    (ids ?? '')
      .split(/\s+/)
      .map((id) => document.getElementById(id)?.textContent ?? '')
      .join('');
  const nameOf = (element: HTMLElement) =>
    [
      element.getAttribute('aria-label'),
      textOf(element.getAttribute('aria-labelledby')),
      ...[...((element as HTMLInputElement).labels ?? [])].map((label) => label.textContent),
      ...(element.matches('button, a')
        ? [element.textContent, ...[...element.querySelectorAll('img')].map((image) => image.alt)]
        : []),
      element.getAttribute('title'),
    ]
      .join('')
      .trim();
  const exactlyOne = (what: string, selector: string) => {
    const found = all(selector).filter(shown);
    return found.length === 1 ? [] : [`${found.length} of ${what}`];
  };
  const controls =
    'input:not([type=hidden]), select, textarea, button, a[href], [role=combobox], [role=dialog]';
  return [
    ...(document.title.trim() === '' ? ['no title'] : []),
    ...(document.documentElement.lang === '' ? ['no language'] : []),
    ...exactlyOne('h1', 'h1'),
    ...exactlyOne('main', 'main, [role=main]'),
    ...all(controls)
      .filter((element) => shown(element) && !spared(element) && nameOf(element) === '')
      .map((element) => `no name: ${told(element)}`),
    ...all('img:not([alt])').map((element) => `no alt: ${told(element)}`),
    ...all('[tabindex]')
      .filter((element) => element.tabIndex > 0)
      .map((element) => `positive tabindex: ${told(element)}`),
    ...all('[id]')
      .filter((element, place, every) => every.findIndex((other) => other.id === element.id) !== place)
      .map((element) => `id used twice: ${told(element)}`),
  ];
}
