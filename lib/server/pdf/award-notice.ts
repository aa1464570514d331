import type { Filed, Process } from '@/lib/procedure/state';
import { last, tender } from '@/lib/procedure/state';
import type { SimpleDocument } from './simple-document';

const TEXTS = {
  en: {
    title: 'Notice of intended award',
    process: 'Contracting process',
    subject: 'Subject',
    lot: 'Lot',
    lotName: (number: number, title: string) => `${number}: ${title}`,
    buyer: 'Buyer',
    procuringEntity: 'Procuring entity',
    supplier: 'Intended supplier',
    value: 'Value',
    standstill: 'Standstill ends',
    ranking: 'Ranking',
    head: ['Rank', 'Tenderer', 'Price', 'Points'],
    reasons: 'Reasons: ',
    footer:
      'Check this file: its SHA-256 digest is in a record of the registry, anchored on chain. The registry’s page “Verify” computes it in your browser.',
  },
  zh: {
    title: '中标候选人公示',
    process: '项目编号',
    subject: '项目名称',
    lot: '标段',
    lotName: (number: number, title: string) => `${number}：${title}`,
    buyer: '采购人',
    procuringEntity: '采购代理机构',
    supplier: '中标候选人',
    value: '投标报价',
    standstill: '公示截止时间',
    ranking: '评标排名',
    head: ['名次', '投标人', '报价', '得分'],
    reasons: '推荐理由：',
    footer:
      '核验方法：本文件的 SHA-256 摘要已载入登记簿并锚定上链，可在本登记簿的“核验”页面由浏览器自行计算比对。',
  },
} as const;

const points = (micro: number) =>
  `${Math.floor(micro / 1_000_000)}.${String(Math.floor((micro % 1_000_000) / 10_000)).padStart(2, '0')}`;

/** The lot that a scope is about, counted from one as on the pages; null where there are none. */
export function lotOf(process: Process): { number: number; title: string } | null {
  const lots = tender(process)?.lots ?? [];
  const at = lots.findIndex((lot) => lot.id === process.unit?.lot);
  const lot = lots[at];
  return lot ? { number: at + 1, title: lot.title } : null;
}

/** The notice of intended award for a tender or a lot, in the tender's authentic language (中文 where that is Chinese, else English). */
export function awardNotice(
  process: Process,
  intended: Filed<'award-intended'>,
  standstillEnds: string,
): SimpleDocument {
  const notice = tender(process);
  const language = notice?.language.startsWith('zh') ? 'zh' : 'en';
  const t = TEXTS[language];
  const rows = last(process, 'ranking')?.data.rows ?? [];
  const { supplier, value, reasons } = intended.data;
  const lot = lotOf(process);
  return {
    language,
    title: t.title,
    subtitle: notice?.title ?? '',
    facts: [
      [t.process, process.ocid],
      ...(lot ? [[t.lot, t.lotName(lot.number, lot.title)] as const] : []),
      [t.buyer, notice?.buyer.name ?? ''],
      [t.procuringEntity, notice?.procuringEntity.name ?? ''],
      [t.supplier, supplier.name],
      [t.value, `${value.currency} ${value.amount}`],
      [t.standstill, standstillEnds.replace('T', ' ').replace('.000Z', ' UTC')],
    ],
    tables: [
      {
        title: t.ranking,
        head: t.head,
        rows: rows.map((r) => [
          String(r.rank),
          r.tenderer.name,
          `${value.currency} ${r.total}`,
          points(r.totalMicro),
        ]),
      },
    ],
    paragraphs: [`${t.reasons}${reasons}`],
    footer: t.footer,
  };
}
