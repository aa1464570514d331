/** One cell of a sheet while it is being written: what was typed, right or wrong. */
export interface Cell {
  score: string;
  comment: string;
}

/** By `<bid>.<criterion>`, which is also the field's id and the path in a refusal. */
export type Sheet = Record<string, Cell>;

export const cellKey = (bid: string, criterion: string): string => `${bid}.${criterion}`;
export const EMPTY_CELL: Cell = { score: '', comment: '' };

/** Whole numbers from 0 to 100; null for anything else. */
export function readScore(text: string): number | null {
  return /^(?:\d|[1-9]\d|100)$/.test(text.trim()) ? Number(text.trim()) : null;
}

/** The draft that this browser kept; nothing of it has left the device. */
export function loadSheet(storageKey: string): Sheet {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '{}');
    if (typeof stored !== 'object' || stored === null) return {};
    return Object.fromEntries(
      Object.entries(stored as Record<string, Partial<Cell>>).map(([key, cell]) => [
        key,
        { score: String(cell.score ?? ''), comment: String(cell.comment ?? '') },
      ]),
    );
  } catch {
    // A browser without storage, or somebody else's data under this name: begin empty.
    return {};
  }
}

export function keepSheet(storageKey: string, sheet: Sheet | null): void {
  try {
    if (sheet) localStorage.setItem(storageKey, JSON.stringify(sheet));
    else localStorage.removeItem(storageKey);
  } catch {
    // Storage is full or forbidden: the sheet stays in the page.
  }
}
