/** The ocid of an address's segment. One that is not well formed is nobody's: the page then does not exist. */
export function readOcid(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return '';
  }
}

/** The unit that an address asks for (`?unit=lot/part`); one that is given twice is no unit. */
export const readUnitId = (given: string | string[] | undefined): string | undefined =>
  Array.isArray(given) ? '' : given;
