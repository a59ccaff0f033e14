import type { i18n } from 'i18next';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Bridge } from '../src-preload/contract.ts';
import { english } from './i18n/resources.ts';

type Words = Pick<i18n, 't'>;
type Refused = { readonly code: string; readonly message: string };

type Said = keyof typeof english.refusal.said;

/** What each sentence is known by: its English, with anything where a value is filled in. */
const SAID = Object.entries(english.refusal.said).map(([key, sentence]) => {
  const plain = sentence.replace(/[.*+?^$()|[\]\\]/gu, '\\$&').replace(/\{\{(\w+)\}\}/gu, '(?<$1>.+?)');
  return { key: key as Said, pattern: new RegExp(`^${plain}`, 'su') };
});

/** A sentence main says without a code, in the window's language; one that is unknown here stays as it is. */
export function sayAgain(words: Words, sentence: string): string {
  for (const { key, pattern } of SAID) {
    const found = pattern.exec(sentence);
    if (found)
      return (
        words.t(`refusal:said.${key as 'lineNoRecord'}`, { line: '', ...found.groups }) +
        sentence.slice(found[0].length)
      );
  }
  return sentence;
}

/** A refusal of main in the window's language, by its code; a code without words here is told in main's own. */
export function sayRefusal(words: Words, { code, message }: Refused): string {
  const own = sayAgain(words, message);
  if (!Object.hasOwn(english.refusal.code, code)) return own;
  const detail = /\((?<inner>[^()]+)\)|: (?<rest>.+)$/su.exec(message)?.groups;
  return words.t(`refusal:code.${code as 'internal'}`, {
    message: own,
    head: message.split(': ')[0] ?? '',
    detail: detail?.inner ?? detail?.rest ?? message,
  });
}

/** The bridge whose refusals are in the language the window has when they arrive. */
export function withWords(bridge: Bridge, words: Words): Bridge {
  const said = <R extends { ok: boolean }>(reply: R): R =>
    'error' in reply
      ? {
          ...reply,
          error: { ...(reply.error as Refused), message: sayRefusal(words, reply.error as Refused) },
        }
      : reply;
  return {
    request: async (channel, request) => said(await bridge.request(channel, request)),
    on: (event, listener) => bridge.on(event, listener),
    offerFile: async (file, purpose) => said(await bridge.offerFile(file, purpose)),
  };
}

/** `sayAgain` in the language of the window: for problems and for what to do by hand. */
export function useSaidByMain(): (sentence: string) => string {
  const { i18n: words } = useTranslation();
  return useCallback((sentence) => sayAgain(words, sentence), [words]);
}
