import { languages, type Bank, type Language } from './schema.ts';

/** The languages a bank says it exists in, in the order on screen. */
export const declaredLanguages = (bank: Bank): Language[] =>
  languages.filter((language) => bank.languages[language] !== undefined);
