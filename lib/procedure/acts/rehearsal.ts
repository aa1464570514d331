import * as z from 'zod';
import { toHex } from '../../record/hex';
import { recordIdSchema, timeSchema } from '../../record/record';
import { keySetDigest } from '../../sealing/keyset';
import { act, type Decision } from '../decision';
import { refuse } from '../refusal';
import { committee } from '../state';
import { pendingKeyset } from './publication';

/**
 * A member says, under the very key that it accepted with, that it opened a rehearsal envelope sealed to this key set.
 * Again is allowed: a test a week before the opening says more than one on the day of the appointment.
 */
export const rehearseKey = act(
  z.strictObject({
    id: recordIdSchema,
    time: timeSchema,
    signature: z.string().regex(/^[0-9a-f]{128}$/),
  }),
  (process, { id, time, signature }, { actor }): Decision => {
    const seat = committee(process)?.seats.find((s) => s.person === actor.person);
    if (!seat) return refuse('not-in-committee');
    const keySet = pendingKeyset(process);
    if (!keySet || !seat.accepted) return refuse('committee-incomplete');
    return {
      ok: true,
      records: [
        {
          type: 'key-rehearsed',
          role: 'committee',
          data: { index: seat.index, digest: toHex(keySetDigest(keySet)) },
          signed: { id, time },
          signatures: [{ alg: 'ed25519', key: seat.accepted.data.key, signature }],
        },
      ],
    };
  },
);
