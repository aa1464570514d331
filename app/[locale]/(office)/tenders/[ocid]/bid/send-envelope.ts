import type { EnvelopeToSend } from '@/components/sealing/bid-types';
import type { Sent } from '@/lib/browser/upload/answer';
import { loadTus } from '@/lib/browser/upload/registry-line';
import { sendUpload, type SendOptions } from '@/lib/browser/upload/send-upload';

/** Loads what sends, while the platform surely answers. Should that fail it is tried again when it is needed. */
export function prepareToSend(): void {
  loadTus().catch(() => undefined);
}

/**
 * Sends the sealed envelope to the registry in pieces, through whatever happens to the line, the page or the server.
 * @throws AbortError when it is stopped: what has arrived stays, and the next time goes on from there
 */
export function sendEnvelope(
  { envelope, sha256 }: EnvelopeToSend,
  options: Omit<SendOptions, 'envelope' | 'sha256'>,
): Promise<Sent> {
  return sendUpload({ envelope, sha256, ...options });
}
