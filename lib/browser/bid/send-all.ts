import type { ActRefusal } from '@/lib/forms/act-result';
import { sendUpload, type Sending, type SendOptions } from '../upload/send-upload';
import type { WaitingEnvelope } from './waiting';

/** How the sending of all envelopes is getting on. */
export interface SendingAll {
  /** Of all of them together: the deadline is for the last byte. */
  readonly sending: Sending;
  /** Position of the envelope that is on its way. */
  readonly at: number;
  readonly blob: Blob;
}

type Send = (options: SendOptions) => ReturnType<typeof sendUpload>;

/**
 * Sends sealed envelopes one after another; what has arrived already is not sent again.
 * @returns the registry's refusal, or null when all have arrived @throws as `sendUpload`; what reading an envelope throws
 */
export async function sendAll(
  envelopes: readonly WaitingEnvelope[],
  options: Pick<SendOptions, 'tenderId' | 'language' | 'signal'>,
  onSending: (all: SendingAll) => void,
  send: Send = sendUpload,
): Promise<ActRefusal | null> {
  const total = envelopes.reduce((sum, { size }) => sum + size, 0);
  let before = 0;
  for (const [at, { sha256, size, blob: read }] of envelopes.entries()) {
    const blob = await read();
    const tell = (sending: Sending) =>
      onSending({ sending: { ...sending, done: before + sending.done, total }, at, blob });
    tell({ done: 0, total: size, rate: null, line: 'sending', troubleSince: null });
    const sent = await send({ ...options, envelope: blob, sha256, onSending: tell });
    if (!sent.ok) return sent;
    before += size;
  }
  return null;
}
