import { noticeDraftSchema, type NoticeDraft } from '@/lib/record/notice';
import { refuse, type Refusal } from '@/lib/procedure/refusal';
import type { Actor } from '@/lib/procedure/roles';
import { RULE_PACKS } from '@/lib/procedure/rules/packs';
import { standardStatements } from '@/lib/procedure/statements';
import { uuidv7 } from '../ids';
import type { World } from '../world';
import { unstorableTexts } from './check-texts';

/** Prefix of the process identifiers that this registry mints (OCDS: an ocid prefix and an identifier of its own). */
const OCID_PREFIX = 'ocds-tprf00';

/** An empty notice of the actor's organization, with the criteria that most notices begin with. */
export function emptyDraft(actor: Actor, language: string): NoticeDraft {
  const zh = language === 'zh';
  const organization = { id: actor.organization.id, name: actor.organization.name };
  return {
    title: '',
    description: '',
    language,
    mainProcurementCategory: 'goods',
    buyer: organization,
    procuringEntity: organization,
    value: { amount: '', currency: zh ? 'CNY' : 'EUR' },
    budget: { source: '' },
    currency: zh ? 'CNY' : 'EUR',
    items: [{ id: '1', description: '', quantity: '1', unit: '' }],
    lots: [],
    envelopes: 'one',
    statements: standardStatements(language),
    criteria: [
      { id: 'price', kind: 'price', title: zh ? '报价' : 'Price', description: '', weight: 60 },
      { id: 'quality', kind: 'quality', title: zh ? '质量' : 'Quality', description: '', weight: 40 },
    ],
    bidsDue: '',
    standstill: RULE_PACKS[0]?.rules.standstill.value ?? 60,
    rulePack: RULE_PACKS[0]?.id ?? '',
  };
}

/** Begins a process: a new ocid, a draft, nothing public. Officers only. */
export async function createTender(
  world: World,
  actor: Actor,
  draft: NoticeDraft,
): Promise<{ ok: true; id: string; ocid: string } | Refusal> {
  if (!actor.memberRoles.includes('officer')) return refuse('not-permitted', { roles: ['officer'] });
  const parsed = noticeDraftSchema.safeParse(draft);
  if (!parsed.success) {
    const fields = Object.fromEntries(
      parsed.error.issues.map((i) => [i.path.map(String).join('.'), i.message]),
    );
    return refuse('invalid-input', undefined, fields);
  }
  const unstorable = unstorableTexts(parsed.data);
  if (Object.keys(unstorable).length > 0) return refuse('invalid-input', undefined, unstorable);
  const now = new Date(world.clock.now());
  const id = uuidv7(now.getTime());
  const ocid = `${OCID_PREFIX}-${id.replaceAll('-', '').slice(-20)}`;
  const notice = parsed.data;
  await world.db.tender.create({
    data: {
      id,
      ocid,
      organizationId: actor.organization.id,
      createdBy: actor.person,
      createdAt: now,
      updatedAt: now,
      draft: notice,
      phase: 'draft',
      title: notice.title,
      buyerName: notice.buyer.name,
      language: notice.language,
      searchText: notice.title.toLowerCase(),
    },
  });
  return { ok: true, id, ocid };
}
