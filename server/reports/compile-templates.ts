/**
 * Compiles every file of templates/ once. The only strings that are ever compiled are those files: texts of banks, people and journals are
 * data and come out escaped. Strict: a name that the data lacks is an error, never an empty place.
 */
import Handlebars from 'handlebars';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Role } from '../access/roles.ts';
import type { ErrorCode } from '../errors.ts';
import { languages, type Language, type Text } from '../../question-banks/schema.ts';
import { findRoot } from '../find-root.ts';
import { formatShortTime } from './format-time.ts';
import { pickText } from './pick-text.ts';
import { isTextKey, say, type TextParams } from './say.ts';
import { sayError } from './say-error.ts';

type Compiled = (data: object) => string;
export interface Templates {
  readonly report: Compiled;
  readonly layout: Compiled;
  readonly pages: Readonly<Record<string, Compiled>>;
}

const options = {
  strict: true,
  noEscape: false,
  knownHelpersOnly: true,
  preventIndent: true,
  knownHelpers: {
    say: true,
    sayIn: true,
    sayFor: true,
    sayError: true,
    pick: true,
    showShortTime: true,
    is: true,
    join: true,
    heldRoles: true,
  },
} as const;

interface Root {
  readonly lang: Language;
  readonly timeZone: string;
}

function rootOf(helper: Handlebars.HelperOptions): Root {
  const data: { readonly root: Root } = helper.data;
  return data.root;
}

function sayKey(lang: Language, key: string, params: TextParams): string {
  if (!isTextKey(key)) throw new Error(`a template names text ${key}, which does not exist`);
  return say(lang, key, params);
}

function languageOf(value: string): Language {
  const lang = languages.find((l) => l === value);
  if (lang === undefined) throw new Error(`${value} is not a language of the product`);
  return lang;
}

function registerHelpers(hbs: typeof Handlebars): void {
  hbs.registerHelper('say', (key: string, helper: Handlebars.HelperOptions) =>
    sayKey(rootOf(helper).lang, key, helper.hash),
  );
  /** a key that ends in a value of the data: {{sayFor "status." status}} */
  hbs.registerHelper('sayFor', (prefix: string, value: string, helper: Handlebars.HelperOptions) =>
    sayKey(rootOf(helper).lang, `${prefix}${value}`, helper.hash),
  );
  hbs.registerHelper('sayIn', (lang: string, key: string, helper: Handlebars.HelperOptions) =>
    sayKey(languageOf(lang), key, helper.hash),
  );
  hbs.registerHelper('showShortTime', (at: number, helper: Handlebars.HelperOptions) => {
    const { lang, timeZone } = rootOf(helper);
    return formatShortTime(lang, at, timeZone);
  });
  hbs.registerHelper('sayError', (code: ErrorCode, helper: Handlebars.HelperOptions) =>
    sayError(rootOf(helper).lang, code),
  );
  hbs.registerHelper('pick', (text: Text, helper: Handlebars.HelperOptions) =>
    pickText(text, rootOf(helper).lang),
  );
  hbs.registerHelper('join', (a: string, b: string | number) => `${a}${b}`);
  hbs.registerHelper('heldRoles', (all: readonly Role[], held: readonly Role[] | null) =>
    all.map((role) => ({ role, held: held?.includes(role) ?? false })),
  );
  hbs.registerHelper('is', (a: unknown, b: unknown) => a === b);
}

const filesIn = (folder: string) => readdirSync(folder).filter((f) => f.endsWith('.hbs'));

function compileTemplates(folder: string): Templates {
  const hbs = Handlebars.create();
  registerHelpers(hbs);
  const read = (...path: string[]) => readFileSync(join(folder, ...path), 'utf8');
  for (const file of filesIn(join(folder, 'partials')))
    hbs.registerPartial(basename(file, '.hbs'), hbs.compile(read('partials', file), options));
  return {
    report: hbs.compile(read('report.hbs'), options),
    layout: hbs.compile(read('layout.hbs'), options),
    pages: Object.fromEntries(
      filesIn(join(folder, 'pages')).map((file) => [
        basename(file, '.hbs'),
        hbs.compile(read('pages', file), options),
      ]),
    ),
  };
}

let compiled: Templates | null = null;

/** The templates of this program, compiled at the first call. */
export function templates(): Templates {
  compiled ??= compileTemplates(join(findRoot(), 'templates'));
  return compiled;
}
