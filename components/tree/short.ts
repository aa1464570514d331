/** As many digits of a hash as a drawn box has room for: enough to see that two are not the same. */
export const short = (hash: string): string => hash.slice(0, 6);
