import type { Problem } from '../../core/connector.ts';
import type { Content } from '../../core/post.ts';

/** Says that what would call everybody there, were it typed by hand, calls nobody: a post never does that by accident. */
export function callsNobody({ parts }: Content, call: RegExp): readonly Problem[] {
  const said = parts.map((part) => call.exec(part)?.[0]).find((found) => found !== undefined);
  if (said === undefined) return [];
  return [
    {
      code: 'other',
      level: 'warning',
      message: {
        en: `${said} appears as it stands and calls nobody: no post of this app calls everybody.`,
        fr: `${said} paraît tel quel et n’avertit personne : aucune publication de cette application n’appelle tout le monde.`,
      },
    },
  ];
}
