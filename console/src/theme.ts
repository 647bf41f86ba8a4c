import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** Carillon's own colour: the blue of a bell tower at dusk. Shade 7 has a contrast of 7.6 with white. */
const dusk: MantineColorsTuple = [
  '#eff0fb',
  '#dcdef4',
  '#b8bce9',
  '#9298de',
  '#7279d4',
  '#5c64cd',
  '#4c54bd',
  '#3f46a6',
  '#343a8c',
  '#272c6d',
];

/** Dark surfaces with a touch of the same blue: 7 the page's cards' ground, 6 cards, 4 borders. */
const dark: MantineColorsTuple = [
  '#dfe0ea',
  '#b9bbca',
  '#a0a2b3',
  '#80839a',
  '#4a4d5f',
  '#363848',
  '#232430',
  '#1b1c26',
  '#15161e',
  '#101117',
];

const coloursOfStates = ['dusk', 'gray', 'red', 'green', 'teal', 'yellow', 'orange', 'blue', 'grape'];

/** The console's look: system fonts, calm surfaces, one accent. */
export const theme = createTheme({
  primaryColor: 'dusk',
  // White upon them has a contrast of 7.6 and 5.0; the one on dark cards stands out by 3.0.
  primaryShade: { light: 7, dark: 5 },
  autoContrast: true,
  // At 0.18 black and white stand out equally.
  luminanceThreshold: 0.18,
  colors: { dusk, dark },
  defaultRadius: 'md',
  cursorType: 'pointer',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.65rem', lineHeight: '1.25' },
      h2: { fontSize: '1.15rem', lineHeight: '1.35' },
      h3: { fontSize: '1rem', lineHeight: '1.4' },
    },
  },
  components: {
    Card: { defaultProps: { withBorder: true, padding: 'lg', radius: 'lg' } },
    Modal: {
      defaultProps: { centered: true, radius: 'lg', closeButtonProps: { 'aria-label': 'Close' } },
      styles: { title: { fontWeight: 650, fontSize: '1.1rem', lineHeight: 1.35, overflowWrap: 'anywhere' } },
    },
    Drawer: {
      defaultProps: { closeButtonProps: { 'aria-label': 'Close' } },
      styles: { title: { fontWeight: 650, fontSize: '1.1rem', lineHeight: 1.35, overflowWrap: 'anywhere' } },
    },
    Badge: {
      defaultProps: { variant: 'light', radius: 'sm', tt: 'none', fw: 600 },
      styles: { root: { minWidth: 'max-content' } },
    },
    PasswordInput: {
      defaultProps: { visibilityToggleButtonProps: { 'aria-label': 'Show password', tabIndex: 0 } },
    },
    // What opens gives the focus to its first item; a placeholder in its place is no item of a menu.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } },
    Tooltip: { defaultProps: { withArrow: true, multiline: true, maw: 320 } },
    // Required fields say so to screen readers by the attribute; the star alone means nothing to a newcomer.
    InputWrapper: { defaultProps: { inputWrapperOrder: ['label', 'description', 'input', 'error'] } },
  },
});

/**
 * Mantine's own dimmed and tinted texts fall short of WCAG 2.2 AA (4.5:1); these reach it on every surface they
 * stand on.
 */
export const accessibleVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': '#1c1d2b',
    '--mantine-color-dimmed': '#5a5d70',
    '--mantine-color-placeholder': '#6b6e80',
    '--mantine-color-error': '#c22525',
    '--mantine-color-default-border': '#8d90a3',
    '--carillon-ground': '#f6f6fa',
    '--carillon-line': '#e3e4ec',
    '--carillon-bubble': '#e7e8f0',
    '--carillon-wallpaper': '#efe7dd',
    '--carillon-whatsapp-bubble': '#ffffff',
    '--carillon-whatsapp-link': '#0b5c8a',
    ...shades((colour) => `color-mix(in srgb, var(--mantine-color-${colour}-9) 55%, black)`),
  },
  dark: {
    '--mantine-color-body': '#1b1c26',
    '--mantine-color-text': '#dfe0ea',
    '--mantine-color-dimmed': '#a9abbd',
    '--mantine-color-placeholder': '#9597aa',
    '--mantine-color-error': '#ff8f8f',
    '--mantine-color-anchor': 'var(--mantine-color-dusk-2)',
    '--mantine-color-default': '#232430',
    '--mantine-color-default-border': '#6c6f84',
    '--carillon-ground': '#14151d',
    '--carillon-line': '#3a3c4c',
    '--carillon-bubble': '#2d2f3d',
    '--carillon-wallpaper': '#12211c',
    '--carillon-whatsapp-bubble': '#1f2c27',
    '--carillon-whatsapp-link': '#8ecdf5',
    ...shades((colour) => `var(--mantine-color-${colour}-2)`),
  },
});

function shades(text: (colour: string) => string): Record<string, string> {
  return Object.fromEntries(
    coloursOfStates.map((colour) => [`--mantine-color-${colour}-light-color`, text(colour)]),
  );
}
