export interface Texts {
  readonly [key: string]: string | Texts;
}

/** The texts with some of them replaced, each where it stands. */
export function withInstead(texts: Texts, instead: Texts): Texts {
  const replaced = Object.entries(instead).map(([key, text]): [string, string | Texts] => {
    const present = texts[key];
    const deeper = typeof text === 'object' && typeof present === 'object';
    return [key, deeper ? withInstead(present, text) : text];
  });
  return { ...texts, ...Object.fromEntries(replaced) };
}
