import { z } from 'zod';
import type * as view from './yes-views.ts';

const id = z.int().positive();
const postIds = z.array(id).min(1).max(10_000);
/** Posts of a brand, or those named: of them what waits for the yes of this person. */
const asking = {
  target: z.union([z.strictObject({ brandId: id }), z.strictObject({ postIds })]),
  from: z.string().min(1).max(200),
  language: z.enum(['en', 'fr']),
};
const person = z.string().trim().min(1).max(200);

export const yesRequests = {
  /** Whose yes posts need, and what waits for one. */
  'yes.read': z.strictObject({}),
  /** Posts of a brand made from now on need the yes of this person; '' is nobody. */
  'yes.setBrand': z.strictObject({ brandId: id, from: z.string().trim().max(200) }),
  /** Holds posts that are scheduled until this person said yes; of those that wait already another person is asked. */
  'yes.require': z.strictObject({ postIds, from: person }),
  /** Lets posts go out at their time without the yes they need. `by` decided it. */
  'yes.letGo': z.strictObject({ postIds, by: person }),
  /** Pictures of those posts that are too large for the page; what was made small before is forgotten. */
  'yes.largePictures': z.strictObject(asking),
  /** One of them made small by the window, as JPEG; kept until the page is written. */
  'yes.smallPicture': z.strictObject({
    sha256: z.string().regex(/^[0-9a-f]{64}$/u),
    bytes: z.instanceof(Uint8Array).refine(({ length }) => length <= 4_000_000),
  }),
  /** Writes the page the client answers on; main asks where. `path` is null when that was dismissed. */
  'yes.save': z.strictObject(asking),
  /** The same as plain text, for an e-mail. */
  'yes.text': z.strictObject(asking),
  /** What answers would do, found out by main; nothing is changed. `text`: a file of answers, or the lines of an e-mail. */
  'yes.preview': z.strictObject({ text: z.string().max(4_000_000), file: z.string().max(255) }),
  /** Does what the preview showed, to posts that are still as it found them. `alsoOther`: somebody else's answer counts, too. */
  'yes.apply': z.strictObject({ previewId: z.string().max(64), alsoOther: z.boolean() }),
  /** Takes the last answers that were read back, where nothing has touched the posts since. */
  'yes.undo': z.strictObject({}),
} as const;

export type YesResponses = {
  'yes.read': view.YesView;
  'yes.setBrand': { kept: boolean };
  'yes.require': { changed: number; left: number };
  'yes.letGo': { changed: number; left: number };
  'yes.largePictures': view.LargePicture[];
  'yes.smallPicture': { kept: boolean };
  'yes.save': view.AskSaved;
  'yes.text': { text: string; posts: number; left: number };
  'yes.preview': view.AnswersPreview;
  'yes.apply': view.AnswersTaken;
  'yes.undo': { restored: number; left: number };
};
