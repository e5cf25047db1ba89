const replacements: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Characters that XML 1.0 forbids (control characters, lone surrogates) become U+FFFD. */
function replaceForbidden(text: string): string {
  return text.replace(/[\p{Surrogate}\p{Noncharacter_Code_Point}]|(?![\t\n\r])\p{Cc}/gu, '\ufffd');
}

/** Text for an SVG element or attribute. */
export function escapeXml(text: string): string {
  return replaceForbidden(text).replace(/[&<>"']/g, (c) => replacements[c] ?? c);
}
