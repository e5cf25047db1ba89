/** Only the decimal digits of what was typed or pasted. */
export function digitsOf(text: string): string {
  return text.replace(/[^0-9]/g, '');
}

/** The code as people read it: groups of 5, 5 and 4. */
export function groupCode(text: string): string {
  const digits = digitsOf(text);
  return [digits.slice(0, 5), digits.slice(5, 10), digits.slice(10)]
    .filter((group) => group !== '')
    .join(' ');
}
