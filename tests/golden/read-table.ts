/** A table read from a CSV file of a golden case: text cells, an empty one is a missing value. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** One line into cells; quotes as in RFC 4180. */
function splitLine(line: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const sign = line.charAt(i);
    if (quoted && sign === '"' && line.charAt(i + 1) === '"') {
      cell += sign;
      i += 1;
    } else if (sign === '"') quoted = !quoted;
    else if (sign === ',' && !quoted) {
      cells.push(cell);
      cell = '';
    } else cell += sign;
  }
  return [...cells, cell];
}

/** @throws Error when a row has more or fewer cells than the header */
export function readTable(text: string): Table {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  const [header = [], ...rows] = lines.map(splitLine);
  for (const [i, row] of rows.entries())
    if (row.length !== header.length)
      throw new Error(`line ${i + 2}: ${row.length} cells instead of ${header.length}`);
  return { columns: header.map((name) => name.trim()), rows };
}

function toNumber(cell: string): number | null {
  const text = cell.trim();
  if (text === '' || text === 'NA') return null;
  const value = Number(text);
  if (Number.isNaN(value)) throw new Error(`not a number: ${text}`);
  return value;
}

/** Cells of a column as text. @throws Error when there is no such column */
export function texts(table: Table, name: string): string[] {
  const at = table.columns.indexOf(name);
  if (at < 0) throw new Error(`no column ${name}; there is ${table.columns.join(', ')}`);
  return table.rows.map((row) => (row[at] ?? '').trim());
}

/** Cells of a column as numbers, null where missing. */
export const open = (table: Table, name: string): (number | null)[] => texts(table, name).map(toNumber);

/** Cells of a column as numbers. @throws Error where one is missing */
export const numbers = (table: Table, name: string): number[] =>
  open(table, name).map((value, i) => {
    if (value === null) throw new Error(`row ${i + 1}: ${name} is missing`);
    return value;
  });

/** Several columns, row by row; all of them unless named. */
export const openRows = (table: Table, names: readonly string[] = table.columns): (number | null)[][] => {
  const columns = names.map((name) => open(table, name));
  return table.rows.map((_, i) => columns.map((column) => column[i] ?? null));
};

/** The same with nothing missing. @throws Error where something is */
export const fullRows = (table: Table, names: readonly string[] = table.columns): number[][] => {
  const columns = names.map((name) => numbers(table, name));
  return table.rows.map((_, i) => columns.map((column) => column[i] ?? NaN));
};
