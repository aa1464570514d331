/** The ocid of an address's segment. One that is not well formed is nobody's: the page then does not exist. */
export function readOcid(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return '';
  }
}
