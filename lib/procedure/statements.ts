import type { NoticeDraft } from '../record/notice';

type Statements = NoticeDraft['statements'];

const EN: Statements = [
  {
    id: 'exclusion',
    kind: 'eligibility',
    text: 'None of the grounds for exclusion that the law names applies to us: no conviction, no insolvency, no unpaid taxes or social contributions.',
  },
  {
    id: 'capacity',
    kind: 'eligibility',
    text: 'We have the licences, staff, equipment and means that this contract needs.',
  },
  {
    id: 'independence',
    kind: 'declaration',
    text: 'We made this bid independently: we agreed with no other bidder on prices, on parts of the market, or on whether to bid.',
  },
  {
    id: 'acceptance',
    kind: 'declaration',
    text: 'We accept the terms of the tender documents, and our bid stays valid for as long as they say.',
  },
];

const ZH: Statements = [
  {
    id: 'exclusion',
    kind: 'eligibility',
    text: '我方不存在法律规定的禁止参加情形：无相关犯罪记录，未处于破产状态，依法缴纳税收和社会保障资金。',
  },
  { id: 'capacity', kind: 'eligibility', text: '我方具备履行本合同所需的资质、人员、设备和能力。' },
  {
    id: 'independence',
    kind: 'declaration',
    text: '本投标由我方独立编制，未与其他投标人就报价、市场划分或是否投标进行协商。',
  },
  {
    id: 'acceptance',
    kind: 'declaration',
    text: '我方接受招标文件的全部条款，投标在其规定的有效期内保持有效。',
  },
];

/** What tenderers confirm unless the officer says otherwise; in the words of the notice's language. */
export const standardStatements = (language: string): Statements =>
  (language === 'zh' ? ZH : EN).map((statement) => ({ ...statement }));
