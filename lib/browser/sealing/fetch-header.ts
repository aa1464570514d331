/** All that opening a share needs of an envelope: its header. */
const HEADER_LENGTH = 1372;

/** The beginning of a sealed bid. @param envelope its SHA-256, 64 hex digits @throws when it cannot be fetched */
export async function fetchHeader(envelope: string): Promise<Uint8Array> {
  const response = await fetch(`/api/v1/envelopes/${envelope}`, {
    headers: { Range: `bytes=0-${HEADER_LENGTH - 1}` },
  });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
