/**
 * The shape another language must have: the same keys, and for every plural a `_many` beside its `_other`
 * (French says "1 000 000 de publications").
 */
export type Texts<T> = {
  readonly [K in keyof T]: T[K] extends string ? string : Texts<T[K]>;
} & {
  readonly [K in keyof T as K extends `${infer Base}_other` ? `${Base}_many` : never]: string;
};
