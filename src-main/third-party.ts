import { readFile } from 'node:fs/promises';

/** A line of these stands between two packages in the file the build makes, see `tools/third-party.ts`. */
const BETWEEN = /\n═{80}\n/u;

/** Each package that is shipped, by name and version, with the words it comes with. Rejects where the file is not there. */
export async function readThirdParty(path: string): Promise<{ name: string; words: string }[]> {
  const text = await readFile(path, 'utf8');
  return text.split(BETWEEN).map((section) => {
    const [name = '', ...words] = section.trim().split('\n');
    return { name, words: words.join('\n').trim() };
  });
}
