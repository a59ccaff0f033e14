import { ActionIcon, type ActionIconProps, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { type ComponentPropsWithRef, type ReactNode, useEffect, useRef, useState } from 'react';

type ButtonProps = ActionIconProps & Omit<ComponentPropsWithRef<'button'>, keyof ActionIconProps>;

function MoreButton(props: ButtonProps) {
  return (
    <ActionIcon variant="subtle" color="gray" {...props}>
      <IconDots size={18} aria-hidden="true" />
    </ActionIcon>
  );
}

/**
 * The three dots at the end of a row. A menu costs more than the row it belongs to, and nearly all of a thousand are never opened: until it
 * is asked for it is only its button. `children` is what stands in it.
 */
export function LazyMenu(props: {
  label: string;
  tabIndex: 0 | -1;
  isBusy?: boolean;
  children: () => ReactNode;
}) {
  const [isAsked, setIsAsked] = useState(false);
  const button: ButtonProps = { tabIndex: props.tabIndex, 'aria-label': props.label };
  if (isAsked) return <OpenedMenu {...props} button={button} />;
  return (
    <MoreButton {...button} aria-haspopup="menu" aria-expanded={false} onClick={() => setIsAsked(true)} />
  );
}

function OpenedMenu(props: { isBusy?: boolean; button: ButtonProps; children: () => ReactNode }) {
  const [isOpen, setIsOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  // The focus comes from here, so that it comes back here when the menu is closed.
  useEffect(() => {
    button.current?.focus();
    setIsOpen(true);
  }, []);
  return (
    <Menu position="bottom-end" withinPortal opened={isOpen} onChange={setIsOpen}>
      <Menu.Target>
        <MoreButton {...props.button} ref={button} loading={props.isBusy ?? false} />
      </Menu.Target>
      <Menu.Dropdown>{props.children()}</Menu.Dropdown>
    </Menu>
  );
}
