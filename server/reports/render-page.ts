import { languages, type Language } from '../../question-banks/schema.ts';
import { templates } from './compile-templates.ts';
import type { Frame, PageData, PageName } from './page-data.ts';
import { say } from './say.ts';

/** The same address in another language. */
function inLanguage(path: string, lang: Language): string {
  const [address = '/', query = ''] = path.split('?', 2);
  const params = new URLSearchParams(query);
  params.set('lang', lang);
  return `${address}?${params.toString()}`;
}

/**
 * A whole HTML page. Everything in `data` and `frame` is data and comes out escaped; a field that a template needs and `data` lacks is an
 * error.
 */
export function renderPage<N extends PageName>(
  name: N,
  frame: Frame,
  data: PageData[N],
  lang: Language,
): string {
  const page = templates().pages[name];
  if (page === undefined) throw new Error(`there is no template pages/${name}.hbs`);
  const root = { frame, page: data, lang, timeZone: frame.timeZone };
  return templates().layout({
    ...root,
    name,
    title: say(lang, `title.${name}`),
    body: page(root),
    languages: languages.map((l) => ({ lang: l, href: inLanguage(frame.path, l), current: l === lang })),
  });
}
