import { LONGEST_WORD } from './words-in.ts';

/**
 * Words by Hunspell's rules (`man 5 hunspell`), as far as French and English use them: stems, prefixes and suffixes with their conditions, one after
 * the other or both, REP, MAP, ICONV and BREAK. Affixes are taken off the word that is asked for: putting them on every stem, as small checkers
 * do, makes three million words of French and takes 600 MB.
 */
export type Dictionary = {
  /** Whether it is spelled as the language spells it; at the beginning of a sentence and in capitals, too. */
  isWord(word: string): boolean;
  /** What may have been meant, the likeliest first; at most `most`. Takes some tens of milliseconds; nothing for what is too long for a word. */
  suggest(word: string, most: number): readonly string[];
};

type Affix = {
  readonly flag: string;
  readonly strip: string;
  /** What the stem has to look like at the side of the affix; null for anything. */
  readonly fits: RegExp | null;
  /** May stand together with an affix of the other side. */
  readonly isCross: boolean;
  /** Flags of what may follow it. */
  readonly next: string;
};

type Rules = {
  readonly flagSize: 1 | 2;
  readonly needAffix: string;
  readonly forbidden: string;
  readonly noSuggest: string;
  readonly prefixes: ReadonlyMap<string, readonly Affix[]>;
  readonly suffixes: ReadonlyMap<string, readonly Affix[]>;
  readonly longestPrefix: number;
  readonly longestSuffix: number;
  readonly replacements: readonly (readonly [string, string])[];
  readonly similar: readonly string[];
  readonly letters: string;
};

/** `aff` and `dic`: the two files of a Hunspell dictionary in UTF-8. */
export function readDictionary(aff: string, dic: string): Dictionary {
  const rules = readRules(aff);
  const stems = readStems(dic);

  const has = (flags: string, flag: string): boolean => {
    if (flag === '') return false;
    for (let at = 0; at < flags.length; at += rules.flagSize) if (flags.startsWith(flag, at)) return true;
    return false;
  };
  const isStem = (word: string): boolean => {
    const flags = stems.get(word);
    return flags !== undefined && !has(flags, rules.needAffix) && !has(flags, rules.forbidden);
  };
  /** Whether a stem with a suffix makes the word; with a prefix, that both may stand together. */
  const isSuffixed = (word: string, prefix: Affix | null): boolean => {
    for (let length = 0; length <= Math.min(rules.longestSuffix, word.length); length += 1) {
      const entries = rules.suffixes.get(word.slice(word.length - length));
      if (entries === undefined) continue;
      for (const suffix of entries) {
        const stem = word.slice(0, word.length - length) + suffix.strip;
        const flags = stems.get(stem);
        if (flags === undefined || !has(flags, suffix.flag) || suffix.fits?.test(stem) === false) continue;
        if (prefix === null) return true;
        if (has(suffix.next, prefix.flag)) return true;
        if (prefix.isCross && suffix.isCross && has(flags, prefix.flag)) return true;
      }
    }
    return false;
  };
  const isPrefixed = (word: string): boolean => {
    for (let length = 1; length <= Math.min(rules.longestPrefix, word.length); length += 1) {
      for (const prefix of rules.prefixes.get(word.slice(0, length)) ?? []) {
        const rest = prefix.strip + word.slice(length);
        if (rest === '' || prefix.fits?.test(rest) === false) continue;
        const flags = stems.get(rest);
        if (flags !== undefined && has(flags, prefix.flag)) return true;
        if (isSuffixed(rest, prefix)) return true;
      }
    }
    return false;
  };
  const isForm = (word: string) => isStem(word) || isSuffixed(word, null) || isPrefixed(word);

  const isInSomeCase = (word: string): boolean => {
    if (isForm(word)) return true;
    const lower = word.toLowerCase();
    if (word === lower) return false;
    if (word === word.toUpperCase())
      return isForm(lower) || isForm(capital(lower)) || isAfterApostrophe(lower);
    return isForm(word.charAt(0).toLowerCase() + word.slice(1));
  };
  /** 'l'italie' of L'ITALIE: a name keeps its capital after the apostrophe. */
  const isAfterApostrophe = (lower: string): boolean => {
    const at = lower.indexOf("'") + 1;
    return at > 0 && isForm(lower.slice(0, at) + capital(lower.slice(at)));
  };

  const isWord = (word: string): boolean => {
    const plain = plainly(word);
    if (isInSomeCase(plain)) return true;
    const parts = plain.split(/[-·.]/u).filter((part) => part !== '');
    return parts.length > 1 && parts.every((part) => isInSomeCase(part) || isForm(`-${part}`));
  };

  const suggest = (word: string, most: number): readonly string[] => {
    if (word.length > LONGEST_WORD) return [];
    const plain = plainly(word);
    const lower = plain.toLowerCase();
    const isCapital = plain !== lower && plain.charAt(0) !== lower.charAt(0);
    const isShouted = plain.length > 1 && plain === plain.toUpperCase();
    const found = new Map<string, string>();
    const offer = (candidate: string): boolean => {
      const key = candidate.toLowerCase();
      if (found.has(key) || candidate === plain || has(stems.get(candidate) ?? '', rules.noSuggest))
        return false;
      if (isWord(candidate)) found.set(key, candidate);
      return found.size >= most;
    };
    for (const candidate of candidatesOf(isShouted ? lower : plain, lower, rules))
      if (offer(candidate)) break;
    if (found.size === 0) for (const stem of nearest(stems.keys(), lower, most)) offer(stem);
    return [...found.values()].map((one) => {
      const cased = isShouted ? one.toUpperCase() : isCapital ? capital(one) : one;
      return word.includes('’') ? cased.replaceAll("'", '’') : cased;
    });
  };
  return { isWord, suggest };
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
/** Ligatures of fonts and curly apostrophes as the dictionaries write them. */
const plainly = (word: string) =>
  word
    .normalize('NFC')
    .replace(/[’ʼ]/gu, "'")
    .replace(/[ﬀ-ﬆ]/gu, (sign) => sign.normalize('NFKC'));

function readStems(dic: string): ReadonlyMap<string, string> {
  const stems = new Map<string, string>();
  const lines = dic.split(/\r?\n/u);
  // The first line is how many follow.
  for (let at = 1; at < lines.length; at += 1) {
    const [entry = ''] = (lines[at] ?? '').split(/[\t ]/u);
    if (entry === '') continue;
    const slash = entry.indexOf('/', 1);
    const stem = slash < 0 ? entry : entry.slice(0, slash);
    const flags = slash < 0 ? '' : entry.slice(slash + 1);
    const before = stems.get(stem);
    stems.set(stem, before === undefined ? flags : before + flags);
  }
  return stems;
}

function readRules(aff: string): Rules {
  const prefixes = new Map<string, Affix[]>();
  const suffixes = new Map<string, Affix[]>();
  const crossing = new Map<string, boolean>();
  const conditions = new Map<string, RegExp>();
  const named = new Map<string, string>();
  const replacements: [string, string][] = [];
  const similar: string[] = [];
  const conditionOf = (written: string, isPrefix: boolean): RegExp | null => {
    if (written === '.') return null;
    const source = isPrefix ? `^${written}` : `${written}$`;
    const known = conditions.get(source) ?? new RegExp(source, 'u');
    conditions.set(source, known);
    return known;
  };
  for (const line of aff.split(/\r?\n/u)) {
    const [kind = '', one = '', two = '', three = '', four = ''] = line.trim().split(/\s+/u);
    if (kind === 'PFX' || kind === 'SFX') {
      const key = `${kind}${one}`;
      if (!crossing.has(key)) {
        // The first line of a flag: whether it crosses, and how many follow.
        crossing.set(key, two === 'Y');
        continue;
      }
      const [written = '', next = ''] = three.split('/');
      const add = written === '0' ? '' : written;
      const all = kind === 'PFX' ? prefixes : suffixes;
      const entries = all.get(add) ?? [];
      all.set(add, entries);
      entries.push({
        flag: one,
        strip: two === '0' ? '' : two,
        fits: conditionOf(four, kind === 'PFX'),
        isCross: crossing.get(key) ?? false,
        next,
      });
    } else if (kind === 'REP' && two !== '')
      replacements.push([one.replaceAll('_', ' '), two.replaceAll('_', ' ')]);
    else if (kind === 'MAP' && !/^\d+$/u.test(one)) similar.push(one);
    else if (!named.has(kind)) named.set(kind, one);
  }
  const longest = (all: ReadonlyMap<string, unknown>) =>
    Math.max(0, ...[...all.keys()].map(({ length }) => length));
  return {
    flagSize: named.get('FLAG') === 'long' ? 2 : 1,
    needAffix: named.get('NEEDAFFIX') ?? '',
    forbidden: named.get('FORBIDDENWORD') ?? '',
    noSuggest: named.get('NOSUGGEST') ?? '',
    prefixes,
    suffixes,
    longestPrefix: longest(prefixes),
    longestSuffix: longest(suffixes),
    replacements,
    similar,
    letters: [...new Set((named.get('TRY') ?? '').toLowerCase())].join(''),
  };
}

/** Words one slip away: first those the language knows to be confused, then accents, swaps, letters too few or too many, and two words run together. */
function* candidatesOf(word: string, lower: string, rules: Rules): Generator<string> {
  yield lower;
  yield capital(lower);
  for (const [wrong, right] of rules.replacements) {
    const from = wrong.replace(/^\^|\$$/gu, '');
    for (let at = lower.indexOf(from); at >= 0; at = lower.indexOf(from, at + 1)) {
      if (wrong.startsWith('^') && at !== 0) break;
      if (wrong.endsWith('$') && at + from.length !== lower.length) continue;
      yield lower.slice(0, at) + right + lower.slice(at + from.length);
    }
  }
  for (let at = 0; at < word.length; at += 1) {
    const letter = lower.charAt(at);
    for (const group of rules.similar)
      if (group.includes(letter))
        for (const other of group) yield lower.slice(0, at) + other + lower.slice(at + 1);
  }
  for (let at = 0; at < word.length - 1; at += 1)
    yield lower.slice(0, at) + lower.charAt(at + 1) + lower.charAt(at) + lower.slice(at + 2);
  for (let at = 0; at < word.length; at += 1) yield lower.slice(0, at) + lower.slice(at + 1);
  for (let at = 0; at <= word.length; at += 1)
    for (const letter of rules.letters) {
      yield lower.slice(0, at) + letter + lower.slice(at);
      if (at < word.length) yield lower.slice(0, at) + letter + lower.slice(at + 1);
    }
}

/** Stems that share the most pairs of letters with the word, where no single slip explains it. */
function nearest(stems: Iterable<string>, word: string, most: number): readonly string[] {
  const pairsOf = (text: string) => {
    const framed = ` ${text} `;
    return Array.from({ length: framed.length - 1 }, (_, at) => framed.slice(at, at + 2));
  };
  const wanted = new Set(pairsOf(word));
  const best: { stem: string; score: number }[] = [];
  for (const stem of stems) {
    if (Math.abs(stem.length - word.length) > 2) continue;
    let shared = 0;
    const framed = ` ${stem.toLowerCase()} `;
    for (let at = 0; at < framed.length - 1; at += 1) if (wanted.has(framed.slice(at, at + 2))) shared += 1;
    const score = (2 * shared) / (wanted.size + framed.length - 1);
    if (score > 0.55) best.push({ stem, score });
  }
  return best
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ stem }) => stem);
}
