import type { Language } from '../../time.ts';
import { type Dictionary, readDictionary } from './dictionary.ts';
import type { Answer, Asked } from './speller.ts';
import { knowsWords, wordsIn } from './words-in.ts';

/** Hunspell's files of the packages, each a text of its own that is read when its language is first asked for. */
const FILES = import.meta.glob<string>('../../../node_modules/dictionary-{en,en-gb,fr}/index.{aff,dic}', {
  query: '?raw',
  import: 'default',
});
/** Both ways of writing English are right. */
const PARTS: Record<Language, readonly string[]> = { en: ['en-gb', 'en'], fr: ['fr'] };

const MOST_SUGGESTED = 6;
const loaded = new Map<Language, Promise<readonly Dictionary[]>>();

async function read(name: string): Promise<Dictionary> {
  const file = (kind: 'aff' | 'dic') => FILES[`../../../node_modules/dictionary-${name}/index.${kind}`];
  const [aff, dic] = [file('aff'), file('dic')];
  if (!aff || !dic) throw new Error(`no dictionary ${name}`);
  return readDictionary(await aff(), await dic());
}

function dictionariesOf(language: Language): Promise<readonly Dictionary[]> {
  const known = loaded.get(language) ?? Promise.all(PARTS[language].map(read));
  loaded.set(language, known);
  return known;
}

async function answer(asked: Asked): Promise<Answer['found']> {
  const dictionaries = await dictionariesOf(asked.language);
  if (asked.kind === 'suggest')
    return [...new Set(dictionaries.flatMap(({ suggest }) => suggest(asked.word, MOST_SUGGESTED)))].slice(
      0,
      MOST_SUGGESTED,
    );
  const isKnown = knowsWords(asked.known);
  const isRight = (word: string) => isKnown(word) || dictionaries.some(({ isWord }) => isWord(word));
  return asked.texts.map((text) => wordsIn(text, isRight));
}

self.onmessage = async (event: MessageEvent<Asked & { id: number }>) => {
  const { id } = event.data;
  const reply: Answer = await answer(event.data).then(
    (found) => ({ id, found }),
    () => ({ id, found: null }),
  );
  self.postMessage(reply);
};
