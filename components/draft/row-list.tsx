'use client';

import { useTranslations } from 'next-intl';
import { useRef, useState, type ReactNode } from 'react';
import { Button } from '@/components/ui/button';

interface RowListProps<Row extends { id: string }> {
  /** Also the id of the list, to which the error summary leads. */
  name: string;
  rows: readonly Row[];
  most: number;
  /** "Item 3", in the reader's language. */
  label: (position: number) => string;
  addLabel: string;
  create: (id: string) => Row;
  onChange: (rows: Row[]) => void;
  error?: string | undefined;
  children: (row: Row, index: number, set: (row: Row) => void) => ReactNode;
}

/** The next number that no row has. */
function freeId(rows: readonly { id: string }[]): string {
  const used = new Set(rows.map((r) => r.id));
  let n = rows.length + 1;
  while (used.has(String(n))) n += 1;
  return String(n);
}

/** Rows that are added, removed and put in order with buttons, so by keyboard too; what happened is read out. */
export function RowList<Row extends { id: string }>(props: RowListProps<Row>) {
  const { name, rows, most, label, addLabel, create, onChange, error, children } = props;
  const t = useTranslations('draft.rows');
  const list = useRef<HTMLOListElement>(null);
  const [said, setSaid] = useState('');
  const focusRow = (index: number) =>
    // After React has drawn the new order.
    requestAnimationFrame(() =>
      list.current?.children[index]?.querySelector<HTMLElement>('[data-row]')?.focus(),
    );
  const move = (from: number, to: number) => {
    const row = rows[from];
    if (!row || to < 0 || to >= rows.length) return;
    const rest = rows.filter((_, i) => i !== from);
    onChange([...rest.slice(0, to), row, ...rest.slice(to)]);
    setSaid(t('moved', { label: label(from + 1), place: to + 1 }));
    focusRow(to);
  };
  const remove = (index: number) => {
    onChange(rows.filter((_, i) => i !== index));
    setSaid(t('removed', { label: label(index + 1) }));
    focusRow(Math.max(0, index - 1));
  };
  const add = () => {
    onChange([...rows, create(freeId(rows))]);
    setSaid(t('added', { label: label(rows.length + 1) }));
    focusRow(rows.length);
  };
  return (
    <div id={name} tabIndex={-1} className="flex flex-col gap-4">
      {error ? <p className="font-semibold text-bad">{error}</p> : null}
      <ol ref={list} className="flex flex-col gap-4">
        {rows.map((row, index) => (
          <li key={row.id} className="rounded-lg border border-line bg-surface p-4 sm:p-5">
            <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
              <h3 data-row tabIndex={-1} className="text-lg">
                {label(index + 1)}
              </h3>
              <div className="flex flex-wrap">
                <RowButton
                  disabled={index === 0}
                  label={t('up')}
                  of={label(index + 1)}
                  onClick={() => move(index, index - 1)}
                />
                <RowButton
                  disabled={index === rows.length - 1}
                  label={t('down')}
                  of={label(index + 1)}
                  onClick={() => move(index, index + 1)}
                />
                <RowButton label={t('remove')} of={label(index + 1)} onClick={() => remove(index)} />
              </div>
            </div>
            {children(row, index, (changed) => onChange(rows.map((r, i) => (i === index ? changed : r))))}
          </li>
        ))}
      </ol>
      <div>
        <Button variant="secondary" disabled={rows.length >= most} onClick={add}>
          {addLabel}
        </Button>
      </div>
      <p aria-live="polite" className="sr-only">
        {said}
      </p>
    </div>
  );
}

function RowButton(props: { label: string; of: string; disabled?: boolean; onClick: () => void }) {
  return (
    <Button variant="quiet" className="text-sm" disabled={props.disabled ?? false} onClick={props.onClick}>
      {props.label}
      <span className="sr-only"> {props.of}</span>
    </Button>
  );
}
