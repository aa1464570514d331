import type { Evidence } from '@/lib/evidence/format';
import type { CertificateFacts } from './pdf/certificate-document';
import type { World } from './world';

/** What a printed certificate says beside the evidence. */
export async function certificateFacts({ db, env }: World, evidence: Evidence): Promise<CertificateFacts> {
  const { id, ocid } = evidence.entry.record;
  const where = { ocid: ocid ?? '' };
  const tender = await db.tender.findUnique({ where, select: { title: true } });
  return {
    evidence,
    title: tender?.title ?? null,
    chain: { id: env.CHAIN_ID, contract: env.CONTRACT_ADDRESS.toLowerCase() },
    // In the fragment, which browsers keep to themselves: the page fetches the evidence like any other reader.
    verifyUrl: new URL(`/verify#record=${id}`, env.BASE_URL).href,
    evidenceUrl: new URL(`/api/v1/evidence/${id}`, env.BASE_URL).href,
  };
}
