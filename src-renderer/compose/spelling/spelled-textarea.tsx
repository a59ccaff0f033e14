import { Textarea, type TextareaProps } from '@mantine/core';
import { memo, type RefObject, useEffect, useRef } from 'react';
import css from './spelling.module.css';
import type { WordAt } from './words-in.ts';

/** A text field that underlines words. The lines lie on a copy of the text that is drawn over it, wraps as it does and scrolls with it. */
export function SpelledTextarea(props: TextareaProps & { value: string; wrong: readonly WordAt[] }) {
  const { wrong, ...rest } = props;
  const area = useRef<HTMLTextAreaElement>(null);
  return (
    <div className={css.field}>
      <Textarea {...rest} ref={area} spellCheck={false} />
      {wrong.length > 0 ? <Underlines area={area} text={props.value} wrong={wrong} /> : null}
    </div>
  );
}

const COPIED = [
  'fontFamily',
  'fontSize',
  'fontStyle',
  'fontWeight',
  'fontStretch',
  'fontKerning',
  'fontFeatureSettings',
  'fontVariationSettings',
  'fontVariantLigatures',
  'textRendering',
  'letterSpacing',
  'wordSpacing',
  'lineHeight',
  'tabSize',
  'textIndent',
  'paddingTop',
  'paddingBottom',
  'paddingLeft',
  'paddingRight',
] as const;

const Underlines = memo(function Underlines(props: {
  area: RefObject<HTMLTextAreaElement | null>;
  text: string;
  wrong: readonly WordAt[];
}) {
  const { area, text, wrong } = props;
  const frame = useRef<HTMLDivElement>(null);
  const copy = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const [field, box, inner] = [area.current, frame.current, copy.current];
    if (!field || !box || !inner) return;
    const scroll = () => {
      inner.style.transform = `translateY(${-field.scrollTop}px)`;
    };
    const place = () => {
      const style = getComputedStyle(field);
      for (const name of COPIED) inner.style[name] = style[name];
      const outer = box.offsetParent?.getBoundingClientRect();
      const there = field.getBoundingClientRect();
      box.style.top = `${there.top - (outer?.top ?? 0) + field.clientTop}px`;
      box.style.left = `${there.left - (outer?.left ?? 0) + field.clientLeft}px`;
      // Without the scroll bar, which takes its room from the text.
      box.style.width = `${field.clientWidth}px`;
      box.style.height = `${field.clientHeight}px`;
      scroll();
    };
    place();
    const watch = new ResizeObserver(place);
    watch.observe(field);
    field.addEventListener('scroll', scroll);
    return () => {
      watch.disconnect();
      field.removeEventListener('scroll', scroll);
    };
  }, [area]);
  // A field that grew or got a scroll bar wraps otherwise from now on.
  useEffect(() => {
    const [field, box, inner] = [area.current, frame.current, copy.current];
    if (!field || !box || !inner) return;
    box.style.width = `${field.clientWidth}px`;
    inner.style.transform = `translateY(${-field.scrollTop}px)`;
  });
  let at = 0;
  return (
    <div ref={frame} className={css.frame} aria-hidden="true">
      <div ref={copy} className={css.copy}>
        {wrong.map(({ start, end }) => {
          const before = text.slice(at, start);
          at = end;
          return (
            <span key={start}>
              {before}
              <span className={css.wrong} data-misspelled="">
                {text.slice(start, end)}
              </span>
            </span>
          );
        })}
        {text.slice(at)}
      </div>
    </div>
  );
});
