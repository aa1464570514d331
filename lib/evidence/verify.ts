import { parseVerifierKey } from '@/lib/merkle/verifier-key';
import { toHex } from '@/lib/record/hex';
import type { ChainReader } from './chain-reader';
import type { Context, FileFacts } from './context';
import { registryDescriptorSchema, type RegistryDescriptor } from './descriptor';
import { checkEvidence, type Evidence } from './format';
import { anchorStep, checkpointStep, commitmentOf, logStep } from './steps-log';
import { orderStep } from './steps-order';
import { commitmentStep, fileStep, registryStep, signaturesStep } from './steps-record';
import { stageAnchorStep, stageStep } from './steps-stage';
import { stateStep } from './steps-state';
import { settledState } from './state-fallback';
import { openState } from './state-proof';
import { compare, fail, skip, skipKind, STEP_IDS, type Finding, type Step, type StepId } from './step';

export interface EvidenceQuestion {
  /** The evidence, parsed (see `parseEvidence` for text). Its shape is checked again here. */
  readonly evidence: unknown;
  /** Pinned by whoever asks, and never from the same source as the evidence. */
  readonly registry: RegistryDescriptor;
  readonly file?: FileFacts;
  /** Null to verify without a chain: the verdict is then `unchecked` at best. */
  readonly chain: ChainReader | null;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * `proven`: every step that applies holds. `pending`: nothing is wrong, and something (anchoring, the end of the stage)
 * is still to come. `unchecked`: nothing is wrong, and the chain could not be asked. `refuted`: a step fails.
 */
export type VerdictOutcome = 'proven' | 'pending' | 'unchecked' | 'refuted';

/** What the record is, in its own words; true only as far as the outcome says. */
export interface VerdictFacts {
  readonly type: string;
  readonly role: string;
  readonly organization: string;
  readonly stage: number | null;
  readonly round: number;
  readonly ocid: string | null;
  readonly time: string;
  /** Title of the document that is the file, if any. */
  readonly documentTitle: string | null;
  readonly signed: boolean;
  /** Signed with a key that exists for demonstration only. */
  readonly demonstration: boolean;
  /** The stage was reopened since: a later round counts. */
  readonly earlierRound: boolean;
}

export interface Verification {
  readonly steps: readonly Step[];
  readonly verdict: { readonly outcome: VerdictOutcome; readonly facts: VerdictFacts | null };
  /** Hexadecimal; null for malformed evidence. */
  readonly commitment: string | null;
}

/** Verifies one record's evidence by the eleven steps of protocol §5. Never throws, whatever evidence or chain answer. */
export async function verifyEvidence(question: EvidenceQuestion): Promise<Verification> {
  const parsed = checkEvidence(question.evidence);
  if (!parsed.ok) return unreadable(fail('evidence-malformed', compare('reason', '', parsed.detail)));
  const registry = registryDescriptorSchema.safeParse(question.registry);
  if (!registry.success) return unreadable(fail('descriptor-malformed'));

  const { evidence } = parsed;
  const context = contextOf(question, evidence, registry.data);
  const steps: Step[] = [];
  for (const id of STEP_IDS) steps.push({ id, ...(await guarded(STEPS[id], context)) });
  return {
    steps,
    verdict: { outcome: outcomeOf(steps), facts: factsOf(evidence, context.file, steps) },
    commitment: context.commitment === null ? null : toHex(context.commitment),
  };
}

function contextOf(
  { chain, file, now }: EvidenceQuestion,
  evidence: Evidence,
  registry: RegistryDescriptor,
): Context {
  const state = evidence.state === undefined ? null : openState(evidence.state, registry.contract);
  return {
    evidence,
    registry,
    logKey: parseVerifierKey(registry.logKey),
    file: file ?? null,
    chain,
    now,
    commitment: commitmentOf(evidence),
    state,
    settled: settledState(chain, registry, state),
  };
}

const STEPS: Record<StepId, (context: Context) => Finding | Promise<Finding>> = {
  registry: registryStep,
  file: fileStep,
  commitment: commitmentStep,
  signatures: signaturesStep,
  log: ({ evidence }) => logStep(evidence),
  checkpoint: (context) => checkpointStep(context, context.evidence),
  anchor: (context) => anchorStep(context, context.evidence),
  stage: stageStep,
  'stage-anchor': stageAnchorStep,
  order: orderStep,
  state: stateStep,
};

/** A step that fails in a way nobody foresaw must never read as one that passed. */
async function guarded(
  step: (context: Context) => Finding | Promise<Finding>,
  context: Context,
): Promise<Finding> {
  try {
    return await step(context);
  } catch (error) {
    return fail('unexpected', compare('reason', '', error instanceof Error ? error.message : 'unknown'));
  }
}

function outcomeOf(steps: readonly Step[]): VerdictOutcome {
  if (steps.some(({ outcome }) => outcome === 'fail')) return 'refuted';
  const kinds = steps.map(skipKind);
  if (kinds.includes('unchecked')) return 'unchecked';
  return kinds.includes('pending') ? 'pending' : 'proven';
}

function factsOf(evidence: Evidence, file: FileFacts | null, steps: readonly Step[]): VerdictFacts {
  const { record, signatures } = evidence.entry;
  const codes = steps.map(({ code }) => code);
  return {
    type: record.type,
    role: record.actor.role,
    organization: record.actor.organization,
    stage: record.stage ?? null,
    round: record.round ?? 0,
    ocid: record.ocid ?? null,
    time: record.time,
    documentTitle: record.documents.find(({ sha256 }) => sha256 === file?.sha256)?.title ?? null,
    signed: signatures.length > 0,
    demonstration: codes.includes('signatures-valid-demonstration'),
    earlierRound: codes.includes('stage-of-earlier-round'),
  };
}

function unreadable(finding: Finding): Verification {
  const steps = STEP_IDS.map((id, i): Step => ({ id, ...(i === 0 ? finding : skip('earlier-step-failed')) }));
  return { steps, verdict: { outcome: 'refuted', facts: null }, commitment: null };
}
