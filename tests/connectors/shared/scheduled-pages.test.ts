import { expect, test } from 'vitest';
import { type Page, readPages } from '../../../src-main/connectors/shared/scheduled.ts';
import { mergeList, NOTHING_KNOWN } from '../../../src-main/core/elsewhere-list.ts';
import type { ScheduledList } from '../../../src-main/core/scheduled-elsewhere.ts';

const NOON = Date.parse('2026-12-01T12:00:00.000Z');

test.each([
  [NOON + 600_000, NOON + 600_000],
  [null, NOON + 60_000],
])(
  'a planner that asks for rest (until %s) on a later page keeps what was read, and is let be',
  async (notBefore, until) => {
    const first: Page<number> = {
      items: [
        {
          id: 'a',
          text: '',
          planAt: NOON,
          url: '',
          channel: '',
          group: '',
          canCancel: true,
          cancelBefore: null,
        },
      ],
      next: 2,
    };
    const list: ScheduledList = await readPages<number>(async (cursor) =>
      cursor === null ? first : { kind: 'try-later', detail: 'HTTP 429', notBefore },
    );
    const known = mergeList(NOTHING_KNOWN, list, NOON);
    expect(known).toMatchObject({ state: 'listed', isWhole: false, items: [{ id: 'a' }] });
    expect(known.notBefore).toBe(until);
  },
);
