import {
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  type MantineThemeOverride,
} from '@mantine/core';

/** A quiet blue-grey: the only strong colour in the window is the stop's red. */
const ink: MantineColorsTuple = [
  '#f1f5fa',
  '#e2e8f1',
  '#c3d0e3',
  '#a1b6d4',
  '#849fc7',
  '#6485b5',
  '#4d6f9f',
  '#3b5b88',
  '#304a70',
  '#22344f',
];

/** The stop's own red, darker than a kit's red so that white text on it has a contrast of 5.5 and more. */
const stop: MantineColorsTuple = [
  '#fff0ef',
  '#ffdfdc',
  '#fcbcb6',
  '#f8958c',
  '#f4746a',
  '#e5484d',
  '#d92d32',
  '#c4161c',
  '#a90f15',
  '#7d070c',
];

const dark: MantineColorsTuple = [
  '#d8dde5',
  '#b8c0cc',
  '#98a2b1',
  '#6b7686',
  '#444e5d',
  '#333c49',
  '#262e39',
  '#1b222b',
  '#141a21',
  '#0e1318',
];

const gray: MantineColorsTuple = [
  '#f7f8fa',
  '#f0f2f5',
  '#e5e8ed',
  '#d8dde4',
  '#c3cad4',
  '#a3adba',
  '#7b8695',
  '#566170',
  '#37414e',
  '#1d242d',
];

/** `close`: what the button that closes a passing remark is called. */
export function createAppTheme(close: string): MantineThemeOverride {
  return createTheme({
    primaryColor: 'ink',
    primaryShade: { light: 7, dark: 6 },
    colors: { ink, stop, dark, gray },
    defaultRadius: 'sm',
    radius: { xs: '3px', sm: '5px', md: '8px', lg: '12px' },
    fontFamily: "Inter, 'Segoe UI Variable Text', 'Segoe UI', system-ui, -apple-system, sans-serif",
    fontFamilyMonospace: "'JetBrains Mono', 'Cascadia Mono', 'SF Mono', Menlo, Consolas, monospace",
    fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '19px' },
    lineHeights: { xs: '1.35', sm: '1.4', md: '1.45', lg: '1.4', xl: '1.3' },
    spacing: { xs: '6px', sm: '10px', md: '14px', lg: '20px', xl: '28px' },
    headings: {
      fontWeight: '600',
      sizes: {
        h1: { fontSize: '20px', lineHeight: '28px' },
        h2: { fontSize: '16px', lineHeight: '24px' },
        h3: { fontSize: '14px', lineHeight: '20px' },
      },
    },
    cursorType: 'default',
    autoContrast: true,
    respectReducedMotion: true,
    components: {
      Button: { defaultProps: { size: 'sm' } },
      TextInput: { defaultProps: { size: 'sm' } },
      InputWrapper: { styles: { description: { fontSize: 12, lineHeight: '17px' } } },
      Select: {
        defaultProps: {
          size: 'sm',
          allowDeselect: false,
          checkIconPosition: 'right',
          // The list itself scrolls, so that it is the list of its field that does, and no box inside it.
          withScrollArea: false,
        },
        styles: { options: { maxHeight: 240, overflowY: 'auto' } },
      },
      Notification: { defaultProps: { closeButtonProps: { 'aria-label': close } } },
      Tooltip: { defaultProps: { openDelay: 400, withArrow: true, fz: 'xs' } },
      Menu: {
        defaultProps: { shadow: 'md', transitionProps: { duration: 0 }, withInitialFocusPlaceholder: false },
      },
      Popover: { defaultProps: { shadow: 'md', transitionProps: { duration: 0 } } },
    },
  });
}

/** The app's own colours, as variables both style sheets and components use; every pair reads at 4.5:1 or more. */
export const resolveVariables: CSSVariablesResolver = () => ({
  variables: {
    '--bar-height': '60px',
    '--nav-width': '208px',
  },
  light: {
    '--mantine-color-dimmed': '#566170',
    '--mantine-color-placeholder': '#667180',
    '--mantine-color-error': '#b3151b',
    '--mantine-color-text': '#1d242d',
    '--surface-0': '#f4f5f8',
    '--surface-1': '#ffffff',
    '--surface-2': '#f0f2f5',
    '--surface-hover': '#edf0f4',
    '--surface-chosen': '#e3ebf6',
    '--line': '#dfe3e9',
    '--line-strong': '#c3cad4',
    '--good': '#1a6b3c',
    '--good-soft': '#e3f3e9',
    '--warn': '#8a4b00',
    '--warn-soft': '#fdf0dc',
    '--bad': '#b3151b',
    '--bad-soft': '#fdebea',
    '--calm': '#304a70',
    '--calm-soft': '#e6edf7',
    '--quiet': '#566170',
    '--quiet-soft': '#eceff3',
    '--stop': '#c4161c',
  },
  dark: {
    '--mantine-color-dimmed': '#a3aebd',
    '--mantine-color-placeholder': '#94a0b0',
    '--mantine-color-error': '#ff9d97',
    '--mantine-color-text': '#e6eaf0',
    '--mantine-color-body': '#141a21',
    '--surface-0': '#10151b',
    '--surface-1': '#171d25',
    '--surface-2': '#1f2630',
    '--surface-hover': '#232b36',
    '--surface-chosen': '#263750',
    '--line': '#2b3440',
    '--line-strong': '#444e5d',
    '--good': '#7fd6a2',
    '--good-soft': '#16321f',
    '--warn': '#f3bd72',
    '--warn-soft': '#3a2a10',
    '--bad': '#ff9d97',
    '--bad-soft': '#421a1b',
    '--calm': '#a9c4ec',
    '--calm-soft': '#1f2f47',
    '--quiet': '#a3aebd',
    '--quiet-soft': '#262e39',
    '--stop': '#c4161c',
  },
});
