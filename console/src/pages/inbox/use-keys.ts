import { useHotkeys, useLocalStorage } from '@mantine/hooks';

/** Whether single keys act; whoever speaks to their machine may do without (WCAG 2.1.4). */
export const useSingleKeys = () =>
  useLocalStorage({ key: 'carillon-inbox-keys', defaultValue: true, getInitialValueInEffect: false });

/** Single keys that act while nobody types. */
export function useKeys(keys: Readonly<Record<string, () => void>>): void {
  const [isOn] = useSingleKeys();
  useHotkeys(
    Object.entries(keys).map(([key, act]) => [
      // A question mark is typed with Shift on most keyboards.
      key === '?' ? 'shift+?' : key,
      () => {
        // What is open above the page has the keys.
        if (isOn && !document.querySelector('[role="dialog"], [role="menu"]')) act();
      },
    ]),
  );
}
