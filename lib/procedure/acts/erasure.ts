import * as z from 'zod';
import { ERASURE_REASONS } from '../../record/catalogue';
import { hex32, text } from '../../record/notice';
import { recordIdSchema, timeSchema } from '../../record/record';
import { act } from '../decision';
import { ERASABLE } from '../erasure';
import { refuse } from '../refusal';
import { all } from '../state';

/** A signed order to erase one record's entry (protocol §1). The worker carries it out once the order is in the log. */
export const orderErasure = act(
  z.strictObject({
    recordId: recordIdSchema,
    reason: z.enum(ERASURE_REASONS),
    statement: text(2000, 0),
    key: hex32,
    id: recordIdSchema,
    time: timeSchema,
    signature: z.string().regex(/^[0-9a-f]{128}$/),
  }),
  (process, input, { actor, signingKeys }) => {
    const { recordId, reason, statement, key, id, time, signature } = input;
    const gone = process.erased.find((e) => e.id === recordId);
    if (gone) return refuse('erased', { at: gone.erasedAt, detail: gone.order });
    const target = process.filed.find((f) => f.id === recordId);
    if (!target) return refuse('not-found');
    if (!ERASABLE[target.type]) return refuse('not-erasable', { detail: target.type });
    if (all(process, 'erasure').some((e) => e.data.recordId === recordId)) return refuse('already-done');
    // The key must be the regulator's own: an order that another's key signed would prove nothing.
    if (signingKeys.get(key)?.person !== actor.person) return refuse('unknown-key');
    return {
      ok: true,
      records: [
        {
          type: 'erasure',
          role: 'regulator',
          data: { recordId, commitment: target.commitment, reason, statement },
          refs: [target.commitment],
          signed: { id, time },
          signatures: [{ alg: 'ed25519', key, signature }],
        },
      ],
    };
  },
);
