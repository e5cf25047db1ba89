/**
 * An author's word inside a message: in double quotes, at most 60 characters, with control, direction and other invisible
 * characters written as escapes, so that a message can neither be broken up nor steer a terminal.
 */
export const quote = (word: string): string => {
  const short = word.length > 60 ? `${word.slice(0, 59)}…` : word;
  return JSON.stringify(short).replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
};
