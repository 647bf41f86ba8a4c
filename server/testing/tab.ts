import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';

/** A tab as a person uses it: controls found by the names they have for screen readers. */
export interface Tab {
  button(name: string): Locator;
  link(name: string): Locator;
  heading(name: string): Locator;
  /** A control by its label, with or without the star of required ones. */
  field(label: string): Locator;
  /** Chooses an option of a list that opens. */
  choose(label: string, option: string | RegExp): Promise<void>;
  /** Presses Tab until the control has the focus, as somebody without a mouse does. */
  tabTo(control: Locator): Promise<void>;
  /** The figures on the page, by their label. */
  figures(): Promise<Record<string, string>>;
}

const mostTabPresses = 80;

/** The page of a browser as a person's tab. */
export function asTab(page: Page): Tab {
  return {
    button: (name) => page.getByRole('button', { name, exact: true }),
    link: (name) => page.getByRole('link', { name, exact: true }),
    heading: (name) => page.getByRole('heading', { name, exact: true }).first(),
    field: (label) => page.getByLabel(new RegExp(`^${label}( \\*)?$`)),
    choose: async (label, option) => {
      const list = page.getByRole('combobox', { name: label }).or(page.getByRole('textbox', { name: label }));
      await list.first().click();
      await page.getByRole('option', { name: option }).click();
    },
    tabTo: async (control) => {
      for (let presses = 0; presses < mostTabPresses; presses++) {
        if (await control.evaluate((element) => element === document.activeElement)) return;
        await page.keyboard.press('Tab');
      }
      assert.fail(`Tab never came to ${control}`);
    },
    figures: () => page.evaluate(readFigures),
  };
}

/** Runs in the page. */
function readFigures(): Record<string, string> {
  return Object.fromEntries(
    [...document.querySelectorAll('main dt')].map((term) => {
      const told = term.nextElementSibling;
      return [term.textContent, (told?.firstElementChild ?? told)?.textContent ?? ''];
    }),
  );
}
