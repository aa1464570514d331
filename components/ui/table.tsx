import type { ReactNode } from 'react';
import { classNames } from './class-names';

export interface Column<Row> {
  key: string;
  header: ReactNode;
  cell: (row: Row) => ReactNode;
  /** Numbers and money stand at the right. */
  numeric?: boolean | undefined;
  /** Names the row: read out with each of its cells, and the title of the stacked row. */
  rowHeader?: boolean | undefined;
}

interface TableProps<Row> {
  caption: ReactNode;
  captionHidden?: boolean;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** The cells are sentences: stacked under their labels on a phone instead of beside them. */
  prose?: boolean;
  /** Data attributes of a row, for what is told of it by its looks. */
  rowData?: ((row: Row) => Record<`data-${string}`, boolean | undefined>) | undefined;
}

/** A table on a wide screen, a list of labelled values on a phone. */
export function Table<Row>({
  caption,
  captionHidden = false,
  columns,
  rows,
  rowKey,
  prose = false,
  rowData,
}: TableProps<Row>) {
  return (
    // The roles are written out because `display: block` on a phone takes them away.
    <table role="table" className="block w-full md:table md:border-collapse">
      <caption
        className={captionHidden ? 'sr-only' : 'block pb-2 text-left text-lg font-semibold md:table-caption'}
      >
        {caption}
      </caption>
      <thead role="rowgroup" className="sr-only md:not-sr-only md:table-header-group">
        <tr role="row">
          {columns.map((column) => (
            <th
              key={column.key}
              role="columnheader"
              scope="col"
              className={classNames(
                'border-b-2 border-line-strong px-3 py-2 text-sm font-semibold text-ink-soft first:pl-0 last:pr-0',
                column.numeric ? 'text-right' : 'text-left',
              )}
            >
              {column.header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup" className="block md:table-row-group">
        {rows.map((row) => (
          <tr
            key={rowKey(row)}
            role="row"
            {...rowData?.(row)}
            className="block border-b border-line py-3 first:border-t md:table-row md:py-0 md:first:border-t-0"
          >
            {columns.map((column) => (
              <Cell key={column.key} column={column} row={row} prose={prose} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell<Row>({ column, row, prose }: { column: Column<Row>; row: Row; prose: boolean }) {
  const labelled = prose ? 'block' : 'flex justify-between gap-4';
  const Element = column.rowHeader ? 'th' : 'td';
  return (
    <Element
      role={column.rowHeader ? 'rowheader' : 'cell'}
      {...(column.rowHeader ? { scope: 'row' as const } : {})}
      className={classNames(
        'py-1 align-top md:table-cell md:px-3 md:py-3 md:first:pl-0 md:last:pr-0',
        column.rowHeader ? 'block text-left font-semibold' : labelled,
        column.numeric ? 'md:text-right md:whitespace-nowrap' : 'md:text-left',
      )}
    >
      {column.rowHeader ? null : (
        <span
          aria-hidden="true"
          className={classNames('block text-sm text-ink-soft md:hidden', !prose && 'max-w-1/2 shrink-0')}
        >
          {column.header}
        </span>
      )}
      <span
        className={classNames('min-w-0', !column.rowHeader && !prose && 'text-right md:[text-align:inherit]')}
      >
        {column.cell(row)}
      </span>
    </Element>
  );
}
