/** The desk: brands and their accounts. */
export const desk = {
  title: 'Desk',
} as const;
