import { fromHex } from '@/lib/record/hex';
import { world } from '../world';

/** Public keys (Ed25519, 64 hex digits) by the commitment of the record that registered each; registrations are public. */
export async function readSigningKeys(commitments: readonly string[]): Promise<Record<string, string>> {
  const rows = await world().db.record.findMany({
    where: {
      type: 'signing-key',
      commitment: { in: commitments.map((c) => new Uint8Array(fromHex(c, 32))) },
    },
    include: { entry: true },
  });
  return Object.fromEntries(
    rows.flatMap((row) => {
      if (!row.entry) return [];
      const { record } = JSON.parse(row.entry.text) as { record: { data: { publicKey: string } } };
      return [[Buffer.from(row.commitment).toString('hex'), record.data.publicKey]];
    }),
  );
}
