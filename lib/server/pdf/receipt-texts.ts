import type { AppLocale } from '@/lib/i18n/routing';
import { sharedTexts } from './record-page-texts';

// Straight quotation marks in English: see record-page-texts.ts.
const en = {
  ...sharedTexts.en,
  title: 'Receipt',
  subtitle: 'What was filed with the registry, and what the registry promised when it took it',
  what: 'Filed',
  by: 'By',
  time: "Filed at, by the registry's clock",
  envelope: 'SHA-256 of the sealed envelope',
  size: 'Size of the sealed envelope',
  bytes: (size: number) => `${size} bytes`,
  promise: 'Promise',
  promised: (sequenced: string, anchored: string) =>
    `In the public log by ${sequenced}, and anchored on chain by ${anchored}`,
  signature: 'Signed by the key of the log',
  inLog: (index: number, origin: string) => `Entry ${index} of the log of ${origin}`,
  notInLog: 'Not yet when this page was made',
  notAnchored: 'Not yet when this page was made',
  check: (address: string) =>
    `To check it: open ${address} (the code above leads there). Once the record is public, your browser fetches its proof and follows it to the chain. Before that, only you can check it: drop the receipt's file, the one whose name ends with ".json", into that page, and your browser checks the promise by the key of the log, and fetches the proof. Nothing of it needs to be believed.`,
  complain:
    "If the time of the promise has passed and the proof is missing, or a stage was closed without this record, the receipt's file proves it: give it to the review body.",
  noSecret:
    "Neither this page nor the receipt's file holds a secret; you may show them to anybody. The secret of a bid is in its recovery file: show that to nobody.",
};

type ReceiptTexts = typeof en;

const zh: ReceiptTexts = {
  ...sharedTexts.zh,
  title: '回执',
  subtitle: '向平台提交的内容，以及平台收到时作出的承诺',
  what: '提交内容',
  by: '提交单位',
  time: '提交时间（以平台时钟为准）',
  envelope: '密封文件的 SHA-256',
  size: '密封文件大小',
  bytes: (size) => `${size} 字节`,
  promise: '平台承诺',
  promised: (sequenced, anchored) => `不晚于 ${sequenced} 列入公开日志，不晚于 ${anchored} 锚定上链`,
  signature: '日志密钥的签名',
  inLog: (index, origin) => `${origin} 日志的第 ${index} 条`,
  notInLog: '生成本页时尚未列入',
  notAnchored: '生成本页时尚未锚定',
  check: (address) =>
    `核验方法：打开 ${address}（扫描上方二维码）。记录公开之后，浏览器会取得证明，并一直核对到链上。公开之前只有您能核验：在该页面放入回执文件，即文件名以“.json”结尾的那一个，浏览器会用日志密钥核对承诺，并取得证明，无需相信任何人。`,
  complain:
    '若承诺的时间已过而证明仍然缺失，或某阶段关闭时未包含此记录，回执文件本身即可证明：请将其交给监督部门。',
  noSecret: '本页和回执文件都不含机密，可以给任何人看。投标的机密在恢复文件中：请勿给任何人看。',
};

/** The words of a printed receipt. */
export const receiptTexts: Record<AppLocale, ReceiptTexts> = { en, zh };
