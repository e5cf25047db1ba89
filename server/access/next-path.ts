/** Where to go after signing in: a path of this site as the page asked, anything else leads to the start page. */
export function nextPath(asked: unknown): string {
  if (
    typeof asked !== 'string' ||
    asked.length > 300 ||
    !/^\/(?![/\\])[\x21-\x7e]*$/.test(asked) ||
    asked.includes('\\')
  )
    return '/';
  const url = URL.canParse(asked, 'http://here') ? new URL(asked, 'http://here') : null;
  return url?.host === 'here' ? `${url.pathname}${url.search}` : '/';
}
