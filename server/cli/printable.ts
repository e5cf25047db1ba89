/** Words of a stranger's file for a terminal: no line breaks, escapes or direction marks. */
export const printable = (words: string): string =>
  words.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
