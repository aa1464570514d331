import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { GET as getEnvelope } from '@/app/api/v1/envelopes/[sha256]/route';
import { GET as getEvidence } from '@/app/api/v1/evidence/[recordId]/route';
import { GET as getState } from '@/app/api/v1/tenders/[ocid]/state/route';
import { chainReader } from '@/lib/browser/verify/chain-reader';
import { registryDescriptorSchema } from '@/lib/evidence/descriptor';
import { verifyEvidence, type Verification } from '@/lib/evidence/verify';
import type { Actor } from '@/lib/procedure/roles';
import { registryDescriptor } from '@/lib/server/registry';
import { call, type Registry } from './fixture';
import { digest } from './played';

type Headers = Record<string, string>;

export const evidenceOf = (recordId: string, who: Actor | null = null, headers: Headers = {}) =>
  call(getEvidence.as(who), `/api/v1/evidence/${recordId}`, { recordId }, { headers });

export const envelopeOf = (sha256: string, who: Actor | null, headers: Headers = {}) =>
  call(getEnvelope.as(who), `/api/v1/envelopes/${sha256}`, { sha256 }, { headers });

/** @param unit `lot/part`, of a divided process */
export const stateOf = (ocid: string, who: Actor | null, headers: Headers = {}, unit?: string) => {
  const query = unit === undefined ? '' : `?unit=${encodeURIComponent(unit)}`;
  return call(getState.as(who), `/api/v1/tenders/${ocid}/state${query}`, { ocid }, { headers });
};

export const bytesOf = async (response: Response) => new Uint8Array(await response.arrayBuffer());

/** What a verifier of this registry has pinned. */
export function pinned() {
  const { rpcUrl: _rpc, embedded: _embedded, ...descriptor } = registryDescriptor();
  return registryDescriptorSchema.parse(descriptor);
}

/** Verifies an answer as a citizen's browser does: against the pinned registry and the chain. */
export async function verify(
  { test, time }: Registry,
  response: Response,
  file?: Uint8Array,
): Promise<Verification> {
  const evidence: unknown = await response.json();
  expectDescribed('Evidence', evidence);
  return verifyEvidence({
    evidence,
    registry: pinned(),
    chain: chainReader(test.env.CHAIN_RPC_URL, pinned().contract),
    now: time.now,
    ...(file ? { file: { sha256: digest(file), size: file.length } } : {}),
  });
}

export interface OpenApi {
  openapi: string;
  paths: Record<string, Record<string, { operationId: string; responses: Record<string, unknown> }>>;
  components: { schemas: Record<string, { properties: Record<string, { enum?: string[] }> }> };
}

export const openApi = (): OpenApi =>
  JSON.parse(
    readFileSync(path.join(import.meta.dirname, '../../../public/spec/openapi.json'), 'utf8'),
  ) as OpenApi;

const ajv = new Ajv2020({ strict: false, validateFormats: false });
ajv.addSchema(openApi(), 'openapi.json');

/** Holds an answer to its published description. */
export function expectDescribed(schema: string, value: unknown): void {
  const validate = ajv.getSchema(`openapi.json#/components/schemas/${schema}`);
  if (!validate) throw new Error(`${schema} is not described`);
  if (!validate(value)) throw new Error(`Not a ${schema}: ${ajv.errorsText(validate.errors)}`);
}
