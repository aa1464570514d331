/** A tree of form values: fields named "items.0.quantity" become nested objects and arrays. */
export type FormTree = {
  [name: string]: FormTree | FormTree[] | FormDataEntryValue | FormDataEntryValue[] | undefined;
};

type Branch = Record<string, unknown>;

/** Names that would reach into the prototype of a plain object. */
const forbidden = new Set(['__proto__', 'prototype', 'constructor']);

function isBranch(value: unknown): value is Branch {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === null;
}

function put(root: Branch, path: string[], value: unknown): void {
  let branch = root;
  path.slice(0, -1).forEach((name) => {
    const next = branch[name];
    if (isBranch(next)) branch = next;
    else {
      const created = Object.create(null) as Branch;
      branch[name] = created;
      branch = created;
    }
  });
  branch[path[path.length - 1] ?? ''] = value;
}

/** Objects whose names are 0, 1, 2 … become arrays; rows that were removed in between leave no hole. */
function settle(value: unknown): unknown {
  if (!isBranch(value)) return value;
  const names = Object.keys(value);
  if (names.length > 0 && names.every((name) => /^\d+$/.test(name))) {
    return names.sort((a, b) => Number(a) - Number(b)).map((name) => settle(value[name]));
  }
  return Object.fromEntries(names.map((name) => [name, settle(value[name])]));
}

/**
 * Reads a form into the input of an act. A name ending in "[]" always gives an array (groups of checkboxes, even one);
 * a name that occurs several times gives an array too. Nothing is trimmed or converted: that is the schema's work.
 */
export function formToInput(form: FormData): FormTree {
  const root = Object.create(null) as Branch;
  for (const name of new Set(form.keys())) {
    const list = name.endsWith('[]');
    const path = (list ? name.slice(0, -2) : name).split('.');
    if (path.some((part) => part === '' || forbidden.has(part))) continue;
    const values = form.getAll(name);
    put(root, path, list || values.length > 1 ? values : values[0]);
  }
  return settle(root) as FormTree;
}
