import type { Browser, Page } from 'playwright-core';
import { startBrowser } from './browser.ts';
import { type WatchedPage, watch } from './page-rules.ts';
import type { TestProgram } from './program.ts';
import { asTab, type Tab } from './tab.ts';

/** A browser with one tab on the console, whose page is watched for what it must not do. */
export interface ConsoleTab {
  browser: Browser;
  watched: WatchedPage;
  page: Page;
  tab: Tab;
}

/** Opens a browser on nothing yet, as a person in New York has it. */
export async function openTab(): Promise<ConsoleTab> {
  const browser = await startBrowser();
  const context = await browser.newContext({
    ...{ locale: 'en-US', timezoneId: 'America/New_York', colorScheme: 'light', reducedMotion: 'reduce' },
    viewport: { width: 1280, height: 900 },
  });
  context.setDefaultTimeout(30_000);
  const watched = watch(await context.newPage());
  return { browser, watched, page: watched.page, tab: asTab(watched.page) };
}

/** The same on a program's console, where somebody of this name has made the first account. */
export async function openConsole(program: TestProgram, name: string): Promise<ConsoleTab> {
  const opened = await openTab();
  const { page, tab } = opened;
  await page.goto(program.url);
  await tab.field('API key').fill(program.key);
  await tab.field('Your brand').fill('Harbor Coffee');
  await tab.field('Your name').fill(name);
  await tab.field('Email').fill(`${name.toLowerCase()}@example.com`);
  await tab.field('Password').fill('a long enough password');
  await tab.button('Make account and sign in').click();
  await tab.heading('Your first campaign in four steps').waitFor();
  return opened;
}
