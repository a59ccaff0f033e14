import type { Limits } from '../../core/connector.ts';

/** What holds for most networks: a text is sent as it stands, as much of it beside media, and nothing else is to be said. */
export const PLAIN: Pick<Limits, 'captionLength' | 'written' | 'further'> = {
  captionLength: null,
  written: (text) => text,
  further: () => [],
};
