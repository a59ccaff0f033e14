import { ActionIcon, type ActionIconProps } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { type ComponentPropsWithRef, type ReactNode, useState } from 'react';

/** The button with three dots at the end of a row. */
export function MoreButton(
  props: ActionIconProps & Omit<ComponentPropsWithRef<'button'>, keyof ActionIconProps>,
) {
  return (
    <ActionIcon variant="subtle" color="gray" {...props}>
      <IconDots size={18} aria-hidden="true" />
    </ActionIcon>
  );
}

/**
 * A menu costs more than the row it belongs to, and nearly all of a thousand are never opened: until the mouse or the focus is there it is
 * only its button. `children` makes the menu, with that button again; `isAsked` when it is to be open at once.
 */
export function LazyMenu(props: {
  label: string;
  tabIndex: 0 | -1;
  children: (isAsked: boolean) => ReactNode;
}) {
  const [need, setNeed] = useState<'none' | 'near' | 'asked'>('none');
  if (need !== 'none' || props.tabIndex === 0) return props.children(need === 'asked');
  return (
    <MoreButton
      tabIndex={props.tabIndex}
      aria-label={props.label}
      aria-haspopup="menu"
      aria-expanded={false}
      onPointerEnter={() => setNeed('near')}
      onClick={() => setNeed('asked')}
    />
  );
}
