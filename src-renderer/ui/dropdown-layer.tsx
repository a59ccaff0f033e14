import { MantineThemeProvider } from '@mantine/core';
import { type ReactNode, useId, useMemo } from 'react';

/**
 * Lists, menus and calendars of what is inside open at the end of this element instead of at the end of the page: they
 * belong to the same landmark or dialog, and are cut off by no table in it. The element around must not clip.
 */
export function DropdownLayer({ children }: { children: ReactNode }) {
  const id = useId();
  const theme = useMemo(
    () => ({ components: { Popover: { defaultProps: { portalProps: { target: `#${CSS.escape(id)}` } } } } }),
    [id],
  );
  return (
    <MantineThemeProvider theme={theme}>
      {children}
      <div id={id} />
    </MantineThemeProvider>
  );
}
