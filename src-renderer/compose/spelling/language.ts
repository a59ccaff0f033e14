import type { Language } from '../../time.ts';

const FREQUENT: Record<Language, RegExp> = {
  en: /^(?:the|and|of|to|is|are|in|for|with|you|your|we|our|this|that|from|it|on|at|be|have|has|will|not|new|all|by|as)$/u,
  fr: /^(?:le|la|les|un|une|des|du|de|et|est|sont|dans|pour|avec|vous|votre|vos|nous|notre|nos|ce|cette|ces|que|qui|sur|au|aux|par|en|pas|plus|ou|à|il|elle)$/u,
};
/** So many frequent words more than of the other language say which it is. */
const CLEAR = 2;

/** The language a text is written in, by its most frequent words; null where they do not tell. */
export function languageOf(text: string): Language | null {
  let score = 0;
  for (const [word] of text.toLowerCase().matchAll(/[\p{L}\p{M}]+/gu)) {
    if (FREQUENT.fr.test(word)) score += 1;
    if (FREQUENT.en.test(word)) score -= 1;
  }
  if (score >= CLEAR) return 'fr';
  return score <= -CLEAR ? 'en' : null;
}

const FRENCH_ZONES =
  /^(?:Europe\/(?:Paris|Brussels|Luxembourg|Monaco)|America\/(?:Montreal|Toronto|Guadeloupe|Martinique|Cayenne)|Indian\/Reunion|Africa\/(?:Abidjan|Dakar|Casablanca|Tunis|Algiers))$/u;
const FRENCH_MARKETS = /france|belgi|suisse|romand|qu[ée]bec|luxembourg|wallon|\bfr\b|maghreb|afrique/u;

/** The language of a brand, by what its market is called, or else by its time zone. */
export function languageOfBrand(brand: { market: string; timeZone: string }): Language {
  const market = brand.market.toLowerCase();
  if (market !== '') {
    if (FRENCH_MARKETS.test(market)) return 'fr';
    if (/\buk\b|kingdom|britain|ireland|\busa?\b|america|australia|canada|\ben\b|international/u.test(market))
      return 'en';
  }
  return FRENCH_ZONES.test(brand.timeZone) ? 'fr' : 'en';
}
