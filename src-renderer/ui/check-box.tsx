import { Checkbox } from 'react-aria-components';
import css from './check-box.module.css';

/** The box that chooses a row, or all of them, in a table or list of React Aria; named by it. */
export function SelectionBox() {
  return (
    <Checkbox slot="selection" className={css.box ?? ''}>
      {({ isIndeterminate }) => (
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" className={css.mark}>
          {isIndeterminate ? <path d="M4 8h8" /> : <path d="M3.5 8.5l3 3 6-7" />}
        </svg>
      )}
    </Checkbox>
  );
}
