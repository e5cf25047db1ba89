import { templates } from './compile-templates.ts';
import type { ReportDocument } from './report-document.ts';

/** A report as a page of its own, for the screen and for paper (A4, page numbers, mark and hash on each page). */
export function renderHtml(document: ReportDocument): string {
  return templates().report({ document, lang: document.lang });
}
