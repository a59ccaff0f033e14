import type { ComponentType, ReactNode } from 'react';
import { Button } from 'react-aria-components';
import css from './row-button.module.css';

/** A button inside a row that can be chosen: pressing it does not choose the row. */
export function RowButton(props: {
  icon: ComponentType<{ size?: number; stroke?: number }>;
  children: ReactNode;
  isDisabled?: boolean;
  onPress: () => void;
}) {
  const Icon = props.icon;
  return (
    <Button className={css.button ?? ''} isDisabled={props.isDisabled ?? false} onPress={props.onPress}>
      <Icon size={15} />
      {props.children}
    </Button>
  );
}
