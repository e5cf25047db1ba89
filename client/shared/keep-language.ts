import type { LanguageCode } from '../../server/wire/contract.ts';
import { isLanguage } from './languages.ts';

const keptUnder = 'adil.language';

export function readKeptLanguage(): LanguageCode | null {
  try {
    const kept = localStorage.getItem(keptUnder);
    return isLanguage(kept) ? kept : null;
  } catch {
    return null;
  }
}

export function keepLanguage(language: LanguageCode | null): void {
  try {
    if (language === null) localStorage.removeItem(keptUnder);
    else localStorage.setItem(keptUnder, language);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}
