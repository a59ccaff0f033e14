import type { desk as english } from '../en/desk.ts';
import type { Texts } from '../texts.ts';
export const desk: Texts<typeof english> = { title: 'x' };
