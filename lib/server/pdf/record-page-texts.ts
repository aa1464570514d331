import type { AppLocale } from '@/lib/i18n/routing';

// Straight quotation marks in English: the font has only Chinese ones, which are as wide as a character.
const en = {
  subject: 'Subject',
  process: 'Contracting process',
  unit: 'Lot and part',
  commitment: 'Commitment of the record',
  log: 'In the log',
  chain: 'On chain',
  anchored: (index: number, time: string, block: number) => `Anchor ${index} of ${time}, block ${block}`,
  contract: 'Chain and contract',
  documents: 'Documents',
  documentHead: ['Name', 'Bytes', 'SHA-256'],
};

type SharedTexts = typeof en;

const zh: SharedTexts = {
  subject: '项目名称',
  process: '项目编号',
  unit: '标段与部分',
  commitment: '记录的承诺值',
  log: '日志位置',
  chain: '上链情况',
  anchored: (index, time, block) => `${time} 的第 ${index} 次锚定，区块 ${block}`,
  contract: '链与合约',
  documents: '文件',
  documentHead: ['名称', '字节', 'SHA-256'],
};

/** The words that every printed page about a record has. */
export const sharedTexts: Record<AppLocale, SharedTexts> = { en, zh };

/** All words of the frame: each kind of page has its own heading, and says in its own way what was filed. */
export interface RecordPageTexts extends SharedTexts {
  title: string;
  subtitle: string;
  what: string;
  by: string;
  time: string;
  notAnchored: string;
}
