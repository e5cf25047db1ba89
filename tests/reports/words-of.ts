import type { Block, ReportDocument } from '../../server/reports/report-document.ts';

/** All text of a page or drawing, without mark-up. */
export const stripMarkup = (html: string): string =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&#x27;', "'")
    .replaceAll('&#x3D;', '=')
    .replaceAll('&#x60;', '`')
    .replaceAll('&amp;', '&');

export function wordsOfBlock(block: Block): string {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
    case 'note':
      return block.text;
    case 'list':
      return block.items.join('\n');
    case 'facts':
      return block.facts.map((f) => `${f.label}: ${f.value}`).join('\n');
    case 'outcome':
    case 'code':
      return `${block.label}: ${block.kind === 'code' ? block.text : block.value}`;
    case 'table':
      return [
        block.caption,
        block.columns.map((c) => c.text).join(' '),
        ...block.rows.map((r) => r.join(' | ')),
      ].join('\n');
    case 'chart':
      return `${block.alt}\n${stripMarkup(block.svg)}`;
    case 'signatures':
      return [...block.roles, ...Object.values(block.columns)].join('\n');
    case 'part':
      return block.blocks.map(wordsOfBlock).join('\n');
  }
}

export const wordsOf = (document: ReportDocument): string =>
  [
    document.title,
    document.number,
    ...document.marks,
    document.footer,
    ...document.blocks.map(wordsOfBlock),
  ].join('\n');
