import type { AppLocale } from '@/lib/i18n/routing';
import { sharedTexts } from './record-page-texts';

/** What the paragraph about checking names. */
interface How {
  /** Of the evidence. */
  address: string;
  /** Name under which it is saved. */
  file: string;
}

// Straight quotation marks in English: see record-page-texts.ts.
const en = {
  ...sharedTexts.en,
  title: 'Certificate of a record',
  subtitle: 'This paper proves nothing by itself. The check that it describes does.',
  what: 'Record',
  by: 'Filed by',
  role: 'In the role of',
  time: 'Filed at',
  inLog: (index: number, size: number, origin: string) =>
    `Entry ${index} (counted from 0) of the log of ${origin}, proven for its first ${size} entries`,
  notAnchored: 'Not yet anchored when this page was made',
  stage: 'Stage',
  closed: (stage: string, round: number, index: number, count: number) =>
    `${stage}, round ${round}: closed with ${count} records; this is number ${index}, counted from 0`,
  open: (stage: string) => `${stage}: not closed when this page was made`,
  paper:
    'Anybody can print a page like this one. It says what to look for; whether that is true is shown by the check, which asks the blockchain and needs nobody to be believed.',
  check: (address: string) =>
    `To check it: open ${address} (the code above leads there), and drop the document itself into that page. Your browser computes its fingerprint, and follows the proof to the chain.`,
  without: ({ address, file }: How) =>
    `To check it without us: save ${address} as ${file} now, while the registry is there. With it, the registry's description from a source that you trust, and any node of the chain, the free program does the same: npm run verify -- ${file} <document> --pin <description> --rpc <node>. The formats are published, so that others can write such programs.`,
};

type CertificateTexts = typeof en;

const zh: CertificateTexts = {
  ...sharedTexts.zh,
  title: '记录证明书',
  subtitle: '本页纸本身不证明任何事情，按其中说明所作的核验才是证明。',
  what: '记录',
  by: '提交单位',
  role: '身份',
  time: '提交时间',
  inLog: (index, size, origin) => `${origin} 日志的第 ${index} 条（从 0 数起），证明针对日志的前 ${size} 条`,
  notAnchored: '生成本页时尚未锚定',
  stage: '阶段',
  closed: (stage, round, index, count) =>
    `${stage}，第 ${round} 轮：已关闭，共 ${count} 条记录，本记录序号为 ${index}（从 0 数起）`,
  open: (stage) => `${stage}：生成本页时尚未关闭`,
  paper:
    '这样的一页纸谁都可以打印。它只说明要核对什么；是否属实，要看核验的结果。核验会查询区块链，不需要相信任何人。',
  check: (address) =>
    `核验方法：打开 ${address}（扫描上方二维码），把文件本身放入该页面。浏览器会计算它的指纹，并把证明一直核对到链上。`,
  without: ({ address, file }) =>
    `不靠本平台核验：请趁平台还在，把 ${address} 存为 ${file}。有了它，再加上从可信来源取得的平台描述和任意一个区块链节点，用自由软件即可完成同样的核验：npm run verify -- ${file} <文件> --pin <描述> --rpc <节点>。各种格式均已公开，任何人都可以另写核验程序。`,
};

/** The words of a printed certificate. */
export const certificateTexts: Record<AppLocale, CertificateTexts> = { en, zh };
