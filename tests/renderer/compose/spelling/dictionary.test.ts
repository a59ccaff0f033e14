import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDictionary } from '../../../../src-renderer/compose/spelling/dictionary.ts';

const read = (name: string) => {
  const file = (kind: string) =>
    readFileSync(resolve(`node_modules/dictionary-${name}/index.${kind}`), 'utf8');
  return readDictionary(file('aff'), file('dic'));
};
const wrong = (dictionary: ReturnType<typeof read>, text: string) =>
  text.split(' ').filter((word) => !dictionary.isWord(word));

describe('French', () => {
  const french = read('fr');

  it('takes forms, elisions, hyphens, capitals and curly apostrophes', () => {
    const right =
      'l’école aujourd’hui j’ai n’étaient qu’ils chevaux mangeais finissaient généraux créées cœur d’été ' +
      "puisqu'elle s’est venez-vous dit-il arc-en-ciel rendez-vous a-t-il Qu’est-ce Français L’ÉCOLE ÉTÉ client·e Noël L’ITALIE";
    expect(wrong(french, right)).toEqual([]);
  });

  it('refuses what is no form of any word', () => {
    const text = 'éccole chevals finisaient lécole appeller j’manger voitûre etait';
    expect(wrong(french, text)).toEqual(text.split(' '));
  });

  it('suggests what was meant, written as the word was', () => {
    expect(french.suggest('dévelopement', 6)).toContain('développement');
    expect(french.suggest('lécole', 6)[0]).toBe("l'école");
    expect(french.suggest('Etait', 6)[0]).toBe('Était');
    expect(french.suggest('MAISSON', 6)).toContain('MAISON');
    expect(french.suggest('d’étté', 6)).toContain('d’été');
    expect(french.suggest('maisson', 2)).toHaveLength(2);
    expect(french.suggest('maisson-maison', 1)).toEqual(['maison-maison']);
    expect(french.suggest(`maisson${'-maison'.repeat(8)}`, 1)).toEqual([]);
  });
});

describe('English', () => {
  it('takes forms and contractions, and refuses and suggests', () => {
    const english = read('en-gb');
    expect(
      wrong(english, 'houses colour’s running don’t reopened well-being WE’RE I’m o’clock Monday'),
    ).toEqual([]);
    const slips = { recieve: 'receive', definately: 'definitely', teh: 'the', acommodate: 'accommodate' };
    for (const [slip, meant] of Object.entries(slips)) {
      expect(english.isWord(slip)).toBe(false);
      expect(english.suggest(slip, 6)).toContain(meant);
    }
    expect(english.isWord('color')).toBe(false);
    expect(read('en').isWord('color')).toBe(true);
  });
});

it('the rules of a dictionary are kept: conditions, both affixes, and stems that need one', () => {
  const aff = `FLAG long
NEEDAFFIX ()
SFX aa Y 2
SFX aa y ied [^aeiou]y
SFX aa 0 ed [aeiou]y
PFX re Y 1
PFX re 0 re .
PFX un N 1
PFX un 0 un .
SFX bb Y 1
SFX bb 0 s/re .`;
  const { isWord } = readDictionary(aff, '4\ncarry/aareun\nplay/aa\nstem/()aa\nwalk/bb');
  for (const word of ['carry', 'carried', 'recarried', 'recarry', 'uncarry', 'played', 'walks', 'rewalks'])
    expect(`${word} ${isWord(word)}`).toBe(`${word} true`);
  for (const word of ['carryed', 'uncarried', 'replay', 'plaied', 'stem', 'rewalk', 're', ''])
    expect(`${word} ${isWord(word)}`).toBe(`${word} false`);
});
