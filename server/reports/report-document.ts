/**
 * The one model of everything that is printed: plain JSON, a list of blocks with all words and numbers already in the reader's language.
 * Handlebars turns it into HTML, Typst into PDF/A; neither of them chooses a word or rounds a number.
 */
import type { Language } from '../../question-banks/schema.ts';

export interface Fact {
  readonly label: string;
  readonly value: string;
  /** true: an identifier or hash, set in small type that may break anywhere */
  readonly code: boolean;
}

export interface Column {
  readonly text: string;
  readonly align: 'start' | 'end';
  /** share of the width on paper; on the screen the browser decides */
  readonly share: number;
}

export type Block =
  | { readonly kind: 'heading'; readonly level: 2 | 3; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  /** something the reader must not overlook */
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'facts'; readonly facts: readonly Fact[] }
  /** the result relative to a threshold, in words */
  | { readonly kind: 'outcome'; readonly label: string; readonly value: string }
  /** the first cell of each row names the row */
  | {
      readonly kind: 'table';
      readonly caption: string;
      readonly columns: readonly Column[];
      readonly rows: readonly (readonly string[])[];
      /** the last row is the sum of the others and is set in bold */
      readonly lastIsTotal: boolean;
    }
  /** `svg` comes from the helpers in charts/ only; width and height in CSS pixels */
  | {
      readonly kind: 'chart';
      readonly svg: string;
      readonly alt: string;
      readonly width: number;
      readonly height: number;
    }
  | {
      readonly kind: 'signatures';
      /** a row to sign on each */
      readonly roles: readonly string[];
      readonly columns: { readonly name: string; readonly signature: string; readonly date: string };
    }
  /** something to be read aloud or compared letter by letter */
  | { readonly kind: 'code'; readonly label: string; readonly text: string }
  /** blocks in another language than the document's */
  | { readonly kind: 'part'; readonly lang: Language; readonly blocks: readonly Block[] };

export interface ReportDocument {
  readonly format: 'adil-report-1';
  readonly lang: Language;
  readonly title: string;
  /** id of the attempt: the number of the report */
  readonly number: string;
  readonly numberLabel: string;
  /** stand at the top of every page; empty in operation */
  readonly marks: readonly string[];
  /** stands at the foot of every page, beside the page number */
  readonly footer: string;
  readonly blocks: readonly Block[];
}
