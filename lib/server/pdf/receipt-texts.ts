import type { AppLocale } from '@/lib/i18n/routing';

// Straight quotation marks in English: the font has only Chinese ones, which are as wide as a character.
const en = {
  title: 'Receipt',
  subtitle: 'What was filed with the registry, and what the registry promised when it took it',
  what: 'Filed',
  by: 'By',
  subject: 'Subject',
  process: 'Contracting process',
  unit: 'Lot and part',
  time: "Filed at, by the registry's clock",
  envelope: 'SHA-256 of the sealed envelope',
  size: 'Size of the sealed envelope',
  bytes: (size: number) => `${size} bytes`,
  commitment: 'Commitment of the record',
  promise: 'Promise',
  promised: (sequenced: string, anchored: string) =>
    `In the public log by ${sequenced}, and anchored on chain by ${anchored}`,
  signature: 'Signed by the key of the log',
  log: 'In the log',
  inLog: (index: number, origin: string) => `Entry ${index} of the log of ${origin}`,
  notInLog: 'Not yet when this page was made',
  chain: 'On chain',
  anchored: (index: number, time: string, block: number) => `Anchor ${index} of ${time}, block ${block}`,
  notAnchored: 'Not yet when this page was made',
  contract: 'Chain and contract',
  documents: 'Documents',
  documentHead: ['Name', 'Bytes', 'SHA-256'],
  check: (address: string) =>
    `To check it: open ${address} (the code above leads there). Once the record is public, your browser fetches its proof and follows it to the chain. Before that, only you can check it: drop the receipt's file, the one whose name ends with ".json", into that page, and your browser checks the promise by the key of the log, and fetches the proof. Nothing of it needs to be believed.`,
  complain:
    "If the time of the promise has passed and the proof is missing, or a stage was closed without this record, the receipt's file proves it: give it to the review body.",
  noSecret:
    "Neither this page nor the receipt's file holds a secret; you may show them to anybody. The secret of a bid is in its recovery file: show that to nobody.",
};

type ReceiptTexts = typeof en;

const zh: ReceiptTexts = {
  title: '回执',
  subtitle: '向平台提交的内容，以及平台收到时作出的承诺',
  what: '提交内容',
  by: '提交单位',
  subject: '项目名称',
  process: '项目编号',
  unit: '标段与部分',
  time: '提交时间（以平台时钟为准）',
  envelope: '密封文件的 SHA-256',
  size: '密封文件大小',
  bytes: (size) => `${size} 字节`,
  commitment: '记录的承诺值',
  promise: '平台承诺',
  promised: (sequenced, anchored) => `不晚于 ${sequenced} 列入公开日志，不晚于 ${anchored} 锚定上链`,
  signature: '日志密钥的签名',
  log: '日志位置',
  inLog: (index, origin) => `${origin} 日志的第 ${index} 条`,
  notInLog: '生成本页时尚未列入',
  chain: '上链情况',
  anchored: (index, time, block) => `${time} 的第 ${index} 次锚定，区块 ${block}`,
  notAnchored: '生成本页时尚未锚定',
  contract: '链与合约',
  documents: '文件',
  documentHead: ['名称', '字节', 'SHA-256'],
  check: (address) =>
    `核验方法：打开 ${address}（扫描上方二维码）。记录公开之后，浏览器会取得证明，并一直核对到链上。公开之前只有您能核验：在该页面放入回执文件，即文件名以“.json”结尾的那一个，浏览器会用日志密钥核对承诺，并取得证明，无需相信任何人。`,
  complain:
    '若承诺的时间已过而证明仍然缺失，或某阶段关闭时未包含此记录，回执文件本身即可证明：请将其交给监督部门。',
  noSecret: '本页和回执文件都不含机密，可以给任何人看。投标的机密在恢复文件中：请勿给任何人看。',
};

/** The words of a printed receipt. */
export const receiptTexts: Record<AppLocale, ReceiptTexts> = { en, zh };
